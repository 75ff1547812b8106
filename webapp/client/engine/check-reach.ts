/** Every question can be reached, and no condition goes round in a circle. */

import type { CheckedRule } from './check-expressions.ts'
import { type Checking, report, reportDoubles } from './problems.ts'
import { references } from './typed.ts'
import type { Question } from './types.ts'

export function checkReach(checking: Checking, rules: CheckedRule[]): void {
  checkScreens(checking)
  for (const { where, name, node } of rules)
    if (name === 'asked_if' && node.kind === 'constant' && node.value === false) report(checking, where, 'ไม่มีวันถูกถาม เพราะเงื่อนไขเป็นเท็จเสมอ', 'can never be asked: its condition is always false')
  const needs = needsOf(checking.definition.questions, rules)
  for (const start of needs.keys())
    if (leadsBack(start, needs)) report(checking, subject(start), 'เงื่อนไขวนกลับมาหาตัวเอง', 'its conditions lead back to itself')
}

const subject = (name: string): string => (name.startsWith('#') ? `question ${name.slice(1)}` : name)

/** Every asked question stands on exactly one screen. */
function checkScreens(checking: Checking): void {
  const { sections, questions } = checking.definition
  const shown = sections.flatMap(({ screens }) => screens.flatMap((screen) => screen.questions))
  const known = new Set(questions.map(({ id }) => id))
  reportDoubles(checking, 'screens', shown)
  for (const id of shown)
    if (!known.has(id)) report(checking, 'screens', `หน้าจอเรียกข้อ ${id} ที่ไม่มีอยู่`, `a screen names question ${id}, which does not exist`)
  for (const { id, kind } of questions)
    if (kind !== 'derived' && !shown.includes(id)) report(checking, `question ${id}`, 'ไม่อยู่ในหน้าจอใด จึงไม่มีวันถูกถาม', 'stands on no screen and can never be asked')
}

/** What each question or field must know before it can be decided. */
function needsOf(questions: Question[], rules: CheckedRule[]): Map<string, string[]> {
  const needs = new Map<string, string[]>()
  const add = (owner: string, names: string[]): void => void needs.set(owner, [...(needs.get(owner) ?? []), ...names])
  for (const { owner, node } of rules) if (owner !== '') add(owner, references(node))
  for (const { id, among } of questions) if (among) add(`#${id}`, [`#${among.question}`])
  return needs
}

function leadsBack(start: string, needs: Map<string, string[]>): boolean {
  const seen = new Set<string>()
  const open = [...(needs.get(start) ?? [])]
  while (open.length > 0) {
    const next = open.pop()!
    if (next === start) return true
    if (!seen.has(next)) open.push(...(needs.get(next) ?? []))
    seen.add(next)
  }
  return false
}

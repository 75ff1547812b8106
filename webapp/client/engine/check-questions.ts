/** Questions, fields and settings have what their kind needs. */

import { type Checking, report } from './problems.ts'
import type { Definition, Field, Question, QuestionKind } from './types.ts'
import { groupNames, optionNames } from './vocabulary.ts'

const KINDS: QuestionKind[] = ['choice', 'choices', 'number', 'amount', 'text', 'scale', 'people', 'derived']
const FIELD_KINDS = ['choice', 'text', 'digits', 'number', 'date', 'birth', 'flag']

export function checkQuestions(checking: Checking): void {
  const { settings, cover, members, questions } = checking.definition
  for (const { name, type, value } of settings)
    if (typeof value !== (type === 'bool' ? 'boolean' : 'number')) report(checking, `setting.${name}`, `ค่าไม่ตรงกับชนิด ${type}`, `the value is not a ${type}`)
  cover.forEach((field) => checkField(checking, `cover.${field.id}`, field))
  members.forEach((field) => checkField(checking, `members.${field.id}`, field))
  checkBirths(checking, [...members.filter(({ kind }) => kind === 'birth')])
  questions.forEach((question) => checkQuestion(checking, question))
}

function checkField(checking: Checking, where: string, field: Field): void {
  if (!FIELD_KINDS.includes(field.kind)) report(checking, where, `ไม่รู้จักชนิด '${field.kind}'`, `unknown kind '${field.kind}'`)
  if (field.kind === 'choice' && optionNames(field).length === 0) report(checking, where, 'ไม่มีตัวเลือก', 'a choice without options')
}

function checkBirths(checking: Checking, births: Field[]): void {
  if (births.length > 1) report(checking, 'members', 'มีช่องวันเกิดได้ช่องเดียว', 'more than one birth field')
}

function checkQuestion(checking: Checking, question: Question): void {
  const where = `question ${question.id}`
  const { kind, min, max, value } = question
  if (!KINDS.includes(kind)) report(checking, where, `ไม่รู้จักชนิด '${kind}'`, `unknown kind '${kind}'`)
  if ((kind === 'choice' || kind === 'choices') && optionNames(question).length < 2) report(checking, where, 'ต้องมีอย่างน้อยสองตัวเลือก', 'a choice needs two options')
  if (kind === 'derived' && value === undefined) report(checking, where, 'ข้อคำนวณต้องมี value', 'a derived question needs a value')
  if (kind !== 'derived' && value !== undefined) report(checking, where, 'มี value ได้เฉพาะข้อคำนวณ', 'only a derived question has a value')
  if (min !== undefined && max !== undefined && min > max) report(checking, where, 'min มากกว่า max', 'min is above max')
  if (kind === 'people') checkPeople(checking, where, question)
  else if (question.eligible !== undefined || question.groups || question.among) report(checking, where, 'มี eligible, groups, among ได้เฉพาะข้อรายคน', 'only a people question has eligible, groups or among')
  checkUsual(checking, where, question)
}

function checkPeople(checking: Checking, where: string, question: Question): void {
  if (question.eligible === undefined) report(checking, where, 'ไม่มีเงื่อนไข eligible (ถ้าถามทุกคนให้เขียน true)', 'eligible is missing (write true for everyone)')
  if (groupNames(question).length === 0) report(checking, where, 'ไม่มีกลุ่มคน', 'a people question without groups')
  if (question.polarity !== 'not' && question.polarity !== 'who') report(checking, where, "polarity ต้องเป็น 'not' หรือ 'who'", "polarity must be 'not' or 'who'")
  if (question.among) checkAmong(checking, where, question.among)
}

function checkAmong(checking: Checking, where: string, { question, groups, others }: NonNullable<Question['among']>): void {
  checkPeopleReference(checking, where, question, groups ?? [])
  if (!groups && !others) report(checking, where, 'among ต้องบอก groups หรือ others', 'among needs groups or others')
}

/** A reference to a people question's groups. */
export function checkPeopleReference(checking: Checking, where: string, id: string, groups: string[]): void {
  const found = checking.definition.questions.find((each) => each.id === id)
  if (!found) return report(checking, where, `ไม่มีข้อ ${id}`, `there is no question ${id}`)
  if (found.kind !== 'people') return report(checking, where, `ข้อ ${id} ไม่ใช่ข้อรายคน`, `question ${id} does not ask about people`)
  for (const group of groups)
    if (!groupNames(found).includes(group)) report(checking, where, `ข้อ ${id} ไม่มีกลุ่ม '${group}'`, `question ${id} has no group '${group}'`)
}

/** The "ทุกข้อปกติ" answer fits its question. */
function checkUsual(checking: Checking, where: string, question: Question): void {
  const { usual, kind } = question
  if (usual === undefined || usual === null) return
  const names: unknown[] = optionNames(question)
  const fits = kind === 'choice' ? names.includes(usual)
    : kind === 'choices' ? Array.isArray(usual) && usual.every((name) => names.includes(name))
      : kind === 'people' ? typeof usual === 'object' && 'who' in usual
        : kind === 'text' ? typeof usual === 'string' : typeof usual === 'number'
  if (!fits) report(checking, where, 'คำตอบปกติ (usual) ไม่ตรงกับชนิดของข้อ', 'the usual answer does not fit the question')
}

/** Everything that "about" may name. */
export function knownSubjects({ cover, members, questions }: Definition): Set<string> {
  return new Set([
    ...questions.map(({ id }) => id),
    ...cover.map(({ id }) => `cover.${id}`),
    ...members.map(({ id }) => `members.${id}`),
  ])
}

/** Every rule text of a version is parsed and typed; faults name the question and the place. */

import { ExpressionError } from './expression-error.ts'
import { type Checking, report } from './problems.ts'
import type { Typed } from './typed.ts'
import { typedRule } from './typing.ts'
import type { Definition, Indicator, Question } from './types.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A rule text and where it stands; `owner` is what it decides about. */
interface Place {
  where: string
  owner: string
  name: string
  text: string | undefined
  wanted: 'bool' | 'number'
  member: boolean
}

/** A typed rule with its place. */
export interface CheckedRule {
  where: string
  owner: string
  name: string
  node: Typed
}

/** Reports every faulty rule text; gives back the sound ones. */
export function checkExpressions(checking: Checking): CheckedRule[] {
  const vocabulary = vocabularyOf(checking.definition)
  return places(checking.definition).flatMap(({ text, wanted, member, ...place }) => {
    if (text === undefined) return []
    try {
      return [{ ...place, node: typedRule(text, wanted, member, vocabulary) }]
    } catch (fault) {
      if (!(fault instanceof ExpressionError)) throw fault
      reportFault(checking, `${place.where}, ${place.name}`, fault)
      return []
    }
  })
}

function reportFault(checking: Checking, where: string, { at, th, en }: ExpressionError): void {
  report(checking, where, `${th} (ตัวอักษรที่ ${at + 1})`, `${en} (at character ${at + 1})`)
}

function places(definition: Definition): Place[] {
  const { cover, members, questions, indicators, rules } = definition
  return [
    ...cover.map(({ id, asked_if }) => place(`cover.${id}`, `cover.${id}`, 'asked_if', asked_if, false)),
    ...members.map(({ id, asked_if }) => place(`members.${id}`, `members.${id}`, 'asked_if', asked_if, true)),
    ...questions.flatMap(ofQuestion),
    ...indicators.flatMap(ofIndicator),
    ...rules.map(({ id, scope, fails_when }) => place(`rule ${id}`, '', 'fails_when', String(fails_when), scope === 'member')),
  ]
}

function place(where: string, owner: string, name: string, text: string | undefined, member: boolean, wanted: 'bool' | 'number' = 'bool'): Place {
  return { where, owner, name, text, wanted, member }
}

function ofQuestion({ id, asked_if, eligible, value, groups }: Question): Place[] {
  const [where, owner] = [`question ${id}`, `#${id}`]
  return [
    place(where, owner, 'asked_if', asked_if, false),
    place(where, owner, 'eligible', eligible, true),
    place(where, owner, 'value', value, false, 'number'),
    ...(groups ?? []).map((group) => place(where, owner, `where (${group.name})`, group.where, true)),
  ]
}

function ofIndicator({ no, applies, met, eligible, failing }: Indicator): Place[] {
  const where = `indicator ${no}`
  return [
    place(where, '', 'applies', applies, false),
    place(where, '', 'met', met, false),
    ...[...(eligible ?? []), ...(failing ?? [])].map(({ question, when }) => place(where, '', `when (${question})`, when, false)),
  ]
}

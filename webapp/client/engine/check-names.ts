/** Names: unique, and writable in rules. */

import { FUNCTION_NAMES } from './functions.ts'
import { type Checking, report, reportBadNames, reportDoubles } from './problems.ts'
import { RESERVED } from './syntax.ts'
import type { Field, Question } from './types.ts'
import { groupNames, optionNames } from './vocabulary.ts'

const QUESTION_ID = /^[0-9A-Za-z_]+(\.[0-9A-Za-z_]+)*$/
const VIRTUAL_FIELDS = ['age', 'age_months', 'id']

export function checkNames(checking: Checking): void {
  const { settings, cover, members, questions, sections, indicators, rules } = checking.definition
  reportDoubles(checking, 'settings', settings.map(({ name }) => name))
  reportDoubles(checking, 'cover', cover.map(({ id }) => id))
  reportDoubles(checking, 'members', members.map(({ id }) => id))
  reportDoubles(checking, 'questions', questions.map(({ id }) => id))
  reportDoubles(checking, 'sections', sections.map(({ id }) => id))
  reportDoubles(checking, 'screens', sections.flatMap(({ screens }) => screens.map(({ id }) => id)))
  reportDoubles(checking, 'indicators', indicators.map(({ no }) => String(no)))
  reportDoubles(checking, 'rules', rules.map(({ id }) => id))
  reportBadNames(checking, 'settings', settings.map(({ name }) => name), [])
  cover.forEach((field) => checkField(checking, `cover.${field.id}`, field, []))
  members.forEach((field) => checkField(checking, `members.${field.id}`, field, [...RESERVED, ...VIRTUAL_FIELDS, ...FUNCTION_NAMES]))
  questions.forEach((question) => checkQuestionNames(checking, question))
}

function checkField(checking: Checking, where: string, field: Field, reserved: string[]): void {
  reportBadNames(checking, where, [field.id], reserved)
  checkOptionNames(checking, where, optionNames(field))
}

function checkQuestionNames(checking: Checking, question: Question): void {
  const where = `question ${question.id}`
  if (!QUESTION_ID.test(question.id)) report(checking, where, `เลขข้อ '${question.id}' ใช้ได้เฉพาะตัวเลข อักษรอังกฤษ _ และจุดคั่น`, 'a question id is digits, letters and _ with dots between')
  checkOptionNames(checking, where, optionNames(question))
  checkOptionNames(checking, where, groupNames(question))
}

function checkOptionNames(checking: Checking, where: string, names: string[]): void {
  reportDoubles(checking, where, names)
  reportBadNames(checking, where, names, RESERVED)
}

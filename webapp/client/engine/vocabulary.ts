/** The names a rule may use, and their types. */

import type { Definition, Field, Question, Setting } from './types.ts'

export type Type =
  | { kind: 'bool' | 'number' | 'text' | 'date' }
  | { kind: 'choice' | 'choices'; options: string[] }

/** Everything a version gives names to. */
export interface Vocabulary {
  settings: Map<string, Setting>
  cover: Map<string, Field>
  members: Map<string, Field>
  questions: Map<string, Question>
}

export const BOOL: Type = { kind: 'bool' }
export const NUMBER: Type = { kind: 'number' }
export const TEXT: Type = { kind: 'text' }
export const DATE: Type = { kind: 'date' }
export const MODE: Type = { kind: 'choice', options: ['doorstep', 'paper'] }

export function vocabularyOf(definition: Definition): Vocabulary {
  return {
    settings: new Map(definition.settings.map((setting) => [setting.name, setting])),
    cover: new Map(definition.cover.map((field) => [field.id, field])),
    members: new Map(definition.members.map((field) => [field.id, field])),
    questions: new Map(definition.questions.map((question) => [question.id, question])),
  }
}

export function typeOfField(field: Field): Type {
  if (field.kind === 'choice') return { kind: 'choice', options: optionNames(field) }
  if (field.kind === 'number') return NUMBER
  if (field.kind === 'flag') return BOOL
  return field.kind === 'date' || field.kind === 'birth' ? DATE : TEXT
}

/** A question's type; people questions have none of their own, only counts. */
export function typeOfQuestion(question: Question): Type | null {
  if (question.kind === 'people') return null
  if (question.kind === 'choice' || question.kind === 'choices') return { kind: question.kind, options: optionNames(question) }
  return question.kind === 'text' ? TEXT : NUMBER
}

export function optionNames(asked: Field | Question): string[] {
  return (asked.options ?? []).map((option) => option.name)
}

export function groupNames(question: Question): string[] {
  return (question.groups ?? []).map((group) => group.name)
}

const NAMES_TH: Record<Type['kind'], string> = {
  bool: 'จริง/เท็จ', number: 'ตัวเลข', text: 'ข้อความ', date: 'วันที่', choice: 'ตัวเลือก', choices: 'ตัวเลือกหลายข้อ',
}

export const typeNameTh = (type: Type): string => NAMES_TH[type.kind]

/** Two values of these types can be equal. */
export function comparable(left: Type, right: Type): boolean {
  if (left.kind !== right.kind || left.kind === 'choices') return false
  if (left.kind !== 'choice' || right.kind !== 'choice') return true
  return left.options.some((option) => right.options.includes(option))
}

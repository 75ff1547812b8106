/** What comes back, in words: a line's name, what was answered there, the day it is due. Knows no screen. */
import type { FieldValue } from '../engine/types.ts'
import { thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context, InterviewDocument } from './context.ts'
import { isEvidence } from './correction.ts'
import { missingWords } from './finish-missing.ts'
import { memberName } from './member-words.ts'
import { inWords } from './question-answer.ts'
import { questionsOf } from './question-order.ts'

type Told = Pick<Context, 'definition' | 'document'>

/** What a line is called: "6.4 …", "หน้าปก: …", "นายสมชาย: …", "ภาพถ่าย". */
export function lineWords(context: Told, about: string): string {
  if (about === '') return t('returned.whole')
  if (isEvidence(about)) return t(`returned.evidence_${about.split('.')[1] ?? 'evidence'}`)
  const [where, row, field] = about.split('.')
  if (where !== 'members' || field) return missingWords(context, about)
  const at = context.document.members.findIndex(({ id }) => id === row)
  const member = context.document.members[at]
  return member ? memberName(context.definition, member, at) : t('questions.members')
}

/** What a document says at a line; '' where there is nothing that could be said in a line. */
export function answerWords({ definition }: Told, document: InterviewDocument, about: string): string {
  const [where, row = '', field = ''] = about.split('.')
  if (document.declined.includes(about)) return t('shell.decline')
  if (where === 'cover') return fieldWords({ definition }, 'cover', row, document.cover[row])
  if (where === 'members') return field ? fieldWords({ definition }, 'members', field, document.members.find(({ id }) => id === row)?.[field]) : ''
  const question = questionsOf(definition).get(about)
  return question ? inWords(question, document.answers[about]) || t('returned.before_none') : ''
}

function fieldWords({ definition }: Pick<Told, 'definition'>, part: 'cover' | 'members', id: string, value: FieldValue | undefined): string {
  const field = definition[part].find((one) => one.id === id)
  if (id === 'national_id') return '' // only the register knows it
  if (value === undefined || value === null || value === '') return t('returned.before_none')
  if (field?.kind === 'birth' || field?.kind === 'date') return thaiDate(String(value))
  return field?.options?.find(({ name }) => name === value)?.label_th ?? (value === true ? '✓' : String(value))
}

const DAY_MS = 86_400_000

/** Days from today to a day, both as ISO. */
export function daysUntil(deadline: string, today: string): number {
  return Math.round((Date.parse(deadline) - Date.parse(today)) / DAY_MS)
}

/** "ภายใน 30 พ.ย. 2569 (อีก 7 วัน)"; a day that has passed refuses nothing. */
export function deadlineWords(deadline: string | null, today: string): string {
  if (!deadline) return t('returned.no_deadline')
  const left = daysUntil(deadline, today)
  const date = thaiDate(deadline)
  if (left < 0) return t('returned.overdue', { date })
  return left < 2 ? t(left ? 'returned.due_tomorrow' : 'returned.due_today', { date }) : t('returned.due', { date, count: left })
}

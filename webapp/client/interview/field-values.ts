/** Setting, clearing and declining the fields of the cover and the members. */
import type { Field, FieldValue } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'

/** Whether the household would rather not say: `cover.x`, `members.m1.x`. */
export function isDeclined(document: InterviewDocument, key: string): boolean {
  return document.declined.includes(key)
}

export function decline(document: InterviewDocument, key: string, declined: boolean): void {
  document.declined = document.declined.filter((each) => each !== key)
  if (declined) document.declined.push(key)
}

/** A cover field's value; the interview's own date and a new household's number follow it. */
export function setCover(document: InterviewDocument, field: Field, value: FieldValue): void {
  if (value === null) delete document.cover[field.id]
  else document.cover[field.id] = value
  decline(document, `cover.${field.id}`, false)
  if (field.kind === 'date' && typeof value === 'string') document.date = value
  if (field.id === 'house_number' && document.household.new) document.household.house_number = String(value ?? '')
}

/** A member field's value, and what follows from it. */
export function setMember(document: InterviewDocument, member: string, field: Field, value: FieldValue): void {
  const row = document.members.find(({ id }) => id === member)
  if (!row) return
  if (value === null) delete row[field.id]
  else row[field.id] = value
  decline(document, `members.${member}.${field.id}`, false)
  if (field.id === 'title' && !row.sex) setSex(row, String(value))
  if (field.id === 'national_id' && value) delete row.no_id_reason
}

const SEX_OF_TITLE: Record<string, string> = { mr: 'male', boy: 'male', mrs: 'female', miss: 'female', girl: 'female' }

function setSex(row: Record<string, unknown>, title: string): void {
  const sex = SEX_OF_TITLE[title]
  if (sex) row.sex = sex
}

/** นาย who is a woman, นางสาว who is a man: worth a look, nothing more. */
export function titleContradictsSex(row: Record<string, unknown>): boolean {
  const expected = SEX_OF_TITLE[String(row.title)]
  return Boolean(expected && row.sex && row.sex !== expected)
}

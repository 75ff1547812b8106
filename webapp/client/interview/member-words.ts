/** How a person of the household is called on screen. */
import type { Definition, Evaluation, Member } from '../engine/types.ts'
import { t } from '../ui/language.ts'

/** The label of a choice field's value; '' when there is none. */
export function labelOf(definition: Definition, member: Member, field: string): string {
  const options = definition.members.find(({ id }) => id === field)?.options ?? []
  return options.find((option) => option.name === member[field])?.label_th ?? ''
}

const NAMES = ['first_name', 'last_name']

/** First and last name, or what a version asks first in words where it has neither. */
function namesOf({ members }: Definition): string[] {
  if (members.some(({ id }) => NAMES.includes(id))) return NAMES
  return members.filter(({ kind }) => kind === 'text').map(({ id }) => id).slice(0, 1)
}

/** Title and name; a number when no name is known yet. */
export function memberName(definition: Definition, member: Member, at: number): string {
  const title = member.title === 'other' ? String(member.title_other ?? '') : labelOf(definition, member, 'title')
  const name = namesOf(definition).map((field) => member[field]).filter((part) => part && part !== '-').join(' ')
  if (name) return `${title}${member.first_name ? '' : ' '}${name}`.trim()
  return t('members.unnamed', { number: at + 1 })
}

/** "45 ปี", "7 เดือน", or '' while the birth date is unknown. */
export function ageWords(age: Evaluation['ages'][string] | undefined): string {
  if (age?.years === null || age?.years === undefined) return ''
  if (age.years < 1 && age.months !== null) return t('members.age_months', { months: age.months })
  return t('members.age', { years: age.years })
}

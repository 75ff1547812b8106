/** The answer to a question about people: who is in which group, or the paper's counts. Knows no screen. */
import type { AnswerValue, Member, PeopleByCount, PeopleByName, Question } from '../engine/types.ts'

/** How people are asked: one tap a person, one group of several, or several groups at once. */
export type PeopleStyle = 'one_tap' | 'segments' | 'chips'

type Answer = AnswerValue | null | undefined

/** One group, or groups that exclude each other by their conditions, need no more than a tap. */
export function styleOf(question: Question): PeopleStyle {
  const groups = question.groups ?? []
  if (question.multiple) return 'chips'
  return groups.length === 1 || groups.every((group) => group.where !== undefined) ? 'one_tap' : 'segments'
}

/** Who was named; null while nothing is answered. */
export function namedIn(value: Answer): PeopleByName['who'] | null {
  return value && typeof value === 'object' && 'who' in value ? value.who : null
}

/** The paper's counts; null while nothing is answered. */
export function countsIn(value: Answer): PeopleByCount['count'] | null {
  return value && typeof value === 'object' && 'count' in value ? value.count : null
}

/** The members asked about, in the order of the member table. */
export function peopleAsked(members: Member[], eligible: string[] | undefined): Member[] {
  const wanted = new Set(eligible ?? [])
  return members.filter((member) => wanted.has(member.id))
}

/** The groups a member is in. */
export function groupsOf(value: Answer, member: string): string[] {
  const named = namedIn(value)?.[member]
  if (named === undefined) return []
  return Array.isArray(named) ? named : [named]
}

/** Nobody in any group: what one tap on "everyone" answers. */
export function nobody(mode: 'doorstep' | 'paper'): PeopleByName | PeopleByCount {
  return mode === 'paper' ? { count: {} } : { who: {} }
}

/** True when the answer says that nobody is in any group. */
export function saysNobody(value: Answer): boolean {
  const named = namedIn(value)
  if (named) return Object.keys(named).length === 0
  const counts = countsIn(value)
  return counts !== null && Object.values(counts).every((count) => count === 0)
}

function without(named: PeopleByName['who'], member: string): PeopleByName['who'] {
  return Object.fromEntries(Object.entries(named).filter(([id]) => id !== member))
}

/** The member is in this group and no other; `null` takes the member out of all. */
export function placed(value: Answer, member: string, group: string | null): PeopleByName {
  const others = without(namedIn(value) ?? {}, member)
  return { who: group === null ? others : { ...others, [member]: group } }
}

/** The group added to those the member is in, or taken away when it was there. */
export function toggled(value: Answer, member: string, group: string): PeopleByName {
  const before = groupsOf(value, member)
  const after = before.includes(group) ? before.filter((name) => name !== group) : [...before, group]
  const others = without(namedIn(value) ?? {}, member)
  return { who: after.length ? { ...others, [member]: after } : others }
}

/** Only those still asked about: a corrected birth date leaves nobody behind in an answer. */
export function among(value: PeopleByName, asked: Member[]): PeopleByName {
  const known = new Set(asked.map((member) => member.id))
  return { who: Object.fromEntries(Object.entries(value.who).filter(([id]) => known.has(id))) }
}

/** A count typed from the paper; null takes it away. */
export function counted(value: Answer, group: string, count: number | null): PeopleByCount {
  const others = Object.fromEntries(Object.entries(countsIn(value) ?? {}).filter(([name]) => name !== group))
  return { count: count === null ? others : { ...others, [group]: count } }
}

/** True when the paper's counts name more people than are asked about (each person in one group). */
export function countsTooMany(question: Question, value: Answer, eligible: number | null | undefined): boolean {
  const counts = Object.values(countsIn(value) ?? {})
  if (eligible === null || eligible === undefined) return false
  const most = question.multiple ? Math.max(0, ...counts) : counts.reduce((sum, count) => sum + count, 0)
  return most > eligible
}

/** "ได้รับการตรวจทุกคน" said of one person: "ได้รับการตรวจ"; empty when nothing is left. */
export function saidOfOne(everyone: string | undefined): string {
  return (everyone ?? '').replaceAll('ทุกคน', '').replace(/\s+/g, ' ').trim()
}

/** Adding, moving and removing people of a household, their answers with them. */
import type { Definition, Field, Member } from '../engine/types.ts'
import type { InterviewDocument, RosterEntry } from './context.ts'

/** The field's option whose name says head of the household, where this version has one. */
function headField(definition: Definition): Field | undefined {
  return definition.members.find((field) => field.options?.some((option) => option.name === 'head'))
}

/** Whether somebody is marked as head. */
export function isHead(definition: Definition, member: Member): boolean {
  const field = headField(definition)
  return field !== undefined && member[field.id] === 'head'
}

/** A new row at the end; the first is the head. Returns its id. */
export function addMember(document: InterviewDocument, definition: Definition): string {
  const used = [...document.members.map(({ id }) => id), ...document.declined, ...(document.roster ?? []).map(({ member }) => member)].map((id) => Number(/m(\d+)/.exec(id)?.[1] ?? 0))
  const member: Member = { id: `m${Math.max(0, ...used) + 1}` }
  const head = headField(definition)
  if (head && document.members.length === 0) member[head.id] = 'head'
  document.members.push(member)
  return member.id
}

/** One place up (-1) or down (+1). */
export function moveMember(document: InterviewDocument, id: string, by: -1 | 1): void {
  const { members } = document
  const from = members.findIndex((member) => member.id === id)
  const to = from + by
  const [moved] = to >= 0 && to < members.length ? members.splice(from, 1) : []
  if (moved) members.splice(to, 0, moved)
}

export function headFirst(document: InterviewDocument, definition: Definition): void {
  document.members.sort((one, other) => Number(isHead(definition, other)) - Number(isHead(definition, one)))
}

/** Takes a person out, and out of every answer; what it returns puts them back where they were. */
export function removeMember(document: InterviewDocument, id: string): (document: InterviewDocument) => void {
  const at = document.members.findIndex((member) => member.id === id)
  const [removed] = document.members.splice(at, at < 0 ? 0 : 1)
  const groups = takeAnswers(document, id)
  const known = document.roster?.find(({ member }) => member === id)
  if (known && removed) known.said = removed
  const declined = document.declined.filter((key) => key.startsWith(`members.${id}.`))
  document.declined = document.declined.filter((key) => !declined.includes(key))
  return (now) => {
    if (!removed || now.members.some((member) => member.id === id)) return
    now.members.splice(at, 0, removed)
    returned(now, id)
    now.declined.push(...declined)
    for (const [question, group] of groups) {
      const answer = now.answers[question]
      if (answer && typeof answer === 'object' && 'who' in answer) answer.who[id] = group
    }
  }
}

/** Whom last year's interview named and who is not in the table any more. */
export function leavers(document: InterviewDocument): RosterEntry[] {
  const here = new Set(document.members.map(({ id }) => id))
  return (document.roster ?? []).filter(({ member }) => !here.has(member))
}

/** Somebody taken out by mistake is back at the end of the table, with what was known. */
export function putBack(document: InterviewDocument, id: string): void {
  const known = document.roster?.find(({ member }) => member === id)
  if (!known?.said || document.members.some((member) => member.id === id)) return
  document.members.push(known.said)
  returned(document, id)
}

function returned(document: InterviewDocument, id: string): void {
  const known = document.roster?.find(({ member }) => member === id)
  delete known?.left
  delete known?.said
}

function takeAnswers(document: InterviewDocument, id: string): [string, string | string[]][] {
  const groups: [string, string | string[]][] = []
  for (const [question, answer] of Object.entries(document.answers)) {
    if (!answer || typeof answer !== 'object' || !('who' in answer)) continue
    const group = answer.who[id]
    if (group !== undefined) groups.push([question, group])
    delete answer.who[id]
  }
  return groups
}

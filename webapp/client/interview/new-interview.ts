/** A fresh interview of a household: who asks, where, and what the list already knows of the house. */
import type { Definition, FieldValue, Member, Mode } from '../engine/types.ts'
import { newInterviewId } from '../outbox/index.ts'
import { dayInThailand } from '../ui/dates.ts'
import type { InterviewDocument, Outcome } from './context.ts'
import { noParadata } from './paradata.ts'
import type { Session } from './session.ts'

/** The household as it is named in the interview. */
export interface Place {
  id: string
  new: boolean
  village: string
  house_number: string
  house_code: string | null
  /** Of a household found on the way: its head's name, and whether the number is only the neighbour's. */
  head?: string
  unnumbered?: boolean
  /** Last year's members. */
  roster?: Record<string, string>[]
}

/** The cover field that holds the interview's own date, in any version. */
export function dateField(definition: Definition): string | null {
  return definition.cover.find((field) => field.kind === 'date')?.id ?? null
}

/** What the list knows of the house, put in the cover where this version has a box for it. */
export function coverOf(definition: Definition, place: Place, date: string): Record<string, FieldValue> {
  const dated = dateField(definition)
  const known: Record<string, FieldValue> = {
    ...(dated ? { [dated]: date } : {}),
    ...(place.house_number ? { house_number: place.house_number } : {}),
    ...(place.house_number ? { has_house_number: place.unnumbered ? 'no' : 'yes' } : {}),
    ...(place.house_code ? { house_code: place.house_code, house_code_known: 'yes' } : {}),
  }
  const fields = new Set(definition.cover.map((field) => field.id))
  return Object.fromEntries(Object.entries(known).filter(([id]) => fields.has(id)))
}

/** The head of a household found on the way, as far as the name tells. */
function headOf(definition: Definition, name: string): Member[] {
  if (!name || !definition.members.some((field) => field.id === 'first_name')) return []
  const [first_name = '', ...rest] = name.split(/\s+/)
  return [{ id: 'm1', first_name, ...(rest.length ? { last_name: rest.join(' ') } : {}), relation: 'head' }]
}

/** Last year's members under this version's fields; what it does not ask is left out. */
export function rosterOf(definition: Definition, known: Record<string, string>[]): Member[] {
  const fields = new Set(definition.members.map((field) => field.id))
  return known.map((said, at) => ({ ...Object.fromEntries(Object.entries(said).filter(([id]) => fields.has(id))), id: `m${at + 1}` }))
}

function nameOf({ first_name, last_name }: Member): string {
  return [first_name, last_name].filter(Boolean).join(' ')
}

export interface Beginning {
  place: Place
  outcome: Outcome
  mode: Mode
  device: string
  now: Date
}

/** The unfinished document, number 1. */
export function newInterview(session: Session, definition: Definition, { place, outcome, mode, device, now }: Beginning): InterviewDocument {
  const { world } = session.phone
  const { round } = session.register
  const date = dayInThailand(now)
  const known = rosterOf(definition, place.roster ?? [])
  return {
    schema: 1,
    interview: newInterviewId(world.now()),
    number: 1,
    based_on: [],
    round: round.id,
    questionnaire: definition.id,
    mode,
    app: world.app,
    author: { account: session.account.id, device },
    household: { id: place.id, new: place.new, village: place.village, house_number: place.house_number },
    outcome,
    outcome_note: '',
    notice: null,
    date,
    started_at: new Date(world.now()).toISOString(),
    finished_at: '',
    clock: null,
    cover: coverOf(definition, place, date),
    members: known.length ? known : headOf(definition, place.head ?? ''),
    ...(known.length ? { roster: known.map((member) => ({ member: member.id, name: nameOf(member) })) } : {}),
    answers: {},
    declined: [],
    explanations: {},
    evidence: [],
    paradata: noParadata(),
  }
}

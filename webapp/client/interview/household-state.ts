/** Where each household of the list stands, from the register's word, the drafts and the outbox. */
import { toArabicDigits } from '../engine/index.ts'
import type { Household } from '../offline/index.ts'
import type { DraftSummary, Entry } from '../outbox/index.ts'
import type { Tone } from '../ui/components.ts'
import type { Returned } from './correction.ts'
import { isAnswered } from './newer-work.ts'

export type RowState =
  | 'returned' | 'elsewhere' | 'parked' | 'draft' | 'todo' | 'waiting' | 'sending' | 'custody' | 'data' | 'complete' | 'received' | 'accepted' | 'closed'

/** One line of the home list. */
export interface Row {
  id: string
  village: string
  house_number: string
  head_name: string
  people: number | null
  state: RowState
  /** The unfinished or still correctable draft on this phone. */
  draft: DraftSummary | null
  /** The latest finished revision in this phone's outbox. */
  entry: Entry | null
  household: Household | null
  /** It came back and waits for an answer. */
  returned: Returned | null
}

export type Shown = 'all' | 'todo' | 'draft' | 'sent'

interface Looks {
  tone: Tone | 'quiet'
  icon: string
  /** Lower comes first in the list. */
  rank: number
  shown: Exclude<Shown, 'all'>
}

/** How each state looks, and where it stands in the list. */
export const LOOKS: Record<RowState, Looks> = {
  returned: { tone: 'bad', icon: 'return', rank: 0, shown: 'todo' },
  parked: { tone: 'bad', icon: 'warn', rank: 1, shown: 'sent' },
  draft: { tone: 'warn', icon: 'pen', rank: 2, shown: 'draft' },
  todo: { tone: 'quiet', icon: 'door', rank: 3, shown: 'todo' },
  elsewhere: { tone: 'quiet', icon: 'return', rank: 5, shown: 'sent' },
  waiting: { tone: 'info', icon: 'wait', rank: 4, shown: 'sent' },
  sending: { tone: 'info', icon: 'send', rank: 4, shown: 'sent' },
  custody: { tone: 'info', icon: 'lock', rank: 4, shown: 'sent' },
  data: { tone: 'info', icon: 'send', rank: 4, shown: 'sent' },
  complete: { tone: 'good', icon: 'check', rank: 5, shown: 'sent' },
  received: { tone: 'good', icon: 'check', rank: 5, shown: 'sent' },
  accepted: { tone: 'good', icon: 'star', rank: 6, shown: 'sent' },
  closed: { tone: 'quiet', icon: 'check', rank: 6, shown: 'sent' },
}

const onTheWay = new Set(['waiting', 'sending', 'parked', 'custody', 'data'])

/** What the volunteer sees: their own unfinished work first, then the way to the register, then its word. */
export function stateOf(told: string | undefined, draft: DraftSummary | null, entry: Entry | null, returned: Returned | null = null): RowState {
  if (draft && !draft.finished) return 'draft'
  if (entry && onTheWay.has(entry.state)) return entry.state as RowState
  if (returned) return 'returned'
  if (told === 'returned') return entry?.returned ? 'complete' : 'elsewhere' // answered from here, or somebody else's to correct
  if (told && told !== 'todo' && told in LOOKS) return told as RowState
  return entry ? 'complete' : 'todo'
}

function rowOf(household: Household, draft: DraftSummary | null, entry: Entry | null, returned: Returned | null): Row {
  const { id, village, house_number, people, state } = household
  return { id, village, house_number, head_name: household.head_name ?? '', people, state: stateOf(state, draft, entry, returned), draft, entry, household, returned }
}

/** A household found on the way, not (yet) in the register's list. */
function newRow(id: string, label: { village: string; house_number: string }, draft: DraftSummary | null, entry: Entry | null, returned: Returned | null): Row {
  return { id, ...label, head_name: '', people: null, state: stateOf(undefined, draft, entry, returned), draft, entry, household: null, returned }
}

export interface Known {
  households: Household[]
  returns: Returned[]
  drafts: DraftSummary[]
  entries: Map<string, Entry>
  /** Labels of entries whose household is in no list. */
  labels: Map<string, { village: string; house_number: string }>
}

/** Every household: the list's, and those added on this phone. */
export function rowsOf({ households, returns, drafts, entries, labels }: Known): Row[] {
  const draftOf = new Map([...drafts].reverse().map((draft) => [draft.household, draft]))
  const listed = new Set(households.map(({ id }) => id))
  const open = new Map(returns.filter((one) => !isAnswered(one, entries.get(one.household) ?? null)).map((one) => [one.household, one]))
  const known = (id: string) => [draftOf.get(id) ?? null, entries.get(id) ?? null, open.get(id) ?? null] as const
  const rows = households.map((household) => rowOf(household, ...known(household.id)))
  const label = (id: string, { village, house_number }: { village: string; house_number: string }) => [id, { village, house_number }] as const
  const added = new Map([...labels, ...[...open].map(([id, one]) => label(id, one)), ...[...draftOf].map(([id, one]) => label(id, one))])
  for (const [id, called] of added) {
    if (!listed.has(id)) rows.push(newRow(id, called, ...known(id)))
  }
  return rows.sort(inOrder)
}

const byNumber = new Intl.Collator('th', { numeric: true })

function inOrder(one: Row, other: Row): number {
  return LOOKS[one.state].rank - LOOKS[other.state].rank || byNumber.compare(one.village, other.village) || byNumber.compare(one.house_number, other.house_number)
}

/** The household to visit after this one: in its village by house number, round to the beginning, then elsewhere. */
export function nextToVisit(rows: Row[], after: Row): Row | null {
  const open = rows.filter((row) => row.id !== after.id && (LOOKS[row.state].shown === 'todo' || row.state === 'draft'))
  const here = open.filter(({ village }) => village === after.village)
  const sorted = (here.length ? here : open).sort((one, other) => byNumber.compare(one.village, other.village) || byNumber.compare(one.house_number, other.house_number))
  return sorted.find((row) => here.length > 0 && byNumber.compare(row.house_number, after.house_number) > 0) ?? sorted[0] ?? null
}

/** Letters and digits only, so that "๑๒ / ๓" finds 12/3. */
export function plain(text: string): string {
  return toArabicDigits(text).toLocaleLowerCase('th').replace(/\s+/g, '')
}

/** The rows somebody looks for; a house number from its start comes first. */
export function search(rows: Row[], village: string, shown: Shown, words: string): Row[] {
  const wanted = plain(words)
  const inVillage = rows.filter((row) => !village || row.village === village)
  if (wanted) {
    const found = inVillage.filter((row) => plain(row.house_number).includes(wanted) || plain(row.head_name).includes(wanted) || (row.household?.house_code ?? '').includes(wanted))
    return found.sort((one, other) => Number(plain(other.house_number).startsWith(wanted)) - Number(plain(one.house_number).startsWith(wanted)))
  }
  return inVillage.filter((row) => shown === 'all' || LOOKS[row.state].shown === shown)
}

/** How many rows there are of each kind. */
export function tally(rows: Row[], village: string): Record<Shown, number> {
  const counts: Record<Shown, number> = { all: 0, todo: 0, draft: 0, sent: 0 }
  for (const row of rows) {
    if (village && row.village !== village) continue
    counts.all += 1
    counts[LOOKS[row.state].shown] += 1
  }
  return counts
}

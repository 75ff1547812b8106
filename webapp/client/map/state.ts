/** What the map page knows: filters chosen, the list so far, the household chosen. */
export const STATES = ['todo', 'received', 'returned', 'accepted', 'custody', 'closed'] as const
export const GRADES = ['good', 'weak', 'none'] as const

/** One line of the list, as the register sends it; a village without households has no id. */
export interface Line {
  id: string | null
  village_code: string
  village_th: string
  moo: number
  village_households: number
  village_received: number
  village_longitude: number | null
  village_latitude: number | null
  house_number: string
  head_name: string | null
  state: string
  evidence_grade: string
  longitude: number | null
  latitude: number | null
  is_placed: boolean
  /** Open findings: reasons to look. */
  findings: number
}

interface Named { code: string; name: string }

/** What the filters offer inside the chosen area. */
export interface Choices {
  trail: Named[]
  areas: Named[]
  volunteers: { id: string; name: string }[]
  too_many_volunteers: boolean
  counts: Record<string, number>
  extent: [number, number, number, number] | null
}

export const FILTERS = ['area', 'volunteer', 'state', 'grade'] as const
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>
/** What the symbols are coloured by; their shape is always the state. */
export const COLOURINGS = ['state', 'grade', 'found'] as const
export type Colouring = (typeof COLOURINGS)[number]

/** Households chosen to be looked at one after another; `more`: there were more than are given at once. */
export interface Triage { name: string; lines: Line[]; more: boolean }

/** What was decided last, so that it can be undone, or why it could not be. */
export interface Done { household: string; number: string; interview: string; digest: string; what: 'accepted' | 'again' | 'undone' }

export type View = 'map' | 'list' | 'household'
export type Status = 'loading' | 'ready' | 'failed'

/** The page's whole state; `draw` shows it. */
export interface MapState {
  filters: Filters
  choices: Choices | null
  lines: Line[]
  next: string | null
  status: Status
  view: View
  chosen: string | null
  told: string
  noMap: boolean
  colouring: Colouring
  triage: Triage | null
  onlyFound: boolean
  lasso: boolean
  asking: boolean
  acting: boolean
  done: Done | null
  trouble: string
}

/** `?area=4301&state=received`, or nothing. */
export function queryOf(filters: Filters, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filters, ...more }).filter(([, value]) => value)
  return given.length ? `?${new URLSearchParams(given as [string, string][])}` : ''
}

/** The lines in sight: those chosen on the map, else the list so far. */
export const linesOf = (state: MapState): Line[] => state.triage?.lines ?? state.lines

/** The households of the list in its order; villages without any are passed over. */
export const householdsOf = (state: MapState): string[] => linesOf(state).flatMap(({ id }) => id ?? [])

/** Whether the list goes on after what is in sight. */
export const goesOn = (state: MapState): boolean => !state.triage && state.next !== null

/** What a POST came to: the answer, or why not in the register's own words. */
export type Posted<T> = { answer: T } | { trouble: string }

export async function postJson<T>(address: string, body: object): Promise<Posted<T>> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', 'Jpt-App': 'map' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null)
  const told = await answer?.json().catch(() => null)
  if (answer?.ok && told) return { answer: told as T }
  return { trouble: String(told?.detail ?? '') }
}

export async function getJson<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json() as Promise<T>
}

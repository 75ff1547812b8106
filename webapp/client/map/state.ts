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
}

/** `?area=4301&state=received`, or nothing. */
export function queryOf(filters: Filters, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filters, ...more }).filter(([, value]) => value)
  return given.length ? `?${new URLSearchParams(given as [string, string][])}` : ''
}

/** The households of the list in its order; villages without any are passed over. */
export const householdsOf = (state: MapState): string[] => state.lines.flatMap(({ id }) => id ?? [])

export async function getJson<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json() as Promise<T>
}

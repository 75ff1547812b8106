/** What the map page knows: filters chosen, the list so far, the household chosen. */
export const STATES = ['todo', 'received', 'returned', 'accepted', 'custody', 'closed'] as const
export const GRADES = ['none', 'weak', 'good'] as const

/** One line of the list, as the register sends it. */
export interface Household {
  id: string
  interview_id: string | null
  village_th: string
  moo: number
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
  counts: Record<string, number>
  extent: [number, number, number, number] | null
}

export type Filters = Partial<Record<'area' | 'volunteer' | 'state' | 'grade', string>>
export type View = 'map' | 'list' | 'household'

/** The page's whole state; `draw` shows it. */
export interface MapState {
  filters: Filters
  choices: Choices | null
  households: Household[]
  next: string | null
  status: 'loading' | 'ready' | 'failed'
  view: View
  chosen: string | null
  noMap: boolean
}

/** `?area=4301&state=received`, or nothing. */
export function queryOf(filters: Filters, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filters, ...more }).filter(([, value]) => value)
  return given.length ? `?${new URLSearchParams(given as [string, string][])}` : ''
}

export async function getJson<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json() as Promise<T>
}

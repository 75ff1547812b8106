/** What the page does with itself: shows a part, filters, opens a household, and notes it in the address bar. */
import { t } from '../ui/language.ts'
import { written, type Seen } from './address.ts'
import type { Canvas } from './canvas.ts'
import type { Spot } from './marking.ts'
import { enlarge, say, showHousehold } from './panel.ts'
import type { Reading } from './reading.ts'
import { linesOf, type Filters, type Line, type MapState, type View } from './state.ts'

/** The page at work: its state, its parts, and where the map looks. */
export interface Page {
  state: MapState
  seen: Seen | null
  canvas: Canvas | null
  reading: Reading
  draw(): void
  /** Another household's panel is in place. */
  renewed(): void
}

export const part = (id: string): HTMLElement => document.getElementById(id) as HTMLElement

/** One of the phone's three tabs; at a desk all three are in sight. */
export function show(page: Page, view: View): void {
  page.state.view = view
  page.draw()
  page.canvas?.resize()
}

export function filtered(page: Page, filters: Filters): void {
  const isElsewhere = filters.area !== page.state.filters.area
  page.state.filters = filters
  page.canvas?.filter(filters)
  void page.reading.loadChoices(isElsewhere)
  void page.reading.load(null)
}

/** Another household, or none; where it lies is marked, and looked at unless the address says where to look. */
export async function open(page: Page, id: string | null, moves: boolean): Promise<void> {
  const { state } = page
  state.chosen = id
  state.asking = false
  if (!id) {
    say(part('panel'), t('map.choose'))
    page.canvas?.mark(null, false)
    return page.draw()
  }
  show(page, 'household')
  const spot = await showHousehold(part('panel'), id)
  if (state.chosen !== id) return
  if (state.triage) enlarge(part('panel'))
  page.renewed()
  page.draw()
  page.canvas?.mark(spot ?? atVillage(linesOf(state).find((one) => one.id === id)), moves)
  part('panel').querySelector<HTMLElement>('h2')?.focus()
}

/** A household that nobody has interviewed stands at its village. */
function atVillage(line: Line | undefined): Spot | null {
  if (line?.longitude == null || line.latitude == null) return null
  return { point: [line.longitude, line.latitude], metres: 0, village: null }
}

export const address = ({ state, seen }: Page): string => written({ filters: state.filters, household: state.chosen, seen })

/** A step that "back" undoes. */
export function push(page: Page): void {
  history.pushState(null, '', address(page))
}

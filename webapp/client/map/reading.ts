/** Reads the list and the filters' choices from the register into the page's state. */
import { getJson, queryOf, type Choices, type Line, type MapState } from './state.ts'

interface Page { households: Line[]; next: string | null }
type Fit = (box: NonNullable<Choices['extent']>) => void

/** How the page asks for more. */
export interface Reading {
  load(after: string | null): Promise<void>
  loadChoices(fits: boolean): Promise<void>
}

export function reading(state: MapState, draw: () => void, fit: Fit): Reading {
  let asked = 0

  /** Answers to an older question are dropped. */
  async function load(after: string | null): Promise<void> {
    const turn = ++asked
    state.status = 'loading'
    if (!after) Object.assign(state, { lines: [], next: null })
    draw()
    try {
      const found = await getJson<Page>(`/map/households${queryOf(state.filters, after ? { after } : {})}`)
      if (turn !== asked) return
      Object.assign(state, { lines: [...state.lines, ...found.households], next: found.next, status: 'ready' })
    } catch {
      if (turn === asked) state.status = 'failed'
    }
    draw()
  }

  async function loadChoices(fits: boolean): Promise<void> {
    const { area } = state.filters
    const choices = await getJson<Choices>(`/map/filters${queryOf({ area })}`).catch(() => null)
    if (!choices || area !== state.filters.area) return
    state.choices = choices
    draw()
    if (fits && choices.extent) fit(choices.extent)
  }

  return { load, loadChoices }
}

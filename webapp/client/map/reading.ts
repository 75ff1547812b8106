/** Reads the list and the filters' choices from the register into the page's state. */
import { getJson, queryOf, type Choices, type Household, type MapState } from './state.ts'

interface Page { households: Household[]; next: string | null }
type Fit = (box: NonNullable<Choices['extent']>) => void

export function reading(state: MapState, draw: () => void, fit: Fit) {
  let asked = 0

  /** Answers to an older question are dropped. */
  async function load(after: string | null): Promise<void> {
    const turn = ++asked
    state.status = 'loading'
    if (!after) state.households = []
    draw()
    try {
      const found = await getJson<Page>(`/map/households${queryOf(state.filters, after ? { after } : {})}`)
      if (turn !== asked) return
      Object.assign(state, { households: [...state.households, ...found.households], next: found.next, status: 'ready' })
    } catch {
      if (turn === asked) state.status = 'failed'
    }
    draw()
  }

  async function loadChoices(): Promise<void> {
    const { area } = state.filters
    const choices = await getJson<Choices>(`/map/filters${queryOf({ area })}`).catch(() => null)
    if (!choices || area !== state.filters.area) return
    state.choices = choices
    draw()
    if (choices.extent) fit(choices.extent)
  }

  return { load, loadChoices }
}

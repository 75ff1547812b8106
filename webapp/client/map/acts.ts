/** What a person does on the map page, and what comes of it. */
import { deciding } from './deciding.ts'
import { HOUSEHOLDS_FROM } from './layers.ts'
import { filtered, open, part, push, show, type Page } from './opening.ts'
import { householdsOf } from './state.ts'
import { choosing } from './triage.ts'
import type { Acts } from './view.ts'

/** Opens the household so many lines further, reading on where the list goes on. */
function stepper(page: Page) {
  const { state } = page
  return async (by: 1 | -1): Promise<void> => {
    const at = householdsOf(state).indexOf(state.chosen ?? '') + by
    if (!state.triage && at >= householdsOf(state).length && state.next) await page.reading.load(state.next)
    const id = householdsOf(state)[at]
    if (!id) return
    push(page)
    await open(page, id, true)
  }
}

export function actsOf(page: Page): Acts {
  const { state } = page
  const step = stepper(page)
  const acts: Acts = {
    ...choosing(page),
    ...deciding(page, step),
    filter(name, value) {
      filtered(page, { ...state.filters, [name]: value || undefined })
      push(page)
    },
    clear() {
      filtered(page, {})
      push(page)
      part('filter-area').focus()
    },
    show(view) {
      show(page, view)
      const drawn = part('canvas').querySelector<HTMLElement>('canvas')
      ;(view === 'map' ? drawn : part(view === 'list' ? 'list-part' : 'panel'))?.focus()
    },
    more: () => void page.reading.load(state.next),
    again: () => void page.reading.load(state.next),
    choose(id) {
      void open(page, id, true)
      push(page)
    },
    goTo({ village_longitude: longitude, village_latitude: latitude }) {
      if (longitude === null || latitude === null) return
      show(page, 'map')
      page.canvas?.look({ zoom: HOUSEHOLDS_FROM, latitude, longitude })
    },
    step: (by) => void step(by),
    colour(by) {
      state.colouring = by
      page.canvas?.colour(by)
      page.draw()
    },
    leave() {
      const line = document.querySelector<HTMLElement>(`[data-id="${state.chosen}"]`)
      void open(page, null, false)
      show(page, 'list')
      push(page)
      ;(line ?? part('list-part')).focus()
    },
  }
  return acts
}

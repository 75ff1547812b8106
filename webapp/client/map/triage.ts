/** Households chosen on the map, by a line, by village or by point, to be looked at one after another. */
import { t } from '../ui/language.ts'
import { fail, type Deciding } from './deciding.ts'
import { lasso } from './lasso.ts'
import { open, part, show, type Page } from './opening.ts'
import { postJson, queryOf, type Line } from './state.ts'

/** What is chosen: corners of a line, a village's code, or ids. */
type Wanted = { outline: [number, number][] } | { village: string } | { households: string[] }
interface Chosen { households: Line[]; more: boolean }

/** What a person chooses, and what they do with it. */
export interface TriageActs extends Deciding {
  drawLasso(): void
  chooseSeen(): void
  chooseVillage(line: Line): void
  chooseMany(households: string[]): void
  leaveChosen(): void
  onlyFound(on: boolean): void
}

/** Asks for the households of a choice and opens the first; the choice is remembered, to be asked for again. */
function chooser(page: Page) {
  const { state } = page
  let last: [Wanted, string] | null = null

  async function choose(wanted: Wanted, name: string): Promise<void> {
    state.trouble = ''
    last = [wanted, name]
    const body = { ...wanted, ...(state.onlyFound ? { only_found: true } : {}) }
    const posted = await postJson<Chosen>(`/map/chosen${queryOf(state.filters)}`, body)
    if ('trouble' in posted) return fail(page, posted.trouble)
    const { households: lines, more } = posted.answer
    state.triage = { name, lines, more }
    state.done = null
    const first = lines[0]?.id
    if (first) await open(page, first, true)
    else show(page, 'list')
  }

  return {
    choose,
    again: () => (last ? void choose(...last) : page.draw()),
    forget: () => void (last = null),
  }
}

export function choosing(page: Page): Omit<TriageActs, keyof Deciding> {
  const { state } = page
  const { choose, again, forget } = chooser(page)
  let giveUp: (() => void) | null = null

  function endLasso(): void {
    giveUp = null
    state.lasso = false
    page.draw()
  }

  return {
    drawLasso() {
      const { canvas } = page
      if (giveUp || !canvas) return giveUp?.(), endLasso()
      state.lasso = true
      show(page, 'map')
      giveUp = lasso(part('canvas'), {
        done(corners) {
          endLasso()
          void choose({ outline: corners.map(([x, y]) => canvas.cornerAt(x, y)) }, t('map.chosen_lasso'))
        },
        gone: endLasso,
      })
    },
    chooseSeen: () => void (page.canvas && choose({ outline: page.canvas.corners() }, t('map.chosen_seen'))),
    chooseVillage: (line) => void choose({ village: line.village_code }, t('map.place', { village: line.village_th, moo: line.moo })),
    chooseMany: (households) => void choose({ households }, t('map.chosen_point')),
    leaveChosen() {
      forget()
      Object.assign(state, { triage: null, done: null })
      show(page, 'list')
      part('list-part').focus()
    },
    onlyFound(on) {
      state.onlyFound = on
      again()
    },
  }
}

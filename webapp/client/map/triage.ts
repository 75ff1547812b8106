/** Households chosen on the map and decided on one after another, without the page being read anew. */
import { t } from '../ui/language.ts'
import { lasso } from './lasso.ts'
import { open, part, show, type Page } from './opening.ts'
import { linesOf, postJson, queryOf, type Done, type Line } from './state.ts'

/** What is chosen: corners of a line, a village's code, or ids. */
type Wanted = { outline: [number, number][] } | { village: string } | { households: string[] }
interface Chosen { households: Line[]; more: boolean }

/** What a person does with what was chosen. */
export interface TriageActs {
  drawLasso(): void
  chooseSeen(): void
  chooseVillage(line: Line): void
  chooseMany(households: string[]): void
  leaveChosen(): void
  onlyFound(on: boolean): void
  accept(): void
  ask(): void
  askFor(kinds: string[], reason: string): void
  undo(): void
}

export function triageOf(page: Page, step: (by: 1 | -1) => Promise<void>): TriageActs {
  const { state } = page
  let giveUp: (() => void) | null = null
  let last: [Wanted, string] | null = null

  async function choose(wanted: Wanted, name: string): Promise<void> {
    state.trouble = ''
    last = [wanted, name]
    const body = { ...wanted, ...(state.onlyFound ? { only_found: true } : {}) }
    const posted = await postJson<Chosen>(`/map/chosen${queryOf(state.filters)}`, body)
    if ('trouble' in posted) return fail(posted.trouble)
    const { households: lines, more } = posted.answer
    state.triage = { name, lines, more }
    state.done = null
    const first = lines[0]?.id
    if (first) await open(page, first, true)
    else show(page, 'list')
  }

  function fail(trouble: string): void {
    state.trouble = trouble || t('map.failed')
    page.draw()
  }

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
      state.triage = null
      state.done = last = null
      show(page, 'list')
      part('list-part').focus()
    },
    onlyFound(on) {
      state.onlyFound = on
      if (last) void choose(...last)
      else page.draw()
    },
    ...deciding(page, step, fail),
  }
}

/** The interview that is open, as the panel says it. */
function interviewShown(): { interview: string; digest: string } | null {
  const { interview, digest } = part('panel').querySelector<HTMLElement>('[data-interview]')?.dataset ?? {}
  return interview && digest ? { interview, digest } : null
}

/** Whether the interview that is open may be decided on. */
export function isUndecided(): boolean {
  const stands = part('panel').querySelector<HTMLElement>('[data-interview]')?.dataset.stands
  return stands === 'received' || stands === 'returned'
}

type Deciding = Pick<TriageActs, 'accept' | 'ask' | 'askFor' | 'undo'>

function deciding(page: Page, step: (by: 1 | -1) => Promise<void>, fail: (trouble: string) => void): Deciding {
  const { state } = page

  async function send(path: string, body: object): Promise<boolean> {
    if (state.acting) return false
    Object.assign(state, { acting: true, trouble: '' })
    page.draw()
    const posted = await postJson<{ state: string }>(path, body)
    state.acting = false
    if ('answer' in posted) return true
    fail(posted.trouble)
    return false
  }

  /** The line keeps its place and says what has become of it. */
  async function decide(path: string, more: object, what: Done['what'], becomes: string): Promise<void> {
    const seen = interviewShown()
    const household = state.chosen
    if (!seen || !household || !isUndecided() || !(await send(path, { ...seen, ...more }))) return
    const number = mark(household, becomes)
    state.done = { household, number, ...seen, what }
    state.asking = false
    const at = linesOf(state).findIndex(({ id }) => id === household)
    if (at >= 0 && at < linesOf(state).length - 1) await step(1)
    else await open(page, household, false)
  }

  function mark(household: string, becomes: string): string {
    const lines = [...state.lines, ...(state.triage?.lines ?? [])].filter(({ id }) => id === household)
    for (const line of lines) line.state = becomes
    page.draw()
    return lines[0]?.house_number ?? ''
  }

  return {
    accept: () => void decide('/map/accept', {}, 'accepted', 'accepted'),
    ask() {
      if (!isUndecided()) return
      state.asking = !state.asking
      page.draw()
      if (state.asking) document.querySelector<HTMLElement>('#ask-again input')?.focus()
    },
    askFor: (kinds, reason) => void decide('/map/evidence-again', { kinds, reason }, 'again', 'returned'),
    async undo() {
      const { done } = state
      if (!done || done.what === 'undone') return
      const { interview, digest } = done
      if (!(await send('/map/undo', { interview, digest, reason: t('map.undo_reason') }))) return
      mark(done.household, 'received')
      state.done = { ...done, what: 'undone' }
      await open(page, done.household, true)
    },
  }
}

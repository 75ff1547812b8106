/** Deciding on the household that is open: accepted, asked for evidence again, undone; its line keeps its place. */
import { t } from '../ui/language.ts'
import { open, part, type Page } from './opening.ts'
import { linesOf, postJson, type Done } from './state.ts'

/** What can be decided, and taken back. */
export interface Deciding {
  accept(): void
  ask(): void
  askFor(kinds: string[], reason: string): void
  undo(): void
}

type Step = (by: 1 | -1) => Promise<void>

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

/** Why not, in the register's own words. */
export function fail(page: Page, trouble: string): void {
  page.state.trouble = trouble || t('map.failed')
  page.draw()
}

async function send(page: Page, path: string, body: object): Promise<boolean> {
  if (page.state.acting) return false
  Object.assign(page.state, { acting: true, trouble: '' })
  page.draw()
  const posted = await postJson<{ state: string }>(path, body)
  page.state.acting = false
  if ('answer' in posted) return true
  fail(page, posted.trouble)
  return false
}

/** What has become of a household stands in its line; its house number. */
function mark({ state, draw }: Page, household: string, becomes: string): string {
  const lines = [...state.lines, ...(state.triage?.lines ?? [])].filter(({ id }) => id === household)
  for (const line of lines) line.state = becomes
  draw()
  return lines[0]?.house_number ?? ''
}

export function deciding(page: Page, step: Step): Deciding {
  const { state } = page

  async function decide(path: string, more: object, what: Done['what'], becomes: string): Promise<void> {
    const seen = interviewShown()
    const household = state.chosen
    if (!seen || !household || !isUndecided() || !(await send(page, path, { ...seen, ...more }))) return
    state.done = { household, number: mark(page, household, becomes), ...seen, what }
    state.asking = false
    const at = linesOf(state).findIndex(({ id }) => id === household)
    if (at >= 0 && at < linesOf(state).length - 1) await step(1)
    else await open(page, household, false)
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
      if (!(await send(page, '/map/undo', { interview, digest, reason: t('map.undo_reason') }))) return
      mark(page, done.household, 'received')
      state.done = { ...done, what: 'undone' }
      await open(page, done.household, true)
    },
  }
}

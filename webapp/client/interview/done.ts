/** After an interview is sealed: what was kept, where it is now, and the next household to visit. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { badge, linkButton, noticeBox, progress, screen, type Tone } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import type { InterviewDocument, Outcome } from './context.ts'
import { type Kind, kindsHeld } from './evidence-held.ts'
import { nextToVisit, type Row, tally } from './household-state.ts'
import { villageOf } from './session.ts'

/** What the screen says of the interview just sealed; it goes when the page goes. */
export interface Sealed {
  interview: string
  household: string
  number: number
  outcome: Outcome
  people: number
  evidence: Kind[]
}

export function sealedOf(document: InterviewDocument): Sealed {
  const { interview, household, number, outcome, members } = document
  return { interview, household: household.id, number, outcome, people: members.length, evidence: kindsHeld(document) }
}

const REACHED: Record<string, Tone> = { complete: 'good', purgeable: 'good', data: 'good', custody: 'good', parked: 'bad' }

/** Where it is now, in words that follow the outbox. */
function where({ online }: AppView, row: Row | undefined): TemplateResult {
  const state = row?.entry?.state ?? 'waiting'
  const key = state === 'waiting' && !online ? 'waiting_offline' : state
  return noticeBox(REACHED[state] ?? 'info', t(`outbox.done_where_${key}`), true)
}

function kept(sealed: Sealed): TemplateResult {
  const interviewed = sealed.outcome === 'interviewed'
  const evidence = sealed.evidence.map((kind) => t(`evidence.kind_${kind}`)).join(', ')
  return html`<ul class="ticks">
    ${sealed.number > 1 ? html`<li>${t('outbox.done_correction', { number: sealed.number })}</li>` : nothing}
    <li>${interviewed ? t('outbox.done_answers', { people: sealed.people }) : t(`questions.outcome_${sealed.outcome}`)}</li>
    ${sealed.evidence.length ? html`<li>${t('outbox.done_evidence', { count: sealed.evidence.length, kinds: evidence })}</li>` : nothing}</ul>`
}

function goingOn(view: AppView, row: Row | undefined): TemplateResult {
  const next = row ? nextToVisit(view.session.rows, row) : null
  if (!next) return noticeBox('good', t('outbox.done_all'))
  const village = row?.village === next.village ? '' : (villageOf(view.session, next.village)?.name_th ?? '')
  const house = next.house_number ? t('home.house', { number: next.house_number }) : t('home.house_unnumbered')
  const about = [house, next.head_name, village].filter(Boolean).join(' · ')
  return html`<a class="button button--primary button--wide" data-next href=${`/app/household/${encodeURIComponent(next.id)}`}>
    <span>${t('outbox.done_next')}<small class="button__more">${about}</small></span></a>`
}

function village(view: AppView, row: Row): TemplateResult | typeof nothing {
  const counts = tally(view.session.rows, row.village)
  const name = villageOf(view.session, row.village)?.name_th
  return name ? html`<section class="card">${progress(counts.sent, counts.all, t('outbox.done_village', { village: name, done: counts.sent, total: counts.all }))}</section>` : nothing
}

function sealedScreen(view: AppView, sealed: Sealed): TemplateResult {
  const row = view.session.rows.find(({ id }) => id === sealed.household)
  const place = row ? [row.house_number ? t('home.house', { number: row.house_number }) : t('home.house_unnumbered'), row.head_name].filter(Boolean).join(' · ') : ''
  return screen({
    over: place,
    title: t('outbox.done_title'),
    body: html`<section class="card stack">${badge('good', t('outbox.done_kept'), 'check')}${kept(sealed)}</section>
      ${where(view, row)}
      ${row ? village(view, row) : nothing}
      ${goingOn(view, row)}${linkButton(t('shell.go_home'), '/app/home', { icon: 'home', wide: true })}`,
  })
}

/** เก็บเรียบร้อยแล้ว; opened again later there is only the way on. */
export function doneScreen(view: AppView, interview: string): TemplateResult {
  const { sealed } = view.chosen
  if (sealed?.interview === interview) return sealedScreen(view, sealed)
  return screen({ title: t('outbox.done_title'), body: html`<p>${t('outbox.done_before')}</p>${linkButton(t('home.outbox_link'), '/app/outbox', { icon: 'send', wide: true })}${linkButton(t('shell.go_home'), '/app/home', { icon: 'home', wide: true })}` })
}

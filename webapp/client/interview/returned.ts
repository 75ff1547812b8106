/** What came back, on the home screen and at its household: why, until when, and the way to answer it. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, icon, noticeBox } from '../ui/components.ts'
import { dayInThailand, thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { askedOf, linesOf, type Returned } from './correction.ts'
import type { Row } from './household-state.ts'
import { correctionUnderWay, type NewerWork, newerWork } from './newer-work.ts'
import { deadlineWords } from './review-words.ts'
import { trustedNow } from './session.ts'

function newerOf({ session }: AppView, returned: Returned): NewerWork {
  return newerWork(returned, session.drafts, session.entries.get(returned.household) ?? null)
}

/** How much is asked, or that it has been begun. */
function amount(view: AppView, returned: Returned): string {
  if (newerOf(view, returned)) return t('returned.newer')
  if (correctionUnderWay(returned, view.session.drafts)) return t('returned.resume')
  return linesOf(returned).length ? t('returned.lines', { count: askedOf(returned).length }) : t('returned.evidence_only')
}

function due({ session }: AppView, { deadline }: Returned): string {
  return deadlineWords(deadline, dayInThailand(trustedNow(session)))
}

function card(view: AppView, row: Row, returned: Returned): TemplateResult {
  const house = row.house_number ? t('home.house', { number: row.house_number }) : t('home.house_unnumbered')
  return html`<li><button type="button" class="returned__open" @click=${() => view.acts.correct(returned.interview)}>
    <strong>${[house, row.head_name].filter(Boolean).join(' · ')}</strong>
    <span class="returned__due">${due(view, returned)}</span>
    ${returned.reason ? html`<span class="returned__why">${returned.reason}</span>` : nothing}
    <span class="returned__go">${amount(view, returned)}${icon('next')}</span></button></li>`
}

/** First on the home screen: nothing else is as urgent as somebody's answer that waits. */
export function returnedSection(view: AppView): TemplateResult | typeof nothing {
  const rows = view.session.rows.filter(({ returned }) => returned)
  const inOrder = view.session.returns.flatMap((one) => rows.filter(({ returned }) => returned === one))
  if (!inOrder.length) return nothing
  return html`<section class="card returned" aria-labelledby="returned-title"><h2 class="card__title" id="returned-title">${t('returned.count', { count: inOrder.length })}</h2>
    <p class="help">${t('returned.help')}</p>
    <ul class="stack">${inOrder.map((row) => card(view, row, row.returned as Returned))}</ul></section>`
}

/** Newer work and what came back, side by side; nothing is replaced without a second tap. */
function both(view: AppView, returned: Returned, newer: NonNullable<NewerWork>): TemplateResult {
  const { session, acts } = view
  const words = newer.kind === 'draft'
    ? t('returned.both_draft', { time: thaiTime(newer.draft.updated_at, trustedNow(session)) })
    : t('returned.both_entry', { state: t(`outbox.state_${newer.entry.state}`) })
  const draft = session.drafts.find(({ id }) => id === returned.interview)
  const usable = draft && !returned.base.includes(draft.finished?.digest ?? '')
  return html`${noticeBox('info', html`<p><strong>${t('returned.both')}</strong></p><p>${words}</p>`)}
    ${usable ? bigButton(t('returned.use_here'), () => acts.correct(returned.interview, 'here'), { icon: 'pen', wide: true }) : nothing}
    ${replacing(view, returned, newer)}`
}

function replacing(view: AppView, { interview }: Returned, newer: NonNullable<NewerWork>): TemplateResult {
  const { chosen, acts } = view
  const ask = (asked: string) => {
    chosen.replacing = asked
    acts.render()
  }
  if (chosen.replacing !== interview) return bigButton(t('returned.use_register'), () => ask(interview), { kind: 'secondary', icon: 'return', wide: true })
  const lost = newer.kind === 'draft' && newer.draft.id === interview
  return noticeBox(lost ? 'bad' : 'warn', html`<p>${t(lost ? 'returned.use_register_sure' : 'returned.use_register_entry')}</p><div class="actions">
    ${bigButton(t('returned.use_register_yes'), () => acts.correct(interview, 'register'), { kind: lost ? 'bad' : 'primary' })}
    ${bigButton(t('returned.use_register_no'), () => ask(''), { kind: 'secondary' })}</div>`, true)
}

/** At the household: what was written, and what can be done. */
export function returnedPart(view: AppView, returned: Returned): TemplateResult {
  const newer = newerOf(view, returned)
  const begun = correctionUnderWay(returned, view.session.drafts)
  const go = () => view.acts.correct(returned.interview)
  return html`<section class="card stack" aria-labelledby="returned-here"><h2 class="card__title" id="returned-here">${t('returned.title')}</h2>
    <p><strong>${due(view, returned)}</strong></p>
    ${returned.reason ? html`<p class="as-written">${t('returned.why', { reason: returned.reason })}</p>` : nothing}
    ${returned.comments.filter(({ comment }) => comment).map(({ comment }) => html`<p class="as-written">“${comment}”</p>`)}
    ${newer ? both(view, returned, newer) : bigButton(t(begun ? 'returned.resume' : 'returned.open'), go, { icon: 'return', wide: true, next: true })}</section>`
}

/** A correction under way whose return was withdrawn, settled or given to somebody else. */
export function withdrawnPart({ session }: AppView, { draft }: Row): TemplateResult | typeof nothing {
  const gone = draft && !draft.finished && draft.returned !== null && !session.returns.some(({ decision }) => decision === draft.returned)
  return gone ? noticeBox('info', t('returned.withdrawn')) : nothing
}

/** The start of a household: interview it, type its paper form, or say why neither can be done. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { badge, bigButton, bottomBar, noticeBox, screen, textField } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import { interviewPath } from '../ui/router.ts'
import type { AppView } from './app-view.ts'
import { returnedPart, withdrawnPart } from './returned.ts'
import type { Outcome } from './context.ts'
import { recordingWords } from './home.ts'
import { LOOKS, type Row } from './household-state.ts'
import type { Place } from './new-interview.ts'
import { trustedNow, villageOf } from './session.ts'

const OTHER_OUTCOMES: Outcome[] = ['nobody_home', 'refused', 'empty', 'moved', 'demolished']

function placeOf(row: Row): Place {
  return { id: row.id, new: row.household === null, village: row.village, house_number: row.house_number, house_code: row.household?.house_code ?? null, ...(row.household?.roster ? { roster: row.household.roster } : {}) }
}

function begin(view: AppView, row: Row, outcome: Outcome, mode: 'doorstep' | 'paper' = 'doorstep'): void {
  const { chosen, acts } = view
  const note = outcome === 'interviewed' ? '' : chosen.note.trim()
  chosen.note = ''
  if (row.draft && !row.draft.finished) acts.conclude(row.draft.id, outcome, note)
  else acts.begin(placeOf(row), outcome, mode, note)
}

/** Outcomes other than an interview, with a note. */
function otherOutcomes(view: AppView, row: Row): TemplateResult {
  const { chosen } = view
  return html`<section class="card stack"><h2>${t('home.start_other')}</h2>
    ${textField({ id: 'outcome-note', label: t('home.outcome_note'), help: t('home.outcome_note_help'), required: false, value: chosen.note, lines: 2, onInput: (text) => {
      chosen.note = text
    } })}
    <div class="outcomes">${OTHER_OUTCOMES.map((outcome) => bigButton(t(`home.outcome_${outcome}`), () => begin(view, row, outcome), { kind: 'secondary', wide: true }))}</div></section>`
}

function fresh(view: AppView, row: Row): TemplateResult {
  if (!view.session.definition) return noticeBox('warn', t('home.no_definition'))
  return html`<section class="stack">
    ${bigButton(t('home.start_interviewed'), () => begin(view, row, 'interviewed'), { icon: 'people', wide: true, next: true })}
    ${bigButton(html`${t('home.start_paper')}<small class="button__more">${t('home.start_paper_help')}</small>`, () => begin(view, row, 'interviewed', 'paper'), { kind: 'secondary', icon: 'paper', wide: true })}
    </section>${otherOutcomes(view, row)}`
}

function dropping(view: AppView, id: string): TemplateResult {
  const { chosen, acts } = view
  const ask = (draft: string) => {
    chosen.dropping = draft
    acts.render()
  }
  if (chosen.dropping !== id) return bigButton(t('home.drop'), () => ask(id), { kind: 'quiet', icon: 'trash' })
  return noticeBox('bad', html`<p>${t('home.drop_sure')}</p><div class="actions">
    ${bigButton(t('home.drop_yes'), () => acts.drop(id), { kind: 'bad' })}${bigButton(t('home.drop_no'), () => ask(''), { kind: 'secondary' })}</div>`, true)
}

function unfinished(view: AppView, row: Row): TemplateResult {
  const draft = row.draft as NonNullable<Row['draft']>
  return html`<section class="stack">
    <p>${t('home.resume_at', { time: thaiTime(draft.updated_at, trustedNow(view.session)) })}</p>
    ${bigButton(t('home.resume'), () => view.acts.go(interviewPath(draft.id, 'resume')), { icon: 'pen', wide: true, next: true })}</section>
    ${otherOutcomes(view, row)}${dropping(view, draft.id)}`
}

/** Finished: what can still be done about it. */
function done(view: AppView, row: Row): TemplateResult {
  const { acts } = view
  const correctable = row.draft?.finished
  return html`
    ${correctable
      ? html`<p class="help">${t('home.reopen_help')}</p>${bigButton(t('home.reopen'), () => acts.reopen(row.draft?.id ?? ''), { kind: 'secondary', icon: 'edit', wide: true })}`
      : noticeBox('info', t('home.sent_already'))}
    ${row.state === 'closed' ? html`<h2>${t('home.again')}</h2>${fresh(view, row)}` : nothing}`
}

function body(view: AppView, row: Row): TemplateResult {
  if (row.state === 'elsewhere') return noticeBox('info', t('returned.elsewhere'))
  if (row.state === 'returned') return html``
  if (row.state === 'draft') return unfinished(view, row)
  return row.state === 'todo' ? fresh(view, row) : done(view, row)
}

/** One household, before and after its interview. */
export function householdScreen(view: AppView, id: string): TemplateResult {
  const row = view.session.rows.find((each) => each.id === id)
  if (!row) return screen({ title: t('shell.not_found_title'), body: noticeBox('info', t('shell.not_found')), bar: bottomBar({ back: () => view.acts.go('/app/home') }) })
  const village = villageOf(view.session, row.village)
  const people = row.people ? t('home.people', { count: row.people }) : ''
  const plan = recordingWords(view)
  return screen({
    over: village ? t('home.village_of', { village: village.name_th, moo: village.moo ?? '-' }) : t('home.start_over'),
    personal: true,
    title: row.house_number ? t('home.house', { number: row.house_number }) : t('home.house_unnumbered'),
    body: html`<p>${[row.head_name, people].filter(Boolean).join(' · ')} ${badge(LOOKS[row.state].tone, t(`home.state_${row.state}`), LOOKS[row.state].icon)}</p>
      ${plan.open ? nothing : noticeBox('warn', t('home.not_open'))}
      ${row.returned ? returnedPart(view, row.returned) : withdrawnPart(view, row)}${body(view, row)}`,
    bar: bottomBar({ back: () => view.acts.go('/app/home') }),
  })
}

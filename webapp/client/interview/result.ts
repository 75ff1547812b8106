/** The doorstep result: the household hears its own indicators, and what can be done, before it signs. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { Result } from '../engine/types.ts'
import { badge, bigButton, bottomBar, noticeBox, screen, type Tone } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { memberName } from './member-words.ts'
import { forgetUnasked } from './question-unasked.ts'
import { type CategoryTold, resultTold, type ResultTold, screenOfIndicator, type Told } from './result-order.ts'

const LOOKS: Record<Result, [Tone | 'quiet', string]> = {
  met: ['good', 'check'],
  not_met: ['bad', 'cross'],
  undecided: ['warn', 'wait'],
  not_assessed: ['quiet', 'stop'],
}

function mark(result: Result): TemplateResult {
  const [tone, drawing] = LOOKS[result]
  return badge(tone, t(`questions.${result}`), drawing)
}

function correct(context: Context, told: Told): TemplateResult | typeof nothing {
  const { indicator, result } = told
  const step = screenOfIndicator(context.definition, context.evaluation, told)
  if (!step) return nothing
  const label = t(result.result === 'undecided' ? 'questions.answer_more' : 'questions.correct')
  const name = `${label} ${indicator.no} ${indicator.name_th}`
  return bigButton(label, () => context.go(`question/${step}`), { kind: 'secondary', icon: 'edit', name, disabled: context.readOnly })
}

/** By name at the doorstep; a paper form knows only how many. */
function concerned(context: Context, { result }: Told): TemplateResult | typeof nothing {
  const { members } = context.document
  const names = members.flatMap((member, at) => (result.members.includes(member.id) ? [memberName(context.definition, member, at)] : []))
  if (names.length) return html`<p><strong>${t('questions.concerned')}:</strong> ${names.join(', ')}</p>`
  if (result.unit !== 'person' || result.failing === null) return nothing
  return html`<p><strong>${t('questions.concerned')}:</strong> ${t('questions.concerned_count', { failing: result.failing, eligible: result.eligible ?? '–' })}</p>`
}

function notMetCard(context: Context, told: Told): TemplateResult {
  const { indicator } = told
  return html`<li class="card result__card"><p>${mark('not_met')}</p><h3>${indicator.no}. ${indicator.plain_th}</h3>
    ${concerned(context, told)}
    <p class="result__advice"><strong>${t('questions.advice')}:</strong> ${indicator.advice_th}</p>
    ${correct(context, told)}</li>`
}

function row(context: Context, told: Told): TemplateResult {
  const { indicator, result } = told
  return html`<li class="result__row result__row--${result.result}"><span class="result__mark">${mark(result.result)}</span>
    <span class="result__words">${indicator.no}. ${indicator.plain_th}</span>${result.result === 'undecided' ? correct(context, told) : nothing}</li>`
}

function category(context: Context, { category_no, title_th, told }: CategoryTold): TemplateResult {
  return html`<section class="card"><h3 class="card__title">${title_th ?? t('questions.result_category', { number: category_no })}</h3>
    <ul class="result__list">${told.map((one) => row(context, one))}</ul></section>`
}

function summary({ counts }: ResultTold): TemplateResult {
  const assessed = counts.met + counts.not_met
  const said = { met: counts.met, not_met: counts.not_met, assessed }
  const good = counts.not_met === 0 && counts.undecided === 0 && counts.met > 0
  return noticeBox(good ? 'good' : 'info', html`<p class="result__summary">${t('questions.result_summary', said)}</p>
    ${good ? html`<p>${t('questions.result_good')}</p>` : nothing}
    ${counts.undecided ? html`<p>${t('questions.result_undecided', { count: counts.undecided })}</p>` : nothing}`)
}

function shown(context: Context): TemplateResult {
  const told = resultTold(context.definition, context.evaluation)
  return html`${summary(told)}<p class="help">${t('questions.result_how')}</p>
    ${told.notMet.length ? html`<h2>${t('questions.result_not_met_title')}</h2><ul class="stack">${told.notMet.map((one) => notMetCard(context, one))}</ul>` : nothing}
    <h2>${t('questions.result_rest_title')}</h2>${told.categories.map((one) => category(context, one))}`
}

function hidden(): TemplateResult {
  return noticeBox('info', html`<p><strong>${t('questions.private_title')}</strong></p><p>${t('questions.private_text')}</p>`, true)
}

function toggle(context: Context): TemplateResult {
  const isPrivate = context.document.paradata.result_private
  return bigButton(t(isPrivate ? 'questions.private_off' : 'questions.private_on'), () => context.change((document) => {
    document.paradata.result_private = !isPrivate
  }), { kind: 'secondary', icon: 'lock', disabled: context.readOnly })
}

/** ผลของครัวเรือน. */
export function resultScreen(context: Context): TemplateResult {
  forgetUnasked(context)
  return screen({
    title: t('questions.result_title'),
    over: t('questions.result_over'),
    body: html`${toggle(context)}${context.document.paradata.result_private ? hidden() : shown(context)}`,
    bar: bottomBar({ back: context.back, next: () => context.go('evidence'), nextLabel: t('questions.to_evidence') }),
  })
}

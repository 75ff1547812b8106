/** The table of contents: every part with what it still lacks, and the way there. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { badge, bigButton, bottomBar, icon, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import { firstUnfinished, partState, type PartState, sectionsOf, type SectionPlaces } from './contents-state.ts'
import type { Context } from './context.ts'
import { type Place, placesOf } from './question-order.ts'
import { forgetUnasked } from './question-unasked.ts'
import { sectionShortcut } from './section-shortcut.ts'

/** What a part lacks, in words with a colour. */
export function stateBadges({ missing, toFix, toCheck }: PartState): TemplateResult {
  return html`${toFix ? badge('bad', t('questions.to_fix', { count: toFix }), 'warn') : nothing}
    ${missing ? badge('warn', t('questions.missing', { count: missing }), 'edit') : nothing}
    ${toCheck ? badge('warn', t('questions.to_check', { count: toCheck }), 'info') : nothing}
    ${missing + toFix === 0 ? badge('good', t('questions.complete'), 'check') : nothing}`
}

function partRow(context: Context, label: string, step: string, state: PartState): TemplateResult {
  return html`<button type="button" class="contents__row" @click=${() => context.go(step)}>
    <span class="contents__name">${label}</span><span class="contents__state">${stateBadges(state)}</span>${icon('next')}</button>`
}

function placeRow(context: Context, place: Place): TemplateResult {
  const { id, title_th, questions } = place.screen
  return html`<li>${partRow(context, title_th, `question/${id}`, partState(context.document, context.evaluation, questions))}</li>`
}

function goOn(context: Context, { places }: SectionPlaces): void {
  const next = firstUnfinished(context.document, context.evaluation, places) ?? places[0]
  if (next) context.go(`question/${next.screen.id}`)
}

function sectionCard(context: Context, one: SectionPlaces): TemplateResult {
  const { section, places, state } = one
  const left = state.missing + state.toFix > 0
  const name = `${t('questions.go_on')}: ${section.title_th}`
  return html`<section class="card contents__section" aria-labelledby="section-${section.id}">
    <h2 class="card__title" id="section-${section.id}">${section.title_th}</h2>
    <p class="contents__state">${stateBadges(state)}</p>
    ${left ? bigButton(t('questions.go_on'), () => goOn(context, one), { kind: 'secondary', icon: 'next', wide: true, name }) : nothing}
    ${sectionShortcut(context, section)}
    <details class="more"><summary>${t('questions.open_section', { count: places.length })}</summary>
      <ul class="contents__list">${repeat(places, (place) => place.screen.id, (place) => placeRow(context, place))}</ul></details></section>`
}

function summary(context: Context): TemplateResult {
  const count = context.evaluation.missing.length
  return count ? noticeBox('info', t('questions.contents_left', { count })) : noticeBox('good', t('questions.contents_all'))
}

/** สารบัญ. */
export function contentsScreen(context: Context): TemplateResult {
  forgetUnasked(context)
  const { definition, document, evaluation } = context
  const next = firstUnfinished(document, evaluation, placesOf(definition, evaluation, document.mode))
  const label = Object.keys(document.answers).length ? t('questions.go_on') : t('questions.start')
  return screen({
    title: t('questions.contents'),
    body: html`${summary(context)}
      <ul class="contents__list contents__list--first">
        <li>${partRow(context, t('questions.cover'), 'cover', partState(document, evaluation, 'cover'))}</li>
        <li>${partRow(context, t('questions.members'), 'members', partState(document, evaluation, 'members'))}</li></ul>
      ${repeat(sectionsOf(definition, document, evaluation, document.mode), ({ section }) => section.id, (one) => sectionCard(context, one))}
      ${next ? bigButton(t('questions.to_result'), () => context.go('result'), { kind: 'secondary', wide: true }) : nothing}`,
    bar: bottomBar({
      back: context.back,
      next: () => context.go(next ? `question/${next.screen.id}` : 'result'),
      nextLabel: next ? label : t('questions.to_result'),
    }),
  })
}

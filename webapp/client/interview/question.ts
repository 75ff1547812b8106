/** A screen of questions: one, or a small group that belongs together. */
import { html, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Failure, Question } from '../engine/types.ts'
import { bottomBar, iconButton, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { failureBox } from './question-failure-box.ts'
import { failuresBeside, keyOf } from './question-failures.ts'
import { questionControl } from './question-fields.ts'
import { allScreens, isAsked, placesOf, type Standing, standingOf } from './question-order.ts'
import { forgetUnasked } from './question-unasked.ts'
import { reviewNote } from './review-note.ts'

/** One question with what contradicts it, and what an inspector wrote about it. */
export function block(context: Context, question: Question, failures: Failure[], note: unknown = reviewNote(context, question.id)): TemplateResult {
  return html`<section class="question question--${question.kind}" data-question=${question.id}>${note}${questionControl(context, question)}
    ${repeat(failures, keyOf, (failure) => failureBox(context, failure))}</section>`
}

function blocks(context: Context, questions: Question[]): TemplateResult {
  const beside = failuresBeside(questions, context.evaluation.failures)
  const asked = questions.filter((question) => isAsked(question, context.document.mode)).length
  return html`<p class="unseen" role="status">${t('questions.shown', { count: asked })}</p>
    ${repeat(questions, (question) => question.id, (question) => block(context, question, beside.get(question.id) ?? []))}`
}

function bar(context: Context, { before, after }: Standing): TemplateResult {
  return bottomBar({
    back: () => context.go(before ? `question/${before.screen.id}` : 'contents'),
    middle: iconButton(t('questions.open_contents'), 'list', () => context.go('contents')),
    next: () => context.go(after ? `question/${after.screen.id}` : 'result'),
  })
}

function progressBar({ number, total }: Standing, words: string): TemplateResult {
  return html`<progress class="progress__bar question__progress" aria-label=${words} max=${total} .value=${number}></progress>`
}

/** The screen of the questionnaire with that id, as it stands in this interview. */
export function questionScreen(context: Context, screenId = context.part): TemplateResult {
  forgetUnasked(context)
  const { definition, evaluation, document } = context
  const named = allScreens(definition).find(({ screen }) => screen.id === screenId)
  const standing = standingOf(definition, placesOf(definition, evaluation, document.mode), screenId)
  const { place, number, total } = standing
  const where = place ? t('questions.place', { number, total }) : ''
  return screen({
    title: named?.screen.title_th ?? t('questions.unknown_screen'),
    over: html`<span class="question__place">${where}</span> ${named?.section.title_th ?? t('questions.contents')}`,
    body: place
      ? html`${progressBar(standing, where)}${blocks(context, place.questions)}`
      : noticeBox('info', t('questions.nothing_here')),
    bar: bar(context, standing),
  })
}

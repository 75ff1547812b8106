/** The control of one question, made from its kind alone. */
import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { AnswerValue, Option, Question } from '../engine/types.ts'
import { checkboxes, type Choice, choiceButtons, declineBox, digitsOf, numberField, textField, withCommas } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { peopleQuestion } from './people-question.ts'
import { amountBox } from './question-amount.ts'
import { type Answered, answer, decline } from './question-answer.ts'
import { paperNumber } from './question-order.ts'

const DECLINED = '-declined-'

/** What a control needs of whoever asks: an interview, or a forum. */
export interface Answering {
  document: Answered
  readOnly: boolean
  change(mutate: (document: Answered) => void): void
}

/** The id of a question's control on screen. */
export function controlId(question: Question): string {
  return `q-${question.id}`
}

/** The question's words with its number on the paper form, small in front. */
export function words(question: Question): TemplateResult {
  const number = paperNumber(question.id)
  return html`${number ? html`<span class="question__number">${number}</span> ` : ''}<span class="question__text">${question.text_th}</span>`
}

function put(context: Answering, question: Question, value: AnswerValue | null): void {
  context.change((document) => answer(document, question.id, value))
}

function isDeclined(context: Answering, question: Question): boolean {
  return context.document.declined.includes(question.id)
}

function asked(context: Answering, question: Question) {
  const help = question.help_th ?? (question.kind === 'choices' ? t('questions.choose_any') : undefined)
  return { id: controlId(question), disabled: context.readOnly, ...(help ? { help } : {}) }
}

/** The options, with "would rather not say" as a clear last one where the question is sensitive. */
function optionsOf(question: Question): Choice[] {
  const options: Choice[] = question.options ?? []
  if (!question.sensitive) return options
  const used = new Set(digitsOf(options))
  const code = ['9', '8', '7', '6'].find((digit) => !used.has(digit))
  return [...options, { name: DECLINED, label_th: t('shell.decline'), exclusive: true, ...(code ? { code } : {}) }]
}

/** Two or three short options stand side by side, so that a small group fits a phone's screen. */
function areShort(options: Option[]): boolean {
  return options.length <= 3 && options.every((option) => option.label_th.length <= 14)
}

function choice(context: Answering, question: Question): TemplateResult {
  const options = optionsOf(question)
  return choiceButtons({
    ...asked(context, question),
    legend: words(question),
    options,
    columns: areShort(question.options ?? []),
    value: isDeclined(context, question) ? DECLINED : (context.document.answers[question.id] as string | undefined),
    onChange: (name) => (name === DECLINED ? context.change((document) => decline(document, question.id, true)) : put(context, question, name)),
  })
}

function choices(context: Answering, question: Question): TemplateResult {
  const value = context.document.answers[question.id]
  return checkboxes({
    ...asked(context, question),
    legend: words(question),
    options: optionsOf(question),
    value: isDeclined(context, question) ? [DECLINED] : Array.isArray(value) ? value : [],
    onChange: (names) => (names.includes(DECLINED) ? context.change((document) => decline(document, question.id, true)) : put(context, question, names)),
  })
}

function number(context: Answering, question: Question, help?: string): TemplateResult {
  const value = context.document.answers[question.id]
  const box = {
    ...asked(context, question),
    label: words(question),
    value: typeof value === 'number' ? value : null,
    onInput: (typed: number | null) => put(context, question, typed),
    ...(question.min === undefined ? {} : { min: question.min }),
    ...(question.max === undefined ? {} : { max: question.max }),
  }
  if (question.kind === 'number') return numberField({ ...box, decimals: true, unit: question.unit ?? '' })
  return amountBox({ ...box, ...(help ? { help } : {}), unit: question.unit ?? (question.kind === 'amount' ? t('shell.baht') : '') })
}

function text(context: Answering, question: Question): TemplateResult {
  const value = context.document.answers[question.id]
  return textField({ ...asked(context, question), label: words(question), value: typeof value === 'string' ? value : '', onInput: (typed) => put(context, question, typed) })
}

/** Eleven big buttons (or as many as the question's range has). */
function scale(context: Answering, question: Question): TemplateResult {
  const { min = 0, max = 10 } = question
  const id = controlId(question)
  const value = isDeclined(context, question) ? undefined : context.document.answers[question.id]
  const steps = Array.from({ length: max - min + 1 }, (_, at) => min + at)
  return html`<fieldset class="choices" data-choices><legend class="choices__legend">${words(question)}</legend>
    <p class="help">${question.help_th ?? html`${min} ${t('questions.scale_low')} – ${max} ${t('questions.scale_high')}`}</p>
    <div class="scale">${steps.map((step) => html`<label class="choice scale__step"><input type="radio" class="choice__input" name=${id} value=${step}
      data-digit=${step < 10 ? step : ''} .checked=${live(value === step)} ?disabled=${context.readOnly} @change=${() => put(context, question, step)}><span>${step}</span></label>`)}</div></fieldset>`
}

function derivedHint(context: Context, question: Question): string {
  return `${t('questions.counted')}: ${derivedWords(context, question)}`
}

function derivedWords(context: Context, question: Question): string {
  const value = context.evaluation.values[question.id]
  return value === null || value === undefined ? '–' : [withCommas(value), question.unit].filter(Boolean).join(' ')
}

/** A figure nobody is asked for: it follows from the member table and the answers. */
function derived(context: Context, question: Question): TemplateResult {
  const known = typeof context.evaluation.values[question.id] === 'number'
  return html`<div class="derived"><p>${words(question)}</p>
    <p class="derived__value"><strong>${derivedWords(context, question)}</strong> <small>${t(known ? 'questions.counted' : 'questions.counted_unknown')}</small></p></div>`
}

/** ไม่ประสงค์ตอบ under everything that is not a list of options. */
function declinable(context: Answering, question: Question, control: TemplateResult): TemplateResult {
  if (!question.sensitive) return control
  return html`${control}${declineBox({
    id: controlId(question),
    declined: isDeclined(context, question),
    disabled: context.readOnly,
    onChange: (declined) => context.change((document) => decline(document, question.id, declined)),
  })}`
}

/** What a question looks like that is answered by itself, whoever lives in the house. */
export function plainControl(context: Answering, question: Question): TemplateResult {
  const { kind } = question
  if (kind === 'choice') return choice(context, question)
  if (kind === 'choices') return choices(context, question)
  if (kind === 'scale') return declinable(context, question, scale(context, question))
  return declinable(context, question, kind === 'text' ? text(context, question) : number(context, question))
}

/** What a question looks like. */
export function questionControl(context: Context, question: Question): TemplateResult {
  const { kind } = question
  if (kind === 'derived') return context.document.mode === 'paper' && question.paper ? number(context, question, derivedHint(context, question)) : derived(context, question)
  if (kind === 'people') return declinable(context, question, peopleQuestion(context, question, words(question)))
  return plainControl(context, question)
}

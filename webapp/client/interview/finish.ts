/** The last step: what is missing, what contradicts, the evidence, the date; then sealed into the outbox. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Failure } from '../engine/types.ts'
import { bigButton, bottomBar, noticeBox, screen, textField, tickBox } from '../ui/components.ts'
import { thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { kindsHeld } from './evidence-held.ts'
import { finishButton } from './finish-button.ts'
import { blockers, confirmDate, isDateConfirmed } from './finish-checks.ts'
import { missingPart } from './finish-missing.ts'
import { memberName } from './member-words.ts'
import { failureBox } from './question-failure-box.ts'
import { isOpen, keyOf, stepOfFailure } from './question-failures.ts'
import { repliesPart } from './review-note.ts'
import { forgetUnasked } from './question-unasked.ts'

function part(id: string, title: string, body: unknown): TemplateResult {
  return html`<section class="card stack" aria-labelledby="finish-${id}"><h2 id="finish-${id}">${title}</h2>${body}</section>`
}

function failure(context: Context, one: Failure): TemplateResult {
  const { definition, document } = context
  const at = document.members.findIndex((member) => member.id === one.member)
  const member = document.members[at]
  const correct = bigButton(t('questions.correct'), () => context.go(stepOfFailure(definition, one)), { kind: 'secondary', icon: 'edit', name: `${t('questions.correct')}: ${one.message_th}` })
  return html`${member ? html`<h3>${memberName(definition, member, at)}</h3>` : nothing}${failureBox(context, one, correct)}`
}

function failures(context: Context): TemplateResult {
  const { document, evaluation } = context
  const hard = evaluation.failures.filter((one) => one.severity === 'hard')
  const soft = evaluation.failures.filter((one) => one.severity === 'soft')
  const open = hard.filter((one) => isOpen(document, one)).length
  if (hard.length + soft.length === 0) return noticeBox('good', t('questions.finish_failures_good'))
  return html`${open ? html`<p>${t('questions.finish_failures_hard', { count: open })}</p>` : nothing}
    ${soft.length ? html`<p>${t('questions.finish_failures_soft', { count: soft.length })}</p>` : nothing}
    ${repeat([...hard, ...soft], keyOf, (one) => failure(context, one))}`
}

function evidence(context: Context): TemplateResult {
  const kinds = kindsHeld(context.document)
  const go = bigButton(t(kinds.length ? 'questions.finish_evidence_more' : 'questions.finish_evidence_go'), () => context.go('evidence'), { kind: 'secondary', icon: 'camera' })
  if (kinds.length) return html`${noticeBox('good', t('questions.finish_evidence_good', { kinds: kinds.map((kind) => t(`evidence.kind_${kind}`)).join(', ') }))}${go}`
  const needed = context.document.outcome === 'interviewed'
  return html`${noticeBox(needed ? 'bad' : 'info', t(needed ? 'questions.finish_evidence_missing' : 'questions.finish_evidence_not_needed'))}${go}`
}

function date(context: Context): TemplateResult {
  const { document } = context
  return html`<p>${t('questions.finish_date_is', { date: thaiDate(document.date, true) })}</p>
    ${tickBox({
      id: 'date-confirmed',
      label: t('questions.finish_date_confirm'),
      value: isDateConfirmed(document),
      disabled: context.readOnly || !document.date,
      onChange: (yes) => {
        confirmDate(document, yes)
        context.refresh()
      },
    })}
    ${bigButton(t('questions.finish_date_change'), () => context.go('cover'), { kind: 'quiet', icon: 'edit' })}`
}

function outcome(context: Context): TemplateResult {
  return part('outcome', t('questions.finish_outcome'), html`<p><strong>${t(`questions.outcome_${context.document.outcome}`)}</strong></p>
    ${textField({
      id: 'finish-outcome-note',
      label: t('questions.outcome_note'),
      value: context.document.outcome_note,
      required: false,
      lines: 2,
      disabled: context.readOnly,
      onInput: (note) => context.change((document) => {
        document.outcome_note = note
      }),
    })}`)
}

function checks(context: Context): TemplateResult {
  return html`${part('answers', t('questions.finish_answers'), missingPart(context))}
    ${part('failures', t('questions.finish_failures'), failures(context))}
    ${part('evidence', t('questions.finish_evidence'), evidence(context))}
    ${part('date', t('questions.finish_date'), date(context))}`
}

/** ตรวจก่อนจบการสัมภาษณ์; for another outcome only the outcome, its note and evidence if there is some. */
export function finishScreen(context: Context): TemplateResult {
  forgetUnasked(context)
  const { document, evaluation } = context
  const interviewed = document.outcome === 'interviewed'
  return screen({
    title: t(interviewed ? 'questions.finish_title' : 'questions.finish_outcome'),
    over: t('questions.finish_over'),
    body: html`${context.returned ? part('review', t('returned.finish'), repliesPart(context)) : nothing}${interviewed ? checks(context) : html`${outcome(context)}${part('evidence', t('questions.finish_evidence'), evidence(context))}`}
      ${finishButton(context, blockers(document, evaluation, isDateConfirmed(document), context.returned).map((blocker) => t(`questions.blocked_${blocker}`)))}`,
    bar: bottomBar({ back: context.back }),
  })
}

/** An edit failure on screen: its word, its message, and the box to explain it. */
import { html, type TemplateResult } from 'lit-html'
import type { Failure } from '../engine/types.ts'
import { badge, noticeBox, textField } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { explain } from './question-answer.ts'
import { explanationOf, isOpen, keyOf } from './question-failures.ts'

function word(context: Context, failure: Failure): TemplateResult {
  if (explanationOf(context.document, failure).trim()) return badge('good', t('questions.explained'), 'check')
  return failure.severity === 'hard' ? badge('bad', t('questions.hard'), 'warn') : badge('warn', t('questions.soft'), 'info')
}

/** Red while a hard failure is open, amber otherwise; `after` stands under the explanation (a way to the answer). */
export function failureBox(context: Context, failure: Failure, after?: TemplateResult): TemplateResult {
  const key = keyOf(failure)
  const tone = isOpen(context.document, failure) ? 'bad' : 'warn'
  return noticeBox(tone, html`<p>${word(context, failure)}</p><p>${failure.message_th}</p>
    ${textField({
      id: `explain-${key}`,
      label: t(failure.severity === 'hard' ? 'questions.explain_hard' : 'questions.explain_soft'),
      value: explanationOf(context.document, failure),
      required: failure.severity === 'hard',
      lines: 2,
      maxlength: 500,
      disabled: context.readOnly,
      onInput: (text) => context.change((document) => explain(document, key, text)),
    })}${after}`, true)
}

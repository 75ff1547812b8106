/** "ทุกข้อปกติ" on screen: what would be answered is shown first; only the confirmation answers. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { Section } from '../engine/types.ts'
import { bigButton } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { inWords } from './question-answer.ts'
import { paperNumber } from './question-order.ts'
import { applyUsual, type Usual, usualAnswers } from './section-usual.ts'

function row({ question, value }: Usual): TemplateResult {
  return html`<div><dt>${paperNumber(question.id)} ${question.text_th}</dt><dd>${inWords(question, value)}</dd></div>`
}

function confirm(context: Context, section: Section, usual: Usual[], event: Event): void {
  const panel = (event.target as HTMLElement).closest('details')
  context.change((document) => applyUsual(document, section, usual, context.now()))
  panel?.removeAttribute('open')
}

/** A panel that opens in the page; nothing where the section has no usual answers left. */
export function sectionShortcut(context: Context, section: Section): TemplateResult | typeof nothing {
  const { definition, evaluation, document, readOnly } = context
  const usual = readOnly ? [] : usualAnswers(definition, section, evaluation, document.mode)
  if (usual.length === 0) return nothing
  return html`<details class="shortcut"><summary class="button button--quiet button--wide">${t('questions.shortcut')} (${usual.length})</summary>
    <div class="shortcut__panel"><p>${t('questions.shortcut_what', { count: usual.length })}</p>
      <dl class="shortcut__list">${usual.map(row)}</dl>
      <p class="help">${t('questions.shortcut_recorded')}</p>
      ${bigButton(t('questions.shortcut_apply', { count: usual.length }), (event) => confirm(context, section, usual, event), { wide: true, icon: 'check' })}</div></details>`
}

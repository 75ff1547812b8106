/** The box of one cover or member field, made from its definition alone. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { Field, FieldValue } from '../engine/types.ts'
import { choiceButtons, declineBox, digitsField, numberField, textField, thaiDateField, tickBox, type Text } from '../ui/components.ts'
import { t } from '../ui/language.ts'

export interface FieldAsked {
  field: Field
  /** Unique on the screen. */
  id: string
  value: FieldValue | undefined
  /** null when the box was emptied. */
  onChange: (value: FieldValue) => void
  disabled: boolean
  hint?: Text | undefined
  problem?: Text | undefined
  help?: Text | undefined
  declined?: boolean
  /** Given where the field may be declined. */
  onDecline?: (declined: boolean) => void
}

const text = (value: FieldValue | undefined) => (value === null || value === undefined ? '' : String(value))

function common(asked: FieldAsked) {
  const { field, id, hint, problem } = asked
  const help = asked.help ?? field.help_th
  return {
    id,
    disabled: asked.disabled || (asked.declined ?? false),
    required: field.required,
    ...(help ? { help } : {}),
    ...(hint ? { hint } : {}),
    ...(problem ? { problem } : {}),
  }
}

/** Letters side by side: Thai vowels and tone marks above and below take no room. */
function widthOf(label: string): number {
  return label.replace(/\p{Mn}/gu, '').length
}

function choice(asked: FieldAsked): TemplateResult {
  const { field } = asked
  const options = field.options ?? []
  if (options.length > 7) return longChoice(asked)
  return html`<div class="field">${choiceButtons({
    ...common(asked), legend: legendOf(field), options, value: text(asked.value), columns: options.every((option) => widthOf(option.label_th) <= 9), onChange: asked.onChange,
  })}${clear(asked)}</div>`
}

/** Many options are a list to pick from: less to scroll, and a keyboard finds by letter. */
function longChoice(asked: FieldAsked): TemplateResult {
  const { field, id } = asked
  const value = text(asked.value)
  return html`<div class="field"><label class="field__label" for=${id}>${legendOf(field)}</label>
    ${asked.help ?? field.help_th ? html`<p class="help" id="${id}-help">${asked.help ?? field.help_th}</p>` : nothing}
    <select class="input" id=${id} ?disabled=${common(asked).disabled} @change=${(event: Event) => asked.onChange((event.target as HTMLSelectElement).value || null)}>
      <option value="" .selected=${live(value === '')}>${t('members.pick')}</option>
      ${(field.options ?? []).map((option) => html`<option value=${option.name} .selected=${live(option.name === value)}>${option.label_th}</option>`)}</select></div>`
}

function legendOf(field: Field): Text {
  return field.required ? field.label_th : html`${field.label_th} <span class="field__optional">${t('shell.optional')}</span>`
}

/** An optional choice can be taken back. */
function clear(asked: FieldAsked): TemplateResult | typeof nothing {
  const empty = asked.value === null || asked.value === undefined || asked.value === ''
  if (asked.field.required || empty || asked.disabled) return nothing
  return html`<button type="button" class="button button--quiet" @click=${() => asked.onChange(null)}>${t('members.clear')}</button>`
}

function flag(asked: FieldAsked): TemplateResult {
  const { disabled } = common(asked)
  return html`<div class="field">${asked.help ?? asked.field.help_th ? html`<p class="help">${asked.help ?? asked.field.help_th}</p>` : nothing}
    ${tickBox({ id: asked.id, label: asked.field.label_th, value: asked.value === true, disabled, onChange: asked.onChange })}</div>`
}

function unitOf(field: Field & { unit?: string }): { unit?: string } {
  return field.unit ? { unit: field.unit } : {}
}

function box(asked: FieldAsked): TemplateResult {
  const { field } = asked
  const parts = { ...common(asked), label: field.label_th, ...unitOf(field) }
  const typed = (value: string) => asked.onChange(value === '' ? null : value)
  if (field.kind === 'choice') return choice(asked)
  if (field.kind === 'flag') return flag(asked)
  if (field.kind === 'number') return numberField({ ...parts, decimals: true, value: typeof asked.value === 'number' ? asked.value : null, onInput: asked.onChange })
  if (field.kind === 'digits') return digitsField({ ...parts, value: text(asked.value), maxlength: (field.length ?? 20) + 8, onInput: typed })
  if (field.kind === 'text') return textField({ ...parts, value: text(asked.value), maxlength: field.length ?? 200, onInput: typed })
  return thaiDateField({ ...parts, legend: legendOf(field), value: text(asked.value), partial: field.kind === 'birth', onChange: typed })
}

/** A field with, where it may be declined, ไม่ประสงค์ตอบ under it. */
export function fieldControl(asked: FieldAsked): TemplateResult {
  const decline = asked.onDecline
  if (!decline) return box(asked)
  return html`<div class="asked">${box(asked)}${declineBox({ id: asked.id, declined: asked.declined ?? false, disabled: asked.disabled, onChange: decline })}</div>`
}


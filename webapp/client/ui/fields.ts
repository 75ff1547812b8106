/** Boxes to type in: text, digits, numbers, baht; Thai digits are understood everywhere. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { toArabicDigits } from '../engine/index.ts'
import type { Text } from './buttons.ts'
import { held } from './held.ts'
import { t } from './language.ts'

interface Box {
  /** Unique on the screen. */
  id: string
  label: Text
  help?: Text
  problem?: Text
  /** Something to notice that stops nothing. */
  hint?: Text
  unit?: string
  required?: boolean
  disabled?: boolean
  /** Hides the label from sight when the screen's title already says it. */
  quietLabel?: boolean
}

export interface TextBox extends Box {
  value: string | null | undefined
  onInput: (text: string) => void
  lines?: number
  maxlength?: number
  numeric?: boolean
  autocomplete?: string
}

export interface NumberBox extends Box {
  value: number | null | undefined
  /** null when the box is empty or holds no number. */
  onInput: (number: number | null) => void
  min?: number
  max?: number
  decimals?: boolean
}

/** Label, help, the box itself, problem: the frame of every box. */
export function framed(box: Box, control: unknown): TemplateResult {
  return html`<div class="field">
    <label class=${box.quietLabel ? 'unseen' : 'field__label'} for=${box.id}>${box.label}${box.required === false ? html` <span class="field__optional">${t('shell.optional')}</span>` : nothing}</label>
    ${box.help ? html`<p class="help" id="${box.id}-help">${box.help}</p>` : nothing}
    <div class="field__row">${control}${box.unit ? html`<span class="field__unit">${box.unit}</span>` : nothing}</div>
    ${box.hint ? html`<p class="hint" id="${box.id}-hint" role="status">${box.hint}</p>` : nothing}
    ${box.problem ? html`<p class="problem" id="${box.id}-problem" role="status">${box.problem}</p>` : nothing}
  </div>`
}

function describedBy(box: Box): string | typeof nothing {
  const parts = [box.help && 'help', box.hint && 'hint', box.problem && 'problem'].filter(Boolean)
  return parts.length ? parts.map((part) => `${box.id}-${part}`).join(' ') : nothing
}

/** A line of text; with `lines`, a larger box. */
export function textField(box: TextBox): TemplateResult {
  const typed = (event: Event) => box.onInput((event.target as HTMLInputElement).value)
  if (box.lines) {
    return framed(box, html`<textarea class="input" id=${box.id} rows=${box.lines} .value=${held(box.value ?? '', box.id)} ?disabled=${box.disabled ?? false}
      maxlength=${box.maxlength ?? 2000} aria-describedby=${describedBy(box)} aria-invalid=${box.problem ? 'true' : nothing} @input=${typed}></textarea>`)
  }
  return framed(box, html`<input class="input" type="text" id=${box.id} .value=${held(box.value ?? '', box.id)} ?disabled=${box.disabled ?? false}
    maxlength=${box.maxlength ?? 200} inputmode=${box.numeric ? 'numeric' : nothing} autocomplete=${box.autocomplete ?? 'off'}
    aria-describedby=${describedBy(box)} aria-invalid=${box.problem ? 'true' : nothing} @input=${typed}>`)
}

/** Digits that are no number: an ID, a house code; Thai digits, spaces and dashes are taken. */
export function digitsField(box: TextBox): TemplateResult {
  return textField({ ...box, numeric: true, onInput: (text) => box.onInput(toArabicDigits(text).replace(/[\s\-–.]/g, '')) })
}

/** The number somebody typed: Thai digits, thousands commas; null when it is none. */
export function parseNumber(text: string, decimals = false): number | null {
  const plain = toArabicDigits(text).replace(/[,\s]/g, '')
  const pattern = decimals ? /^\d{1,12}(\.\d{1,4})?$/ : /^\d{1,12}$/
  return pattern.test(plain) ? Number(plain) : null
}

/** 38000 → "38,000". */
export function withCommas(number: number): string {
  const [whole = '', part] = String(number).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return part ? `${grouped}.${part}` : grouped
}

function outside(box: NumberBox): string | undefined {
  const value = box.value
  if (value === null || value === undefined) return undefined
  if (box.min !== undefined && value < box.min) return t('shell.number_min', { min: withCommas(box.min) })
  if (box.max !== undefined && value > box.max) return t('shell.number_max', { max: withCommas(box.max) })
  return undefined
}

function numeric(box: NumberBox, show: (number: number) => string): TemplateResult {
  const text = box.value === null || box.value === undefined ? '' : show(box.value)
  const typed = (event: Event) => box.onInput(parseNumber((event.target as HTMLInputElement).value, box.decimals))
  const left = (event: Event) => {
    const input = event.target as HTMLInputElement
    const number = parseNumber(input.value, box.decimals)
    if (number !== null) input.value = show(number)
  }
  const problem = box.problem ?? outside(box)
  const framedBox = problem ? { ...box, problem } : box
  return framed(framedBox, html`<input class="input input--number" type="text" inputmode=${box.decimals ? 'decimal' : 'numeric'} id=${box.id} autocomplete="off"
    maxlength="18" .value=${held(text, box.id)} ?disabled=${box.disabled ?? false} aria-describedby=${describedBy(framedBox)}
    aria-invalid=${problem ? 'true' : nothing} @input=${typed} @blur=${left}>`)
}

/** A whole number (or with `decimals`, a decimal one). */
export function numberField(box: NumberBox): TemplateResult {
  return numeric(box, String)
}

/** Baht, with thousands separators once the box is left. */
export function amountField(box: NumberBox): TemplateResult {
  return numeric({ unit: t('shell.baht'), decimals: true, ...box }, withCommas)
}

/** Answers to choose from: real radio buttons and checkboxes, large, numbered for the keyboard. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Text } from './buttons.ts'
import { t } from './language.ts'

export interface Choice {
  name: string
  label_th: string
  code?: string
  exclusive?: boolean
  help_th?: string
}

interface Asked {
  /** Unique on the screen; becomes the inputs' name. */
  id: string
  legend: Text
  help?: Text
  problem?: Text
  options: Choice[]
  disabled?: boolean
  /** Hides the legend from sight when the screen's title already says it. */
  quietLegend?: boolean
  /** Options side by side when they fit. */
  columns?: boolean
}

export interface OneOf extends Asked {
  value: string | null | undefined
  onChange: (name: string) => void
}

export interface SomeOf extends Asked {
  value: string[]
  onChange: (names: string[]) => void
}

/** The key that chooses each option: the paper's one-digit codes where all have one, else 1, 2, 3… */
export function digitsOf(options: Choice[]): string[] {
  const codes = options.map((option) => option.code ?? '')
  const usable = codes.every((code) => /^\d$/.test(code)) && new Set(codes).size === codes.length
  return usable ? codes : options.map((_, at) => (at < 9 ? String(at + 1) : ''))
}

function group(asked: Asked, body: unknown): TemplateResult {
  const described = [asked.help ? `${asked.id}-help` : '', asked.problem ? `${asked.id}-problem` : ''].join(' ').trim()
  return html`<fieldset class="choices ${asked.columns ? 'choices--columns' : ''}" data-choices aria-describedby=${described || nothing}>
    <legend class=${asked.quietLegend ? 'unseen' : 'choices__legend'}>${asked.legend}</legend>
    ${asked.help ? html`<p class="help" id="${asked.id}-help">${asked.help}</p>` : nothing}
    <div class="choices__list">${body}</div>
    ${asked.problem ? html`<p class="problem" id="${asked.id}-problem">${asked.problem}</p>` : nothing}
  </fieldset>`
}

function face(option: Choice, digit: string, mark: string): TemplateResult {
  return html`<span class="choice__mark choice__mark--${mark}" aria-hidden="true"></span>
    <span class="choice__label">${option.label_th}${option.help_th ? html`<small>${option.help_th}</small>` : nothing}</span>
    ${digit ? html`<kbd class="choice__key" aria-hidden="true">${digit}</kbd>` : nothing}`
}

/** One answer of several: a radio group. */
export function choiceButtons(asked: OneOf): TemplateResult {
  const digits = digitsOf(asked.options)
  return group(asked, repeat(asked.options, (option) => option.name, (option, at) => html`
    <label class="choice"><input type="radio" class="choice__input" name=${asked.id} value=${option.name} data-digit=${digits[at] ?? ''}
      .checked=${live(asked.value === option.name)} ?disabled=${asked.disabled ?? false}
      @change=${() => asked.onChange(option.name)}>${face(option, digits[at] ?? '', 'one')}</label>`))
}

/** What is ticked after one box was touched: an exclusive option stands alone. */
export function ticked(options: Choice[], before: string[], touched: string): string[] {
  if (before.includes(touched)) return before.filter((name) => name !== touched)
  const exclusive = new Set(options.filter((option) => option.exclusive).map((option) => option.name))
  if (exclusive.has(touched)) return [touched]
  const kept = new Set([...before.filter((name) => !exclusive.has(name)), touched])
  return options.map((option) => option.name).filter((name) => kept.has(name))
}

/** Several answers of several: checkboxes. */
export function checkboxes(asked: SomeOf): TemplateResult {
  const digits = digitsOf(asked.options)
  return group(asked, repeat(asked.options, (option) => option.name, (option, at) => html`
    <label class="choice"><input type="checkbox" class="choice__input" name=${asked.id} value=${option.name} data-digit=${digits[at] ?? ''}
      .checked=${live(asked.value.includes(option.name))} ?disabled=${asked.disabled ?? false}
      @change=${() => asked.onChange(ticked(asked.options, asked.value, option.name))}>${face(option, digits[at] ?? '', 'some')}</label>`))
}

/** One box to tick. */
export function tickBox(asked: { id: string; label: Text; value: boolean; disabled?: boolean; onChange: (on: boolean) => void }): TemplateResult {
  return html`<label class="choice"><input type="checkbox" class="choice__input" id=${asked.id} .checked=${live(asked.value)}
    ?disabled=${asked.disabled ?? false} @change=${(event: Event) => asked.onChange((event.target as HTMLInputElement).checked)}>
    <span class="choice__mark choice__mark--some" aria-hidden="true"></span><span class="choice__label">${asked.label}</span></label>`
}

/** ไม่ประสงค์ตอบ, beside a sensitive question. */
export function declineBox(asked: { id: string; declined: boolean; disabled?: boolean; onChange: (declined: boolean) => void }): TemplateResult {
  return html`<div class="decline">${tickBox({ id: `${asked.id}-declined`, label: t('shell.decline'), value: asked.declined, disabled: asked.disabled ?? false, onChange: asked.onChange })}</div>`
}

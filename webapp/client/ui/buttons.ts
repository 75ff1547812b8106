/** Buttons, notices, progress: the small parts every screen is made of. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { icon } from './icons.ts'

export type Text = string | TemplateResult

export interface ButtonLooks {
  kind?: 'primary' | 'secondary' | 'quiet' | 'bad'
  icon?: string
  disabled?: boolean
  /** Said by a screen reader instead of the label, when the label alone is not enough. */
  name?: string
  /** The button that Enter presses. */
  next?: boolean
  wide?: boolean
  pressed?: boolean
}

/** A button at least 48 px high. */
export function bigButton(label: Text, press: (event: Event) => void, looks: ButtonLooks = {}): TemplateResult {
  const kind = `button button--${looks.kind ?? 'primary'}${looks.wide ? ' button--wide' : ''}`
  return html`<button type="button" class=${kind} ?disabled=${looks.disabled ?? false} ?data-next=${looks.next ?? false}
    aria-label=${looks.name ?? nothing} aria-pressed=${looks.pressed === undefined ? nothing : String(looks.pressed)} @click=${press}>
    ${looks.icon ? icon(looks.icon) : nothing}<span>${label}</span></button>`
}

/** A link that looks like a button. */
export function linkButton(label: Text, href: string, looks: ButtonLooks = {}): TemplateResult {
  const kind = `button button--${looks.kind ?? 'secondary'}${looks.wide ? ' button--wide' : ''}`
  return html`<a class=${kind} href=${href} aria-label=${looks.name ?? nothing}>
    ${looks.icon ? icon(looks.icon) : nothing}<span>${label}</span></a>`
}

/** A round button with an icon only; its name is for everybody who cannot see it. */
export function iconButton(name: string, drawing: string, press: (event: Event) => void, disabled = false): TemplateResult {
  return html`<button type="button" class="icon-button" aria-label=${name} title=${name} ?disabled=${disabled} @click=${press}>${icon(drawing)}</button>`
}

export type Tone = 'info' | 'good' | 'warn' | 'bad'
const drawingOf: Record<Tone, string> = { info: 'info', good: 'check', warn: 'warn', bad: 'warn' }

/** A box with something to know; `live` ones are spoken when they appear. */
export function noticeBox(tone: Tone, content: unknown, live = false): TemplateResult {
  return html`<div class="notice notice--${tone}" role=${live ? 'status' : nothing}>
    ${icon(drawingOf[tone])}<div class="notice__text">${content}</div></div>`
}

/** A state in a word, with icon and colour. */
export function badge(tone: Tone | 'quiet', word: string, drawing?: string): TemplateResult {
  return html`<span class="badge badge--${tone}">${drawing ? icon(drawing) : nothing}${word}</span>`
}

/** How far something is, with words beside the bar. */
export function progress(done: number, total: number, label: string): TemplateResult {
  return html`<div class="progress"><span class="progress__label" id="progress-label">${label}</span>
    <progress class="progress__bar" aria-labelledby="progress-label" max=${Math.max(total, 1)} .value=${done}></progress></div>`
}

/** Shown while something takes longer than a moment. */
export function waiting(label: string): TemplateResult {
  return html`<p class="waiting" role="status"><span class="waiting__dot" aria-hidden="true"></span>${label}</p>`
}

/** What is said where a list has nothing in it. */
export function empty(title: string, advice: unknown): TemplateResult {
  return html`<div class="empty"><p class="empty__title">${title}</p><div>${advice}</div></div>`
}

/** The frame of the app: header with the outbox's state, the screen, its bottom bar, the undo bar. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, type Text, type Tone } from './buttons.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'

export interface ScreenParts {
  title: Text
  /** The title names somebody or their house: the browser, which keeps titles on its disk, is told another. */
  personal?: boolean
  /** A line above the title: where we are. */
  over?: Text
  body: unknown
  bar?: TemplateResult | typeof nothing
  /** Uses the whole width of a desk's screen. */
  wide?: boolean
}

/** A screen: its title (focused when it opens), what it shows, its bottom bar. */
export function screen(parts: ScreenParts): TemplateResult {
  return html`<main id="main" class="screen ${parts.wide ? 'screen--wide' : ''} ${parts.bar ? 'screen--barred' : ''}">
    ${parts.over ? html`<p class="screen__over">${parts.over}</p>` : nothing}
    <h1 class="screen__title" tabindex="-1" ?data-personal=${parts.personal ?? false}>${parts.title}</h1>
    ${parts.body}</main>${parts.bar ?? nothing}`
}

export interface BarParts {
  back?: () => void
  backLabel?: string
  next?: () => void
  nextLabel?: string
  nextDisabled?: boolean
  /** Between the two: a small link or button. */
  middle?: unknown
}

/** ย้อนกลับ and ต่อไป, always in the same place under the thumb. */
export function bottomBar(parts: BarParts): TemplateResult {
  return html`<nav class="bar" aria-label=${t('shell.steps')}><div class="bar__inner">
    ${parts.back ? bigButton(parts.backLabel ?? t('shell.back'), parts.back, { kind: 'secondary', icon: 'back' }) : html`<span></span>`}
    ${parts.middle ?? nothing}
    ${parts.next ? bigButton(parts.nextLabel ?? t('shell.next'), parts.next, { next: true, disabled: parts.nextDisabled ?? false }) : html`<span></span>`}
  </div></nav>`
}

export interface HeaderParts {
  title: string
  subtitle?: string
  home: string
  outbox: { tone: Tone | 'quiet'; words: string; href: string }
  demo?: boolean
}

/** Where we are, the way home, and the outbox's state in words, always in sight. */
export function header(parts: HeaderParts): TemplateResult {
  return html`<header class="top">
    ${parts.demo ? html`<p class="top__demo">${t('shell.demo')}</p>` : nothing}
    <div class="top__inner">
      <a class="top__home" href=${parts.home} aria-label=${t('shell.go_home')}>${icon('home')}</a>
      <div class="top__where"><p class="top__title">${parts.title}</p>${parts.subtitle ? html`<p class="top__subtitle">${parts.subtitle}</p>` : nothing}</div>
      <a class="top__outbox top__outbox--${parts.outbox.tone}" href=${parts.outbox.href}><span class="unseen">${t('shell.outbox_label')} </span>${parts.outbox.words}</a>
    </div></header>`
}

/** Something done that can be undone for a while; it stops nobody. */
export function undoBar(text: string, undo: () => void, close: () => void): TemplateResult {
  return html`<div class="undo">
    <span class="undo__text">${text}</span>
    <button type="button" class="undo__act" @click=${undo}>${t('shell.undo')}</button>
    <button type="button" class="icon-button icon-button--light" aria-label=${t('shell.close')} @click=${close}>${icon('cross')}</button></div>`
}

/** What the strip at the foot of the screen says now: a word of what was done, perhaps with a way back. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { undoBar } from './layout.ts'

interface Said {
  text: string
  undo?: () => void
}

const SHOWN_MS = 8_000
let said: Said | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let changed: () => void = () => {}

/** Whom to tell when the strip changes (the app's render). */
export function onSaid(listener: () => void): void {
  changed = listener
}

function show(what: Said | null): void {
  said = what
  clearTimeout(timer)
  if (what && !what.undo) timer = setTimeout(() => show(null), SHOWN_MS)
  changed()
}

/** Says what was done and offers to take it back, until it is closed or another screen opens. */
export function offerUndo(text: string, undo: () => void): void {
  show({ text, undo })
}

/** Says a word of what happened; it goes away by itself. */
export function say(text: string): void {
  show({ text })
}

/** Another screen opened: what could be undone there no longer can. */
export function forgetUndo(): void {
  if (said?.undo) show(null)
}

/** The strip; its region is always there so that screen readers hear what appears in it. */
export function saidStrip(): TemplateResult {
  const close = () => show(null)
  const undo = () => {
    const act = said?.undo
    show(null)
    act?.()
  }
  const word = (text: string) => html`<div class="undo"><span class="undo__text">${text}</span></div>`
  return html`<div class="said" role="status">${said === null ? nothing : said.undo ? undoBar(said.text, undo, close) : word(said.text)}</div>`
}

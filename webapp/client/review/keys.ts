/** Deciding by keyboard. Single letters work only where nothing is typed, and can be switched off (WCAG 2.1.4). */
import { said } from './saying.ts'

/** What the keys beyond the page's own buttons do. */
export interface Ways { place: HTMLElement; comment(): void; back(): void; undo(): void }

const KEPT = 'jpt-review-keys'

const isOff = (): boolean => localStorage.getItem(KEPT) === 'off'

/** The place of a key on the keyboard decides, so that it works in Thai as in Latin letters. */
export function listen(ways: Ways): void {
  document.addEventListener('keydown', (event) => {
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) return sendForm(event)
    if (event.key === 'Escape') return leave(event, ways)
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isOff() || isTyping(event.target)) return
    if (press(event.code, ways)) event.preventDefault()
  })
  ways.place.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('[data-keys]')) return
    localStorage.setItem(KEPT, isOff() ? 'on' : 'off')
    label(ways.place)
  })
  new MutationObserver(() => label(ways.place)).observe(ways.place, { childList: true })
  label(ways.place)
}

function label(place: HTMLElement): void {
  const button = place.querySelector<HTMLElement>('[data-keys]')
  if (!button) return
  button.hidden = false
  button.textContent = said(isOff() ? 'keysOff' : 'keysOn')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null
}

/** Ctrl and Enter send the form that one writes in, also from the comment on an answer. */
function sendForm(event: KeyboardEvent): void {
  const form = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement
    ? event.target.form : null
  if (!form?.matches('[data-decide]')) return
  event.preventDefault()
  form.requestSubmit()
}

/** Out of a box, or out of an open sheet, back to the interview's title. */
function leave(event: KeyboardEvent, ways: Ways): void {
  const inside = event.target instanceof Element ? event.target.closest<HTMLDetailsElement>('details.review-bar__act, details.remark') : null
  if (!inside) return
  event.preventDefault()
  if (inside.matches('.review-bar__act')) inside.open = false
  ways.place.querySelector<HTMLElement>('#review-title')?.focus({ preventScroll: true })
}

function press(code: string, ways: Ways): boolean {
  if (code === 'KeyC') ways.comment()
  else if (code === 'KeyB') ways.back()
  else if (code === 'KeyU') ways.undo()
  else return pressButton(ways.place.querySelector<HTMLElement>(`[data-key="${code}"]`))
  return true
}

/** The button that shows the key; a sheet that opens is written in at once. */
function pressButton(button: HTMLElement | null): boolean {
  if (!button) return false
  button.click()
  const sheet = button.matches('summary') ? button.closest('details') : null
  if (sheet?.open) sheet.querySelector<HTMLElement>('textarea, input:not([type=hidden])')?.focus()
  return true
}

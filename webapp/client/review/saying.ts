/** The one line that says what was done or why not; it never stands in the way. */
import type { Refused } from './sending.ts'

const line = (): HTMLElement | null => document.getElementById('review-said')

/** A word of the page's own language, kept in the page by the server. */
export function said(name: string): string {
  return document.getElementById('review-words')?.dataset[name] ?? ''
}

export function sayDone(sentence: string, undo: (() => void) | null): void {
  say(sentence, 'good', undo ? [button(said('undo'), undo, 'undo')] : [])
}

/** With the way out: to sign in again, or to see how the interview stands now. */
export function sayProblem({ problem, code }: Refused, address: string): void {
  const after = code === 'session' ? [link(said('signin'), `/sign-in?next=${encodeURIComponent(new URL(address).pathname + new URL(address).search)}`)]
    : code === 'newer-revision' || code === 'moved-on' ? [link(said('again'), address)] : []
  say(problem || said('failed'), 'bad', after)
}

function say(sentence: string, kind: 'good' | 'bad', after: HTMLElement[]): void {
  const place = line()
  if (!place) return
  place.dataset.kind = kind
  const words = document.createElement('p')
  words.textContent = sentence
  place.replaceChildren(words, ...after)
}

function button(text: string, act: () => void, name: string): HTMLElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'button button--quiet'
  made.dataset[name] = ''
  made.textContent = `${text} `
  made.append(keyOf('U'))
  made.addEventListener('click', act, { once: true })
  return made
}

function link(text: string, address: string): HTMLElement {
  const made = document.createElement('a')
  made.className = 'button button--quiet'
  made.href = address
  made.textContent = text
  return made
}

function keyOf(letter: string): HTMLElement {
  const made = document.createElement('kbd')
  made.className = 'key'
  made.setAttribute('aria-hidden', 'true')
  made.textContent = letter
  return made
}

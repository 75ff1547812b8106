/** Without a signal a page stays, with what was typed and ticked: the browser's own error page would take it away. */
import { mayBeSentAgain } from './send-once.ts'

const OFFLINE_TOO = '/app'

/** Whether a tap leads to a page that only the register has. */
function leadsAway(target: EventTarget | null): boolean {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  if (!link || link.origin !== location.origin || link.pathname.startsWith(OFFLINE_TOO)) return false
  return link.pathname !== location.pathname || link.search !== location.search
}

function say(words: string): void {
  const said = document.querySelector('[data-says-no-signal]') ?? document.createElement('div')
  said.className = 'notice notice--warn notice--floating'
  said.setAttribute('data-says-no-signal', '')
  said.setAttribute('role', 'alert')
  const text = document.createElement('p')
  text.className = 'notice__text'
  text.textContent = words
  said.replaceChildren(text)
  document.body.append(said)
}

/** What answers for itself (a registration that waits, an act without a new page) is left to itself. */
function stays(event: Event): boolean {
  if (navigator.onLine || event.defaultPrevented) return false
  event.preventDefault()
  return true
}

/** Taps and forms wait for a signal; the words go away with its return. */
export function stayWithoutSignal(words: string): void {
  document.addEventListener('submit', (event) => {
    if (!stays(event)) return
    say(words)
    if (event.target instanceof HTMLFormElement) mayBeSentAgain(event.target)
  })
  document.addEventListener('click', (event) => {
    if (leadsAway(event.target) && stays(event)) say(words)
  })
  addEventListener('online', () => document.querySelector('[data-says-no-signal]')?.remove())
}

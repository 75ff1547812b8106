/** Sends the form without leaving the page: what was typed stays in it until the register has it. */
import { html, nothing } from 'lit-html'
import { show } from './showing.ts'

const PATIENCE_MS = 30_000
const AGAIN_MS = 15_000

interface Answer {
  done?: string
  token?: string
  sentence?: string
  errors?: Record<string, string[]>
}

/** Sent again by itself when the network is back; a form sent twice is one registration. */
export function sendPatiently(form: HTMLFormElement): void {
  const sender = new Sender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void sender.send()
  })
  form.addEventListener('input', () => sender.touch())
  addEventListener('online', () => void sender.sendIfWaiting())
  addEventListener('beforeunload', (event) => {
    if (sender.holds) event.preventDefault()
  })
}

class Sender {
  holds = false
  readonly #form: HTMLFormElement
  #isSending = false
  #isWaiting = false

  constructor(form: HTMLFormElement) {
    this.#form = form
  }

  /** Something was typed that only this page has. */
  touch(): void {
    this.holds = true
  }

  async sendIfWaiting(): Promise<void> {
    if (this.#isWaiting) await this.send()
  }

  async send(isSecond = false): Promise<void> {
    if (this.#isSending) return
    this.#show(true)
    const answer = await this.#post()
    this.#show(false)
    if (answer === null) return this.#wait()
    this.#isWaiting = false
    if (answer.done) return this.#leave(answer.done)
    if (answer.token) this.#form.querySelector<HTMLInputElement>('[name=csrf_token]')!.value = answer.token
    const isOld = answer.sentence && !answer.errors
    if (isOld && !isSecond) return this.send(true)
    this.#tell(answer)
  }

  /** The register's answer; null where none came. */
  async #post(): Promise<Answer | null> {
    const patience = new AbortController()
    const clock = setTimeout(() => patience.abort(), PATIENCE_MS)
    try {
      const response = await fetch(location.pathname, {
        method: 'POST',
        body: new URLSearchParams(entries(this.#form)),
        headers: { Accept: 'application/json', 'Jpt-App': 'register' },
        signal: patience.signal,
      })
      if (!response.headers.get('Content-Type')?.includes('json')) throw new TypeError('no answer of ours')
      return (await response.json()) as Answer
    } catch {
      return null
    } finally {
      clearTimeout(clock)
    }
  }

  #leave(address: string): void {
    this.holds = false
    location.assign(address)
  }

  #wait(): void {
    this.#isWaiting = true
    this.#say(this.#form.dataset.noNetwork ?? '', true)
    setTimeout(() => void this.sendIfWaiting(), AGAIN_MS)
  }

  #tell(answer: Answer): void {
    const errors = answer.errors ?? {}
    const names = Object.keys(errors)
    this.#say(answer.sentence || (names.length ? this.#form.dataset.check! : this.#form.dataset.trouble!), names.length === 0)
    for (const place of this.#form.querySelectorAll<HTMLElement>('[id$="-problem"]')) {
      showProblems(place, errors[place.id.replace(/-problem$/, '')] ?? [])
    }
    this.#form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }

  #show(isSending: boolean): void {
    this.#isSending = isSending
    const waiting = document.getElementById('waiting')
    if (waiting) waiting.hidden = !isSending
    delete this.#form.dataset.sent
    this.#form.querySelector('button[type=submit]:not([name])')?.toggleAttribute('aria-disabled', isSending)
  }

  #say(sentence: string, canRetry: boolean): void {
    const place = document.getElementById('told')!
    const retry = html`<p><button class="button button--secondary" type="button" @click=${() => void this.send()}>${this.#form.dataset.again}</button></p>`
    show(
      html`<div class="notice notice--warn" role="alert"><div class="notice__text"><p>${sentence}</p>${canRetry ? retry : nothing}</div></div>`,
      place,
    )
    place.scrollIntoView({ block: 'center' })
  }
}

function entries(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)])
}

/** The sentences under a box, and the box marked, or neither. */
function showProblems(place: HTMLElement, sentences: string[]): void {
  const name = place.id.replace(/-problem$/, '')
  const box = document.getElementById(name) ?? document.querySelector(`[name="${name}"]`)
  if (sentences.length) box?.setAttribute('aria-invalid', 'true')
  else box?.removeAttribute('aria-invalid')
  show(sentences.map((one) => html`<p class="problem">${one}</p>`), place)
}

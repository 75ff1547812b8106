/** The inspector's day on one page: decide, and the next interview is there, without a reload. */
import '../../static/css/review.css'
import { listen, type Ways } from './keys.ts'
import { fetchPart, type Part } from './part.ts'
import { fillSuggestions, followRemarks, goToFlagged } from './remarks.ts'
import { said, sayProblem, sayDone } from './saying.ts'
import { decide } from './sending.ts'

/** Where interviews are shown, and the next one that waits ready. */
interface Desk { place: HTMLElement; shown: string; ahead: Promise<Part | null>; busy: boolean }

const GONE_OLD = 30

const here = (): string => location.pathname + location.search

function article(desk: Desk): HTMLElement {
  return desk.place.querySelector<HTMLElement>('[data-review]') ?? desk.place
}

/** The next one is read while this one is looked at; its pictures come along. */
function readAhead(desk: Desk): void {
  const next = article(desk).dataset.next
  desk.ahead = next ? fetchPart(next) : Promise.resolve(null)
}

/** The interview of that address is shown; `push` is false where the browser itself went back. */
async function show(desk: Desk, address: string, push = true): Promise<boolean> {
  const ahead = await desk.ahead
  const isReady = ahead?.address === address && performance.now() - ahead.read < (ahead.freshSeconds - GONE_OLD) * 1000
  const part = isReady ? ahead : await fetchPart(address)
  if (!part) {
    location.assign(address)
    return false
  }
  desk.place.replaceChildren(part.article)
  desk.shown = address
  if (push) history.pushState(null, '', address)
  document.title = part.article.dataset.title ?? document.title
  arrive(desk)
  return true
}

function arrive(desk: Desk): void {
  window.scrollTo(0, 0)
  desk.place.querySelector<HTMLElement>('#review-title')?.focus({ preventScroll: true })
  prepare(desk)
}

function prepare(desk: Desk): void {
  followRemarks(article(desk))
  readAhead(desk)
}

/** A form is sent; what came of it is said, and the next interview follows. */
async function send(desk: Desk, form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (desk.busy || !form.reportValidity()) return
  desk.busy = true
  const before = { ...article(desk).dataset }
  const outcome = await decide(form, submitter)
  desk.busy = false
  if ('problem' in outcome) return sayProblem(outcome, location.href)
  if (outcome.is_end) return location.assign(outcome.next)
  const undo = form.id === 'accept-form' ? () => void takeBack(desk, before) : null
  if (!(await show(desk, outcome.next))) return
  const left = article(desk).querySelector('.review__left')
  if (left && outcome.left) left.textContent = outcome.left
  sayDone(outcome.said, undo)
}

/** What was just accepted waits again, and is shown again. */
async function takeBack(desk: Desk, before: DOMStringMap): Promise<void> {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = before.withdraw ?? ''
  const token = desk.place.querySelector<HTMLInputElement>('input[name=csrf_token]')?.value ?? ''
  const fields = { csrf_token: token, digest: before.digest ?? '', reason: said('undoReason') }
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  const outcome = await decide(form, null)
  if ('problem' in outcome) return sayProblem(outcome, location.href)
  if (await show(desk, outcome.next)) sayDone(outcome.said, null)
}

function waysOf(desk: Desk): Ways {
  return {
    place: desk.place,
    comment: () => goToFlagged(article(desk)),
    back: () => history.back(),
    undo: () => document.querySelector<HTMLElement>('#review-said [data-undo]')?.click(),
  }
}

function start(place: HTMLElement): void {
  const desk: Desk = { place, shown: here(), ahead: Promise.resolve(null), busy: false }
  place.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (!form.matches('[data-decide]')) return
    event.preventDefault()
    void send(desk, form, event.submitter)
  })
  place.addEventListener('click', (event) => {
    const at = event.target as Element
    if (at.closest('[data-suggest-all]')) fillSuggestions(article(desk))
    const link = at.closest<HTMLAnchorElement>('a[data-go]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void show(desk, link.pathname + link.search)
  })
  window.addEventListener('popstate', () => {
    if (here() !== desk.shown) void show(desk, here(), false) // a link to an answer stays on the page
  })
  listen(waysOf(desk))
  prepare(desk)
}

const place = document.getElementById('review-place')
if (place) start(place)

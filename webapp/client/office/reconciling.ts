/** Houses get their reasons one after the other, without the page being made anew: by thumb or by keyboard. */

/** `<ul data-reconcile>` of `[data-house]`, each with a form of buttons `name=reason`; without this file each button posts. */
export function reconcile(list: HTMLElement): void {
  const houses = [...list.querySelectorAll<HTMLElement>('[data-house]')]
  list.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    const house = form.closest<HTMLElement>('[data-house]')
    const button = event.submitter
    if (!house || !(button instanceof HTMLButtonElement)) return
    event.preventDefault()
    void keep(house, form, button)
  })
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
    if (step !== undefined && walk(houses, step)) event.preventDefault()
    const button = reasonOf(houses, Number(event.key))
    if (button) button.click()
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}

function here(houses: HTMLElement[]): number {
  return houses.findIndex((house) => house.contains(document.activeElement))
}

/** The next house that still waits has the focus. */
function walk(houses: HTMLElement[], step: number): boolean {
  const start = here(houses)
  for (let at = start + step; at >= 0 && at < houses.length; at += step) {
    if (houses[at]?.dataset.settled === 'yes') continue
    houses[at]?.focus()
    houses[at]?.scrollIntoView({ block: 'nearest' })
    return true
  }
  return false
}

function reasonOf(houses: HTMLElement[], number: number): HTMLButtonElement | undefined {
  const house = houses[here(houses)]
  return house ? [...house.querySelectorAll<HTMLButtonElement>('button[name=reason]')][number - 1] : undefined
}

interface Kept { left: number; reason: string }

async function keep(house: HTMLElement, form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const data = new FormData(form, button)
  house.setAttribute('aria-busy', 'true')
  const told = await sent(form.action, data)
  house.removeAttribute('aria-busy')
  const problem = form.querySelector<HTMLElement>('[data-problem]')
  if (typeof told === 'string') {
    if (problem) problem.textContent = told
    return
  }
  if (problem) problem.textContent = ''
  show(house, told, button.value !== 'open')
  if (button.value !== 'open') walk([...document.querySelectorAll<HTMLElement>('[data-house]')], 1)
}

/** What the register answers; or why it did not keep it, in its own words. */
async function sent(address: string, data: FormData): Promise<Kept | string> {
  const lost = document.querySelector<HTMLElement>('[data-reconcile]')?.dataset.failed ?? ''
  try {
    const answer = await fetch(address, { method: 'POST', body: data, headers: { Accept: 'application/json' } })
    const told = (await answer.json()) as Kept & { title?: string; detail?: string }
    return answer.ok ? told : (told.detail ?? told.title ?? lost)
  } catch {
    return lost
  }
}

function show(house: HTMLElement, told: Kept, isSettled: boolean): void {
  house.dataset.settled = isSettled ? 'yes' : 'no'
  const place = house.querySelector('[data-reason]')
  if (place) place.textContent = told.reason
  for (const left of document.querySelectorAll('[data-left]')) left.textContent = String(told.left)
  const done = document.querySelector<HTMLElement>('[data-all-done]')
  if (done) done.hidden = told.left > 0
}

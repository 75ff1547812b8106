/** A desk with paper forms: digits choose options, Enter goes to the next box and then on. */
const BOXES = 'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)'

/** Starts listening; one listener serves every screen. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    const written = event.target instanceof HTMLTextAreaElement && event.key === 'Enter' && event.ctrlKey
    if (event.defaultPrevented || event.isComposing || (event.ctrlKey && !written) || event.metaKey || event.altKey) return
    if (/^[0-9๐-๙]$/.test(event.key) && choose(event)) event.preventDefault()
    if (event.key === 'Enter' && goOn(event)) event.preventDefault()
  })
}

function typesText(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true
  return element instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(element.type)
}

/** The group the digit is for: where the focus is, else the first one not yet answered, else the first. */
function groupFor(focused: Element | null): Element | null {
  const here = focused?.closest('[data-choices]')
  if (here) return here
  const groups = [...document.querySelectorAll('main [data-choices]')]
  return groups.find((group) => !group.querySelector(':checked')) ?? groups[0] ?? null
}

function choose(event: KeyboardEvent): boolean {
  if (typesText(event.target as Element)) return false
  const digit = /[๐-๙]/.test(event.key) ? String(event.key.charCodeAt(0) - 0x0e50) : event.key
  const option = groupFor(document.activeElement)?.querySelector<HTMLInputElement>(`input[data-digit="${digit}"]:not(:disabled)`)
  option?.focus()
  option?.click()
  return Boolean(option)
}

/** One stop a radio group (its chosen button, as with Tab), every other box its own. */
function stops(): HTMLElement[] {
  const boxes = [...document.querySelectorAll<HTMLInputElement>(`main :is(${BOXES})`)].filter((box) => box.offsetParent !== null)
  const chosen = (box: HTMLInputElement) => boxes.find(({ type, name, checked }) => type === 'radio' && name === box.name && checked)
  const first = (box: HTMLInputElement) => boxes.find(({ type, name }) => type === 'radio' && name === box.name)
  return boxes.filter((box) => box.type !== 'radio' || box === (chosen(box) ?? first(box)))
}

function indexOf(list: HTMLElement[], focused: HTMLElement): number {
  if (!(focused instanceof HTMLInputElement) || focused.type !== 'radio') return list.indexOf(focused)
  return list.findIndex((box) => (box as HTMLInputElement).name === focused.name)
}

/** In a note Enter begins a line; an empty one, or Ctrl with Enter, goes on. */
function isWriting(focused: HTMLElement, { ctrlKey }: KeyboardEvent): boolean {
  return focused instanceof HTMLTextAreaElement && focused.value !== '' && !ctrlKey
}

function goOn(event: KeyboardEvent): boolean {
  const focused = event.target as HTMLElement
  if (focused.closest('a, button, summary') || isWriting(focused, event)) return false
  const list = stops()
  const at = indexOf(list, focused)
  const following = at >= 0 ? list[at + 1] : undefined
  const next = document.querySelector<HTMLButtonElement>('button[data-next]:not(:disabled)')
  if (following) following.focus()
  else next?.click()
  return Boolean(following ?? next)
}

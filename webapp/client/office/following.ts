/** Figures that follow the register: asked for every few seconds, and only told when they have changed. */

/** How long nobody answers at the longest before it is tried again. */
const SLOWEST = 60

/** `<div data-follow="address" data-seconds="5">`: every `data-cell` in it keeps its text, every `data-bar` its value, every `data-kind` its state. */
export function follow(part: HTMLElement): void {
  const every = Number(part.dataset.seconds) || 5
  let tag = ''
  let wait = every
  let timer = 0

  async function ask(): Promise<void> {
    clearTimeout(timer)
    if (!document.hidden) {
      const told = await read(part.dataset.follow ?? '', tag)
      tag = told.tag || tag
      wait = told.status === 'lost' ? Math.min(wait * 2, SLOWEST) : every
      // Signed out, the page itself leads to the door and back.
      if (told.status === 'signed-out' || (told.cells && !show(part, told.cells))) return location.reload()
      say(part, told.status === 'lost')
    }
    timer = setTimeout(() => void ask(), wait * 1000)
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void ask()
  })
  void ask()
}

type Cells = Record<string, string>
interface Told { status: 'fresh' | 'lost' | 'signed-out'; tag: string; cells: Cells | null }

async function read(address: string, tag: string): Promise<Told> {
  const headers: Record<string, string> = { Accept: 'application/json', ...(tag ? { 'If-None-Match': tag } : {}) }
  try {
    const answer = await fetch(address, { headers, cache: 'no-store' })
    if (answer.status === 304) return { status: 'fresh', tag, cells: null }
    if (answer.status === 401) return { status: 'signed-out', tag, cells: null }
    if (!answer.ok) return { status: 'lost', tag, cells: null }
    const { cells } = (await answer.json()) as { cells: Cells }
    return { status: 'fresh', tag: answer.headers.get('ETag') ?? '', cells }
  } catch {
    return { status: 'lost', tag, cells: null }
  }
}

/** Rows of the page: areas and volunteers come and go, and lines of a check. */
const ROW = /^(area|volunteer|check)-/
/** Of a long list (`data-partial`) the page shows some volunteers only, and follows those. */
const ROW_OF_PART = /^(area|check)-/

/** False where the register tells of rows that this page does not have, or no longer of one: it is to be made anew. */
function show(part: HTMLElement, cells: Cells): boolean {
  const places = new Set<string>()
  for (const place of part.querySelectorAll<HTMLElement>('[data-cell]')) {
    const name = place.dataset.cell ?? ''
    places.add(name)
    const text = cells[name]
    if (text === undefined) return false
    if (place.textContent === text) continue
    place.textContent = text
    flash(place)
  }
  for (const mark of part.querySelectorAll<HTMLElement>('[data-kind]')) {
    places.add(mark.dataset.kind ?? '')
    mark.dataset.state = cells[mark.dataset.kind ?? ''] ?? 'unknown'
  }
  for (const bar of part.querySelectorAll<HTMLProgressElement>('[data-bar]')) bar.value = Number(cells[bar.dataset.bar ?? ''])
  const row = part.dataset.partial ? ROW_OF_PART : ROW
  return Object.keys(cells).every((name) => !row.test(name) || places.has(name))
}

/** A figure that has just changed is seen for a moment. */
function flash(place: HTMLElement): void {
  place.classList.remove('is-new')
  void place.offsetWidth
  place.classList.add('is-new')
}

/** Losing the register is said aloud once; a new time of day is only written. */
function say(part: HTMLElement, isLost: boolean): void {
  const words = part.querySelector<HTMLElement>('[data-follow-words]')
  if (!words) return
  words.setAttribute('aria-live', isLost ? 'polite' : 'off')
  const time = new Date().toLocaleTimeString('th-TH', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Asia/Bangkok' })
  words.textContent = isLost ? (part.dataset.lost ?? '') : (part.dataset.fresh ?? '').replace('{time}', time)
}

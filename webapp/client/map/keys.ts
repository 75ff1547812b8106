/** The keyboard's ways between list, map and panel; every key works only where the focus is. */

/** What the keys do; `act` is one of the letters of deciding, where there is anything to decide. */
export interface Ways {
  step(by: 1 | -1): void
  leave(): void
  act(letter: string): boolean
}

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }

/** Up and down walk through the list, as j and k do. */
export function walkList(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    const lines = [...list.querySelectorAll<HTMLElement>('[data-line]')]
    const at = lines.indexOf(event.target as HTMLElement)
    if (!by || at < 0) return
    event.preventDefault()
    lines[Math.min(Math.max(at + by, 0), lines.length - 1)]?.focus()
  })
}

/** In the panel j, k and the arrows open the next household and the one before, letters decide, Escape goes back. */
export function walkPanel(panel: HTMLElement, ways: Ways): void {
  panel.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as Element).closest('input, textarea, select')) return
    const by = STEPS[event.key]
    if (event.key === 'Escape') ways.leave()
    else if (by) ways.step(by)
    else if (!ways.act(event.key)) return
    event.preventDefault()
  })
}

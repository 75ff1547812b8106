/** The keyboard's ways between list, map and panel; every key works only where the focus is. */

/** What the keys do. */
export interface Ways {
  step(by: 1 | -1): void
  leave(): void
}

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

/** In the panel j and k open the next household and the one before; Escape goes back to the list. */
export function walkPanel(panel: HTMLElement, ways: Ways): void {
  panel.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') ways.leave()
    else if (event.key === 'j') ways.step(1)
    else if (event.key === 'k') ways.step(-1)
    else return
    event.preventDefault()
  })
}

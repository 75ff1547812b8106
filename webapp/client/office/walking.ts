/** Going through a list by keyboard: j and k (or the arrows) move, x ticks, Enter opens. */

/** `<table data-walk>`: each row has one link, and may have one box to tick. */
export function walkRows(table: HTMLTableElement): void {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')]
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
    if (step !== undefined && move(rows, step, event.key.startsWith('Arrow'))) event.preventDefault()
    if (event.key === 'x') rowOf(rows)?.querySelector<HTMLInputElement>('input[name=pick]')?.click()
  })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target.matches('textarea, select')
}

function rowOf(rows: HTMLTableRowElement[]): HTMLTableRowElement | undefined {
  return rows.find((row) => row.contains(document.activeElement))
}

/** The next row's link has the focus; arrows scroll the page until the list has been entered. */
function move(rows: HTMLTableRowElement[], step: number, onlyInside: boolean): boolean {
  const here = rowOf(rows)
  if (!here && onlyInside) return false
  const at = here ? rows.indexOf(here) + step : step > 0 ? 0 : rows.length - 1
  const link = rows[Math.max(0, Math.min(rows.length - 1, at))]?.querySelector<HTMLElement>('a, button')
  link?.focus()
  return link !== undefined
}

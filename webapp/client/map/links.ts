/** From a result to the answers it rests on and back, inside the panel; the address bar stays as it is. */
import { t } from '../ui/language.ts'

const MARKED = 'is-marked'

/** Every link to a place of the panel opens it, marks it with all that belongs to it, and offers the way back. */
export function followLinks(panel: HTMLElement): void {
  panel.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]')
    const target = link && placeOf(panel, link)
    if (!link || !target) return
    event.preventDefault()
    const together = [...(link.closest('.rests')?.querySelectorAll<HTMLAnchorElement>('a') ?? [link])]
    for (const before of panel.querySelectorAll(`.${MARKED}`)) before.classList.remove(MARKED)
    for (const one of together) placeOf(panel, one)?.classList.add(MARKED)
    panel.querySelector('.panel__back')?.remove()
    show(target)
    target.append(wayBack(link))
  })
}

function placeOf(panel: HTMLElement, link: HTMLAnchorElement): HTMLElement | null {
  return panel.querySelector<HTMLElement>(`[id="${CSS.escape(decodeURIComponent(link.hash.slice(1)))}"]`)
}

/** What is folded away is opened first. */
function show(target: HTMLElement): void {
  for (let part = target.closest('details'); part; part = part.parentElement?.closest('details') ?? null) part.open = true
  target.scrollIntoView({ block: 'center' })
  target.focus({ preventScroll: true })
}

function wayBack(from: HTMLAnchorElement): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'panel__back button button--secondary'
  button.textContent = t('map.way_back')
  button.addEventListener('click', () => {
    button.remove()
    show(from)
  })
  return button
}

/** Where the keyboard and the screen reader stand when a screen opens. */
import { t } from '../ui/language.ts'

const FIRST_BOX = 'main :is(input:not([type=hidden]), select, textarea):not(:disabled)'

/** The title, so that it is read out; at a desk with paper forms the first box, so that typing goes on. */
export function focusScreen(root: HTMLElement, typing: boolean): void {
  const title = root.querySelector<HTMLElement>('h1')
  const box = typing ? root.querySelector<HTMLElement>(FIRST_BOX) : null
  scrollTo(0, 0)
  ;(box ?? title)?.focus({ preventScroll: true })
  document.title = (title && !('personal' in title.dataset) && title.textContent?.trim()) || t('shell.app_name')
}

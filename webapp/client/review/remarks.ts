/** Comments on single answers: one tap away, counted, and filled in from what fails. */

const boxes = (article: HTMLElement): HTMLTextAreaElement[] => [...article.querySelectorAll<HTMLTextAreaElement>('.remark textarea')]

/** How many answers something is asked of stands beside the return. */
export function followRemarks(article: HTMLElement): void {
  const button = article.querySelector<HTMLElement>('[data-suggest-all]')
  if (button) button.hidden = false
  article.addEventListener('input', () => count(article))
  count(article)
}

function count(article: HTMLElement): void {
  const written = boxes(article).filter((box) => box.value.trim()).length
  const place = article.querySelector<HTMLElement>('[data-remarks]')
  if (place) place.textContent = written ? `(${written})` : ''
}

/** What the failing rules say is asked of the volunteer, where nothing is written yet. */
export function fillSuggestions(article: HTMLElement): void {
  for (const box of boxes(article)) {
    if (!box.dataset.suggest || box.value.trim()) continue
    box.value = box.dataset.suggest
    const fold = box.closest('details')
    if (fold) fold.open = true
  }
  count(article)
}

/** The next answer that something fails at, else the first answer, opened to write at. */
export function goToFlagged(article: HTMLElement): void {
  const flagged = boxes(article).filter((box) => box.dataset.suggest)
  const all = flagged.length ? flagged : boxes(article)
  const here = all.indexOf(document.activeElement as HTMLTextAreaElement)
  const box = all[(here + 1) % all.length]
  if (!box) return
  for (let fold = box.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  if (!box.value.trim() && box.dataset.suggest) box.value = box.dataset.suggest
  box.focus()
  box.scrollIntoView({ block: 'center' })
  count(article)
}

/** One interview as the server renders it, read without making HTML from strings. */

/** What was read, when, and for how long the addresses of its pictures are good. */
export interface Part { address: string; article: HTMLElement; read: number; freshSeconds: number }

/** The interview's part of the page; null where it is not there (signed out, gone, no network). */
export function fetchPart(address: string): Promise<Part | null> {
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest()
    asked.open('GET', address)
    asked.responseType = 'document'
    asked.setRequestHeader('Accept', 'text/html')
    asked.addEventListener('loadend', () => resolve(partOf(address, asked)))
    asked.send()
  })
}

/** Taken over into this page at once, so that its pictures begin to come. */
function partOf(address: string, asked: XMLHttpRequest): Part | null {
  const found = asked.status === 200 ? asked.responseXML?.querySelector<HTMLElement>('[data-review]') : null
  if (!found) return null
  const article = document.importNode(found, true)
  return { address, article, read: performance.now(), freshSeconds: Number(article.dataset.freshSeconds) }
}

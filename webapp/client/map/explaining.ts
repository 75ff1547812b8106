/** A finding closed or opened again inside the panel: the form is sent, and the panel comes back as it is now. */
import { t } from '../ui/language.ts'

export function explaining(panel: HTMLElement, renewed: () => void): void {
  panel.addEventListener('submit', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-again]')
    if (!form) return
    event.preventDefault()
    void send(form, panel, renewed)
  })
}

/** The other household of a pair opens beside the map, where a page of its own would be read anew. */
export function otherSide(panel: HTMLElement, choose: (household: string) => void): void {
  panel.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-open]')
    if (!link?.dataset.open || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    choose(link.dataset.open)
  })
}

async function send(form: HTMLFormElement, panel: HTMLElement, renewed: () => void): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')
  if (button) button.disabled = true
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>)
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'text/html' } }).catch(() => null)
  if (!answer?.ok) {
    if (button) button.disabled = false
    return tell(form)
  }
  const read = new DOMParser().parseFromString(await answer.text(), 'text/html')
  panel.replaceChildren(...read.body.children)
  renewed()
  panel.querySelector<HTMLElement>('#findings-title, h2')?.focus()
}

function tell(form: HTMLFormElement): void {
  const line = form.querySelector('[role=alert]') ?? form.appendChild(document.createElement('p'))
  line.setAttribute('role', 'alert')
  line.textContent = t('map.failed')
}

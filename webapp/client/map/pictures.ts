/** Evidence pictures seen large beside the panel: nothing is blocked, and Escape goes back. */
import { html, nothing, render, type TemplateResult } from 'lit-html'
import { t } from '../ui/language.ts'
import { readPanel } from './panel.ts'

const EARLY = 20

/** The pictures of one panel: where they are shown large, and since when their addresses are known. */
interface Shown { panel: HTMLElement; place: HTMLElement; from: HTMLElement | null; read: number }

export function pictures(panel: HTMLElement, place: HTMLElement) {
  const shown: Shown = { panel, place, from: null, read: 0 }
  panel.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-picture]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    shown.from = link
    void open(shown, linksOf(panel).indexOf(link))
  })
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close(shown)
  })
  return {
    /** The panel shows another household now, with new addresses. */
    renewed(): void {
      shown.read = performance.now()
      shown.from = null
      if (!place.hidden) close(shown)
    },
  }
}

const linksOf = (panel: Element): HTMLAnchorElement[] => [...panel.querySelectorAll<HTMLAnchorElement>('a[data-picture]')]

async function open(shown: Shown, at: number): Promise<void> {
  await renew(shown)
  const all = linksOf(shown.panel)
  const link = all[at]
  if (!link) return
  shown.place.hidden = false
  render(large(shown, link, at, all.length), shown.place)
  shown.place.querySelector<HTMLElement>('[data-close]')?.focus()
}

function close({ place, from }: Shown): void {
  place.hidden = true
  render(nothing, place)
  from?.focus()
}

/** Addresses of pictures live a few minutes: when they are old, the panel is asked for new ones. */
async function renew(shown: Shown): Promise<void> {
  const { household, freshSeconds } = shown.panel.querySelector<HTMLElement>('[data-household]')?.dataset ?? {}
  if (!household || performance.now() - shown.read < (Number(freshSeconds) - EARLY) * 1000) return
  const again = await readPanel(household)
  if (typeof again === 'string') return
  const fresh = again.flatMap(linksOf)
  linksOf(shown.panel).forEach((link, at) => (link.href = fresh[at]?.href ?? link.href))
  shown.read = performance.now()
}

function large(shown: Shown, link: HTMLAnchorElement, at: number, of: number): TemplateResult {
  const told = link.dataset.picture ?? ''
  const go = (by: number) => () => void open(shown, (at + by + of) % of)
  return html`
    <div class="map-picture__tools">
      <p>${t('map.picture_of', { told, at: at + 1, of })}</p>
      ${of > 1 ? html`<button class="button" type="button" @click=${go(-1)}>${t('map.previous')}</button>
      <button class="button" type="button" @click=${go(1)}>${t('map.next')}</button>` : nothing}
      <button class="button button--primary" type="button" data-close @click=${() => close(shown)}>${t('map.close')}</button>
    </div>
    <div class="map-picture__frame" tabindex="0" role="group" aria-label=${told}><img src=${link.href} alt=${told}></div>`
}

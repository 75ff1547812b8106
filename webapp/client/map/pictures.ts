/** Evidence pictures seen large beside the panel: nothing is blocked, and Escape goes back. */
import { html, nothing, render } from 'lit-html'
import { t } from '../ui/language.ts'
import { readPanel } from './panel.ts'

interface Picture { address: string; told: string }
const EARLY = 20

/** Addresses of pictures live a few minutes: when they are old, the panel is asked for new ones. */
export function pictures(panel: HTMLElement, place: HTMLElement) {
  let from: HTMLElement | null = null
  let read = 0

  const links = () => [...panel.querySelectorAll<HTMLAnchorElement>('a[data-picture]')]
  const shown = (link: HTMLAnchorElement): Picture => ({ address: link.href, told: link.dataset.picture ?? '' })

  async function renew(): Promise<void> {
    const article = panel.querySelector<HTMLElement>('[data-household]')
    const { household, freshSeconds } = article?.dataset ?? {}
    if (!household || performance.now() - read < (Number(freshSeconds) - EARLY) * 1000) return
    const again = await readPanel(household)
    if (typeof again === 'string') return
    const fresh = again.flatMap((part) => [...part.querySelectorAll<HTMLAnchorElement>('a[data-picture]')])
    links().forEach((link, at) => (link.href = fresh[at]?.href ?? link.href))
    read = performance.now()
  }

  async function open(at: number): Promise<void> {
    await renew()
    const all = links()
    const link = all[at]
    if (!link) return
    from ??= link
    place.hidden = false
    render(large(shown(link), at, all.length), place)
    place.querySelector<HTMLElement>('[data-close]')?.focus()
  }

  function close(): void {
    place.hidden = true
    render(nothing, place)
    from?.focus()
    from = null
  }

  const large = ({ address, told }: Picture, at: number, of: number) => html`
    <div class="map-picture__tools">
      <p>${t('map.picture_of', { told, at: at + 1, of })}</p>
      ${of > 1 ? html`<button class="button" type="button" @click=${() => open((at + of - 1) % of)}>${t('map.previous')}</button>
      <button class="button" type="button" @click=${() => open((at + 1) % of)}>${t('map.next')}</button>` : nothing}
      <button class="button button--primary" type="button" data-close @click=${close}>${t('map.close')}</button>
    </div>
    <div class="map-picture__frame" tabindex="0" role="group" aria-label=${told}><img src=${address} alt=${told}></div>`

  panel.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-picture]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    from = link
    void open(links().indexOf(link))
  })
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  })
  return {
    /** The panel shows another household now, with new addresses. */
    renewed(): void {
      read = performance.now()
      if (place.hidden) return
      from = null
      place.hidden = true
      render(nothing, place)
    },
  }
}

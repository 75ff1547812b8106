/** The household's panel: the register's own HTML, put beside the map. */
import { t } from '../ui/language.ts'
import type { Spot } from './marking.ts'

/** What came of opening a household: where it lies, or null where it has no place or did not open. */
export async function showHousehold(place: HTMLElement, household: string): Promise<Spot | null> {
  say(place, t('map.loading'))
  const read = await readPanel(household)
  if (typeof read === 'string') {
    say(place, t(read), read === 'map.session' ? signIn() : undefined)
    return null
  }
  place.replaceChildren(...read)
  place.scrollTop = 0
  return spotOf(place.querySelector<HTMLElement>('[data-household]'))
}

/** The panel's elements, or the text that says why not; a session that ended answers with the sign-in page. */
export async function readPanel(household: string): Promise<Element[] | 'map.failed' | 'map.session' | 'map.not_found'> {
  const answer = await fetch(`/households/${household}`, { headers: { Accept: 'text/html' } }).catch(() => null)
  if (answer?.redirected || answer?.status === 401) return 'map.session'
  if (answer?.status === 404) return 'map.not_found'
  if (!answer?.ok) return 'map.failed'
  const read = new DOMParser().parseFromString(await answer.text(), 'text/html')
  return [...read.body.children]
}

/** The first photo large above everything else: what a look at evidence begins with. */
export function enlarge(place: HTMLElement): void {
  const link = place.querySelector<HTMLAnchorElement>('a.picture--photo') ?? place.querySelector<HTMLAnchorElement>('a[data-picture]')
  const head = place.querySelector('.panel__head')
  if (!link || !head) return
  const photo = document.createElement('img')
  photo.className = 'triage-photo'
  photo.src = link.href
  photo.alt = link.dataset.picture ?? ''
  head.after(photo)
}

/** One sentence instead of a household. */
export function say(place: HTMLElement, sentence: string, after?: HTMLElement): void {
  const line = document.createElement('p')
  line.setAttribute('role', 'status')
  line.textContent = sentence
  place.replaceChildren(line, ...(after ? [after] : []))
}

/** The address bar holds where one was, so signing in anew comes back to it. */
function signIn(): HTMLElement {
  const link = document.createElement('a')
  link.className = 'button button--primary'
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
  link.textContent = t('map.sign_in')
  return link
}

function spotOf(panel: HTMLElement | null): Spot | null {
  const { longitude, latitude, accuracy, villageLongitude, villageLatitude } = panel?.dataset ?? {}
  if (!longitude || !latitude) return null
  return {
    point: [Number(longitude), Number(latitude)],
    metres: Number(accuracy) || 0,
    village: villageLongitude && villageLatitude ? [Number(villageLongitude), Number(villageLatitude)] : null,
  }
}

/** The household's panel: the register's own HTML, put beside the map. */
import { t } from '../ui/language.ts'

/** Where the household's position and its circle lie. */
export interface Position { longitude: number; latitude: number; metres: number }

/** Shows the interview in `place` and says where it was made, or null where it has no position. */
export async function showInterview(place: HTMLElement, interview: string): Promise<Position | null> {
  say(place, t('map.loading'))
  const answer = await fetch(`/interviews/${interview}`, { headers: { Accept: 'text/html' } }).catch(() => null)
  if (!answer?.ok) {
    say(place, t('map.failed'))
    return null
  }
  const read = new DOMParser().parseFromString(await answer.text(), 'text/html')
  place.replaceChildren(...read.body.children)
  place.scrollTop = 0
  place.querySelector<HTMLElement>('h2')?.focus()
  return positionOf(place.querySelector<HTMLElement>('[data-longitude]'))
}

/** One sentence instead of a household. */
export function say(place: HTMLElement, sentence: string): void {
  const line = document.createElement('p')
  line.textContent = sentence
  place.replaceChildren(line)
}

function positionOf(panel: HTMLElement | null): Position | null {
  if (!panel) return null
  const { longitude, latitude, accuracy } = panel.dataset
  return { longitude: Number(longitude), latitude: Number(latitude), metres: Number(accuracy) || 0 }
}

/** Rendering into a place that the server has filled already. */
import { render } from 'lit-html'

/** The place shows this and nothing else, whatever the server had put there. */
export function show(what: unknown, place: HTMLElement): void {
  if (!('_$litPart$' in place)) place.replaceChildren()
  render(what, place)
}

/** A line drawn round households on the map, by finger, pen or mouse; Escape gives up. */
const APART = 6
const MOST = 300

/** Where a lasso ends up: its corners in pixels of the place, or nothing when it was given up. */
export interface Drawn { done(corners: [number, number][]): void; gone(): void }

export function lasso(place: HTMLElement, { done, gone }: Drawn): () => void {
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  sheet.classList.add('lasso')
  const line = sheet.appendChild(document.createElementNS(sheet.namespaceURI, 'polygon') as SVGPolygonElement)
  let corners: [number, number][] = []
  const at = (event: PointerEvent): [number, number] => {
    const { left, top } = sheet.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  const add = (corner: [number, number]): void => {
    const last = corners.at(-1)
    if (last && Math.hypot(corner[0] - last[0], corner[1] - last[1]) < APART) return
    if (corners.length < MOST) corners.push(corner)
    line.setAttribute('points', corners.join(' '))
  }
  sheet.addEventListener('pointerdown', (event) => {
    sheet.setPointerCapture(event.pointerId)
    corners = []
    add(at(event))
  })
  sheet.addEventListener('pointermove', (event) => void (corners.length && add(at(event))))
  sheet.addEventListener('pointerup', () => {
    const drawn = corners
    remove()
    if (drawn.length > 2) done(drawn)
    else gone()
  })
  sheet.addEventListener('pointercancel', () => (remove(), gone()))
  const escape = (event: KeyboardEvent): void => void (event.key === 'Escape' && (remove(), gone()))
  document.addEventListener('keydown', escape)
  place.append(sheet)

  function remove(): void {
    document.removeEventListener('keydown', escape)
    sheet.remove()
  }
  return remove
}

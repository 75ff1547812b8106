/** A shape for each state and a mark for each evidence grade, drawn from the page's own symbols. */
import type { Map as MapLibre } from 'maplibre-gl'

/** Colours that colour-blind people tell apart (Okabe and Ito), each dark enough on the ground. */
export const COLOURS: Record<string, string> = {
  todo: '#5f6570', received: '#0072b2', returned: '#b45f00', accepted: '#00745a', custody: '#a8418a', closed: '#2b2b2b',
}
const MARKS: Record<string, string> = { good: '#1b6e3c', weak: '#8a4b00', none: '#b3261e' }
const FOUND = '#8a1c7c'
const PLAIN = '#5f6570'
const SIZE = 72

/** Draws a household's picture when the map first wants it: colouring, state, grade, findings, as `grade-received-good-1`. */
export function addShapes(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const [colouring, state, grade, found] = id.split('-')
    if (colouring && state && grade && !map.hasImage(id))
      map.addImage(id, pictureOf(state, grade, found === '1', colourOf(colouring, state, grade, found === '1')), { pixelRatio: 2 })
  })
}

function colourOf(colouring: string, state: string, grade: string, found: boolean): string {
  const by: Record<string, string | undefined> = { state: COLOURS[state], grade: MARKS[grade], found: found ? FOUND : undefined }
  return by[colouring] ?? PLAIN
}

/** The state's shape fills the middle; evidence's mark stands at the lower right, that of findings at the upper right. */
function pictureOf(state: string, grade: string, found: boolean, colour: string): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  lay(pen, pathOf(state), colour, 4, 4, 44)
  const mark = MARKS[grade]
  if (mark) laySmall(pen, grade, mark, 40)
  if (found) laySmall(pen, 'found', FOUND, 4)
  return pen.getImageData(0, 0, SIZE, SIZE)
}

/** A mark on a white disc at the right edge. */
function laySmall(pen: CanvasRenderingContext2D, name: string, colour: string, top: number): void {
  pen.beginPath()
  pen.arc(54, top + 14, 17, 0, 2 * Math.PI)
  pen.fillStyle = '#ffffff'
  pen.fill()
  lay(pen, pathOf(name), colour, 40, top, 28)
}

function lay(pen: CanvasRenderingContext2D, path: Path2D, colour: string, left: number, top: number, size: number): void {
  pen.save()
  pen.translate(left, top)
  pen.scale(size / 24, size / 24)
  pen.lineJoin = 'round'
  pen.lineWidth = 3
  pen.strokeStyle = '#ffffff'
  pen.stroke(path)
  pen.fillStyle = colour
  pen.fill(path, 'evenodd')
  pen.restore()
}

function pathOf(name: string): Path2D {
  return new Path2D(document.querySelector(`#shape-${name} path`)?.getAttribute('d') ?? '')
}

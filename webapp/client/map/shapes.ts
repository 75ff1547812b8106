/** A shape for each state and a mark for each evidence grade, drawn from the page's own symbols. */
import type { Map as MapLibre } from 'maplibre-gl'
import { GRADES, STATES } from './state.ts'

/** Colours that colour-blind people tell apart (Okabe and Ito), each dark enough on the ground. */
export const COLOURS: Record<string, string> = {
  todo: '#5f6570', received: '#0072b2', returned: '#b45f00', accepted: '#00745a', custody: '#a8418a', closed: '#2b2b2b',
}
const MARKS: Record<string, string> = { good: '#1b6e3c', weak: '#8a4b00', none: '#b3261e' }
const SIZE = 72
const UNSEEN = 'unseen' // nobody has interviewed there: no evidence is no fault yet

/** Gives the map one picture for each state and grade, called `received-good` and so on. */
export function addShapes(map: MapLibre): void {
  for (const state of STATES)
    for (const grade of [...GRADES, UNSEEN]) map.addImage(`${state}-${grade}`, pictureOf(state, grade), { pixelRatio: 2 })
}

/** The state fills the middle on white; the evidence's mark stands at the lower right. */
function pictureOf(state: string, grade: string): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  lay(pen, pathOf(state), COLOURS[state] ?? '#000', 4, 4, 44)
  const mark = MARKS[grade]
  if (mark) {
    pen.beginPath()
    pen.arc(54, 54, 17, 0, 2 * Math.PI)
    pen.fillStyle = '#ffffff'
    pen.fill()
    lay(pen, pathOf(grade), mark, 40, 40, 28)
  }
  return pen.getImageData(0, 0, SIZE, SIZE)
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

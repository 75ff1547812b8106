/** A signature drawn with a finger or a pen: its strokes and a small picture of them. */
import SignaturePad, { type PointGroup } from 'signature_pad'
import { captured, type Capture } from './digest.ts'

export const PNG = 'image/png'
export const STROKES = 'application/json'

/** Ink of an official signature. */
const INK = '#00318c'
const PAPER = '#ffffff'
/** More pixels than this make a larger file and no clearer signature. */
const WIDEST = 1200

/** The strokes as they are kept: points in CSS pixels with milliseconds since the first touch. */
export interface Strokes {
  width: number
  height: number
  strokes: { x: number; y: number; t: number; pressure: number }[][]
}

/** A place to sign. */
export interface Pad {
  isEmpty(): boolean
  clear(): void
  undo(): void
  /** Picture first, then strokes. */
  take(at: Date): Promise<[Capture, Capture]>
  close(): void
}

/** The pad's points, timed from the first touch and rounded to a tenth of a pixel. */
export function strokesOf(groups: PointGroup[], width: number, height: number): Strokes {
  const start = groups[0]?.points[0]?.time ?? 0
  const tenth = (value: number) => Math.round(value * 10) / 10
  const strokes = groups.map(({ points }) =>
    points.map((point) => ({ x: tenth(point.x), y: tenth(point.y), t: Math.round(point.time - start), pressure: tenth(point.pressure) })))
  return { width, height, strokes }
}

/** How many picture points a CSS pixel gets on this canvas. */
export function scaleOf(width: number, deviceRatio: number): number {
  return Math.min(Math.max(deviceRatio, 1), Math.max(1, WIDEST / Math.max(width, 1)))
}

/** The strokes made to fit another size of the canvas (a phone that was turned); never enlarged. */
export function fitted(groups: PointGroup[], factor: number): PointGroup[] {
  const scaled = (point: PointGroup['points'][number]) => ({ ...point, x: point.x * factor, y: point.y * factor })
  return factor >= 1 ? groups : groups.map((group) => ({ ...group, points: group.points.map(scaled) }))
}

/** Gives the canvas its points for the size it has on screen, and draws what was signed again. */
function size(canvas: HTMLCanvasElement, pad: SignaturePad, before: { width: number; height: number }): void {
  const { offsetWidth: width, offsetHeight: height } = canvas
  if (!width || (width === before.width && height === before.height)) return
  const factor = before.width ? Math.min(width / before.width, height / before.height) : 1
  const signed = fitted(pad.toData(), factor)
  const scale = scaleOf(width, globalThis.devicePixelRatio ?? 1)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.getContext('2d')?.scale(scale, scale)
  pad.clear()
  pad.fromData(signed)
  Object.assign(before, { width, height })
}

/** The picture of what was signed; a browser without room for it raises, so that no empty file is kept as a signature. */
export async function pictureOf(canvas: Pick<HTMLCanvasElement, 'toBlob'>): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, PNG))
  if (!blob) throw new Error('the browser has no room to draw the picture')
  return new Uint8Array(await blob.arrayBuffer())
}

async function take(canvas: HTMLCanvasElement, pad: SignaturePad, at: Date): Promise<[Capture, Capture]> {
  const strokes = strokesOf(pad.toData(), canvas.offsetWidth, canvas.offsetHeight)
  const text = new TextEncoder().encode(JSON.stringify(strokes)) as Uint8Array<ArrayBuffer>
  return Promise.all([captured(await pictureOf(canvas), PNG, at), captured(text, STROKES, at)])
}

/** Makes the canvas a place to sign; `changed` is called after each stroke. */
export function openPad(canvas: HTMLCanvasElement, changed: () => void): Pad {
  const pad = new SignaturePad(canvas, { penColor: INK, backgroundColor: PAPER, minWidth: 1, maxWidth: 3 })
  const known = { width: 0, height: 0 }
  size(canvas, pad, known)
  const watcher = new ResizeObserver(() => size(canvas, pad, known))
  watcher.observe(canvas)
  pad.addEventListener('endStroke', changed)
  const redraw = (groups: PointGroup[]) => {
    pad.clear()
    pad.fromData(groups)
    changed()
  }
  return {
    isEmpty: () => pad.isEmpty(),
    clear: () => redraw([]),
    undo: () => redraw(pad.toData().slice(0, -1)),
    take: (at) => take(canvas, pad, at),
    close: () => {
      watcher.disconnect()
      pad.off()
    },
  }
}

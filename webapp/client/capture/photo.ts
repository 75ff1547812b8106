/** A photo: from a file or the camera's picture to a small JPEG that says nothing but what it shows. */
import { captured, type Capture } from './digest.ts'
import { attempts, MOST_BYTES, nextAttempt, type Size } from './photo-size.ts'

export const JPEG = 'image/jpeg'

/** Why no photo came of it: the file is no picture the browser reads, or it cannot be made small enough. */
export class PhotoTrouble extends Error {
  readonly reason: 'unreadable' | 'too_large'
  constructor(reason: 'unreadable' | 'too_large') {
    super(reason)
    this.reason = reason
  }
}

type Canvas = OffscreenCanvas | HTMLCanvasElement

function canvasOf({ width, height }: Size): Canvas {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  return Object.assign(document.createElement('canvas'), { width, height }) // Safari before 16.4
}

function draw(source: CanvasImageSource, size: Size): Canvas {
  const canvas = canvasOf(size)
  const brush = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!brush) throw new PhotoTrouble('too_large')
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(source, 0, 0, size.width, size.height)
  return canvas
}

async function compress(canvas: Canvas, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: JPEG, quality })
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new PhotoTrouble('too_large'))), JPEG, quality)
  })
}

function release(canvas: Canvas): void {
  canvas.width = 1
  canvas.height = 1 // Safari keeps a canvas's memory until it is small
}

/** Redraws until the JPEG fits; each smaller size is drawn from the one before, so the original is freed at once. */
async function shrink(source: CanvasImageSource, size: Size, free: () => void): Promise<Blob> {
  const tries = attempts(size)
  let canvas: Canvas | null = null
  let at = 0
  for (let attempt = tries[at]; attempt; attempt = tries[at]) {
    if (canvas?.width !== attempt.width) {
      const before: Canvas | null = canvas
      canvas = draw(before ?? source, attempt)
      if (before) release(before)
      else free()
    }
    const blob = await compress(canvas, attempt.quality)
    if (blob.size <= MOST_BYTES) {
      release(canvas)
      return blob
    }
    at = nextAttempt(tries, at, blob.size)
  }
  throw new PhotoTrouble('too_large')
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PhotoTrouble('unreadable')
  }
}

/** The photo in a chosen file, upright, without the camera's metadata. Raises PhotoTrouble. */
export async function photoFromFile(file: Blob, at: Date): Promise<Capture> {
  const bitmap = await decoded(file)
  const blob = await shrink(bitmap, { width: bitmap.width, height: bitmap.height }, () => bitmap.close())
  return captured(new Uint8Array(await blob.arrayBuffer()), JPEG, at)
}

/** The picture the camera shows now. Raises PhotoTrouble. */
export async function photoFromVideo(video: HTMLVideoElement, at: Date): Promise<Capture> {
  if (!video.videoWidth) throw new PhotoTrouble('unreadable')
  const blob = await shrink(video, { width: video.videoWidth, height: video.videoHeight }, () => undefined)
  return captured(new Uint8Array(await blob.arrayBuffer()), JPEG, at)
}

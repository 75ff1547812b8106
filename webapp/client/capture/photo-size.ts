/** How large a photo may be, and the steps by which it is brought there. */

/** Long side in pixels and bytes of a kept photo (the one profile for everybody). */
export const LONGEST_SIDE = 1600
export const MOST_BYTES = 350 * 1024

export interface Size {
  width: number
  height: number
}

/** One try: draw at this size, compress with this quality. */
export interface Attempt extends Size {
  quality: number
}

const SIDES = [LONGEST_SIDE, 1280, 1024, 800, 640]
const QUALITIES = [0.82, 0.7, 0.58]

/** The size whose long side is at most `side`; never enlarged, never below one pixel. */
export function fit(size: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(size.width, size.height))
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
}

/** Tries from the best picture to the smallest: quality falls first, then the size. */
export function attempts(size: Size): Attempt[] {
  const longest = Math.max(size.width, size.height)
  const sides = SIDES.filter((side, at) => at === 0 || side < longest)
  return sides.flatMap((side) => QUALITIES.map((quality) => ({ ...fit(size, side), quality })))
}

/** Index of the next try worth making when a try gave `bytes`; a picture far too large skips the gentle steps. */
export function nextAttempt(tries: Attempt[], at: number, bytes: number): number {
  if (bytes <= MOST_BYTES * 2) return at + 1
  const current = tries[at]
  const smaller = tries.findIndex((attempt, index) => index > at && attempt.width < (current?.width ?? 0))
  return smaller === -1 ? at + 1 : smaller
}

/** One answer of the phone's positioning, and which of two is the better. */

export interface Fix {
  latitude: number
  longitude: number
  /** Radius in metres. */
  accuracy: number
  /** ISO instant of the device. */
  taken_at: string
}

type Place = Pick<Fix, 'latitude' | 'longitude'>

/** Worse than this (metres) comes from a phone mast and says little about a house. */
export const COARSE = 500
/** At most this is as good as it gets under an open sky. */
export const GOOD = 20

const METRES_PER_DEGREE = 111_320

/** Metres between two places, flat earth: they are not far apart. */
export function metresBetween(one: Place, other: Place): number {
  const north = (one.latitude - other.latitude) * METRES_PER_DEGREE
  const east = (one.longitude - other.longitude) * METRES_PER_DEGREE * Math.cos((one.latitude * Math.PI) / 180)
  return Math.hypot(north, east)
}

/** The fix of the two that tells more about where the phone is now: one place, the finer; moved on, the newer. */
export function better(before: Fix | null, now: Fix): Fix {
  if (!before) return now
  const moved = now.accuracy <= 100 && metresBetween(before, now) > before.accuracy + now.accuracy
  return moved || now.accuracy <= before.accuracy ? now : before
}

/** Whole seconds between the fix and a moment. */
export function ageOf(fix: { taken_at: string }, at: Date): number {
  return Math.max(0, Math.round((at.getTime() - Date.parse(fix.taken_at)) / 1000))
}

/** How long to wait before trying again: doubling from 2 seconds to 15 minutes, with full jitter. */

const FIRST_MS = 2_000
const LONGEST_MS = 15 * 60_000
const SHORTEST_MS = 500 // full jitter may draw nothing at all

/** Milliseconds after the `failures`-th failure in a row; `random` is 0 ≤ x < 1. */
export function backOff(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.max(SHORTEST_MS, Math.round(random * ceiling))
}

/** Nothing rests longer: what seems to was put off by a clock that has been set back since (a year written in พ.ศ., perhaps). */
export const LONGEST_REST_MS = 24 * 3600_000

/** When something put off until then, in milliseconds since 1970, is due: now, if a wrong clock said so. */
export function dueAt(until: number, now: number): number {
  return until > now + LONGEST_REST_MS ? now : until
}

/** Milliseconds asked for by `Retry-After`: seconds, or a date. */
export function retryAfter(header: string | null, now: number): number | null {
  if (!header) return null
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** How long to wait before trying again: doubling from 2 seconds to 15 minutes, with full jitter. */

const FIRST_MS = 2_000
const LONGEST_MS = 15 * 60_000
const SHORTEST_MS = 500 // full jitter may draw nothing at all

/** Milliseconds after the `failures`-th failure in a row; `random` is 0 ≤ x < 1. */
export function backOff(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.max(SHORTEST_MS, Math.round(random * ceiling))
}

/** Milliseconds asked for by `Retry-After`: seconds, or a date. */
export function retryAfter(header: string | null, now: number): number | null {
  if (!header) return null
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** Three-valued logic: unknown (null) decides nothing, but a known part may decide the whole. */

import type { Tri } from './plan.ts'

export function both(left: Tri, right: Tri): Tri {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

export function not(value: Tri): Tri {
  return value === null ? null : !value
}

/** How many are true; null when one that is unknown could be. */
export function countTrue(values: Tri[]): number | null {
  let count = 0
  for (const value of values) {
    if (value === null) return null
    if (value) count += 1
  }
  return count
}

/** One true decides; all false decide; otherwise unknown. */
export function anyTrue(values: Tri[]): Tri {
  if (values.includes(true)) return true
  return values.includes(null) ? null : false
}

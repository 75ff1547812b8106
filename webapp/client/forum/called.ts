/** Whom the forum calls up: the sample, and for who cannot be asked the next of the reserve. The register reckons alike. */
import type { ForumHouse } from '../offline/index.ts'

type Called = Pick<ForumHouse, 'stratum' | 'place' | 'reserve' | 'state'>

const FAILED = ['absent', 'refused', 'moved']

/**
 * In the order of calling. A failed call is replaced by the first reserve of its stratum that is not called yet, else by
 * the first of any; a reserve that fails is replaced too. Only how things stand decides, never the order they came in.
 */
export function called<H extends Called>(houses: H[]): H[] {
  const inTurn = (one: H, other: H) => one.place - other.place
  const up = houses.filter(({ reserve }) => !reserve).sort(inTurn)
  const reserve = houses.filter(({ reserve }) => reserve).sort(inTurn)
  for (const { state, stratum } of up) { // grows while it is walked
    if (!FAILED.includes(state)) continue
    const chosen = reserve.find((one) => one.stratum === stratum) ?? reserve[0]
    if (!chosen) break
    up.push(...reserve.splice(reserve.indexOf(chosen), 1))
  }
  return up
}

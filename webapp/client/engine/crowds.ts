/** Members picked out by a condition, worked out once in a run. */

import { countTrue } from './kleene.ts'
import type { CrowdPlan, Tri } from './plan.ts'
import type { Run } from './run.ts'

/** For each member whether the condition holds. */
export function crowdRows(run: Run, crowd: CrowdPlan): Tri[] {
  const kept = run.crowds[crowd.place]
  if (kept !== undefined) return kept
  run.crowds[crowd.place] = run.unknown // a circle of conditions ends here
  const rows: Tri[] = []
  for (let row = 0; row < run.ids.length; row += 1) rows.push(crowd.fits(run, row) as Tri)
  return (run.crowds[crowd.place] = rows)
}

/** How many members it holds for; null when one of them is unknown. */
export function crowdCount(run: Run, crowd: CrowdPlan): number | null {
  const kept = run.crowdCounts[crowd.place]
  if (kept !== undefined) return kept
  return (run.crowdCounts[crowd.place] = countTrue(crowdRows(run, crowd)))
}

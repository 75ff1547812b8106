/** Which cover and member fields are asked now: the engine's own conditions, read for the screen. */
import type { Compiled } from '../engine/index.ts'
import { startRun } from '../engine/run.ts'
import type { Interview } from '../engine/types.ts'

/** Keys as the engine names what is missing: `cover.soi`, `members.m1.sex`. */
export function fieldsAsked(compiled: Compiled, interview: Interview): Set<string> {
  const run = startRun(compiled, interview)
  const cover = compiled.cover.filter((plan) => !plan.asked || plan.asked(run, -1) === true)
  const members = run.ids.flatMap((id, row) =>
    compiled.members.filter((plan) => !plan.asked || plan.asked(run, row) === true).map((plan) => `members.${id}.${plan.field.id}`),
  )
  return new Set([...cover.map((plan) => `cover.${plan.field.id}`), ...members])
}

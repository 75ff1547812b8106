/** Answers in the one form in which they can be compared: what two people were told, side by side. */

import { isDeclined } from './answers.ts'
import type { Compiled } from './plan.ts'
import { property } from './read-values.ts'
import { startRun } from './run.ts'
import type { Interview } from './types.ts'

/** By question: the answer as the engine reads it, null where nothing fitting was said. Derived questions are not given. */
export function given(compiled: Compiled, interview: Interview): Record<string, unknown> {
  const run = startRun(compiled, interview)
  const plans = compiled.questions.filter((plan) => !plan.derived && !plan.people)
  return Object.fromEntries(
    plans.map((plan) => {
      const { id } = plan.question
      return [id, isDeclined(run, plan) ? null : plan.read(property(run.interview.answers, id))]
    }),
  )
}

/** What a question's state is in one interview: asked, applies, answered, its value. */

import { anyTrue, both } from './kleene.ts'
import type { QuestionPlan, Tri } from './plan.ts'
import { eligibleCount, eligibleRows } from './people.ts'
import { property } from './read-values.ts'
import type { Run } from './run.ts'

/** Whether the question is put at all: its section is on and its condition holds. */
export function asked(run: Run, plan: QuestionPlan): Tri {
  const kept = run.asked[plan.place]
  if (kept !== undefined) return kept
  run.asked[plan.place] = null // a circle of conditions ends here
  const result = plan.enabled && (plan.asked ? (plan.asked(run, -1) as Tri) : true)
  return (run.asked[plan.place] = result)
}

/** Asked, and there is somebody to ask about. */
export function applies(run: Run, plan: QuestionPlan): Tri {
  const kept = run.applies[plan.place]
  if (kept !== undefined) return kept
  run.applies[plan.place] = null
  const result = plan.people ? both(asked(run, plan), somebodyEligible(run, plan)) : asked(run, plan)
  return (run.applies[plan.place] = result)
}

function somebodyEligible(run: Run, plan: QuestionPlan): Tri {
  const rows = eligibleRows(run, plan)
  if (rows) return anyTrue(rows)
  const count = eligibleCount(run, plan)
  return count === null ? null : count > 0
}

export function isDeclined(run: Run, plan: QuestionPlan): boolean {
  return run.declines && run.declined.has(plan.question.id)
}

/** The answer where it counts: given, fitting, not declined, to a question that applies; otherwise null. */
export function answerOf(run: Run, plan: QuestionPlan): unknown {
  const kept = run.answers[plan.place]
  if (kept !== undefined) return kept
  run.answers[plan.place] = null
  const counts = !isDeclined(run, plan) && applies(run, plan) === true
  return (run.answers[plan.place] = counts ? plan.read(property(run.interview.answers, plan.question.id)) : null)
}

export function isAnswered(run: Run, plan: QuestionPlan): boolean {
  const answer = answerOf(run, plan)
  if (plan.derived) return run.paper && plan.question.paper === true && answer !== null
  if (!plan.people || answer === null) return answer !== null
  return peopleAnswerFits(run, answer)
}

/** Whether something was answered at all, also to a question that does not apply: rules look for just that. */
export function isGiven(run: Run, plan: QuestionPlan): boolean {
  if (applies(run, plan) === true || plan.derived) return isAnswered(run, plan)
  const given = isDeclined(run, plan) ? null : plan.read(property(run.interview.answers, plan.question.id))
  return plan.people ? given !== null && peopleAnswerFits(run, given) : given !== null
}

/** By name at the doorstep, by count on paper. */
function peopleAnswerFits(run: Run, answer: unknown): boolean {
  const { who, counts } = answer as { who: unknown; counts: unknown }
  return (run.paper ? counts : who) !== null
}

/** A derived question's own figure, always computed. */
export function derivedValue(run: Run, plan: QuestionPlan): number | null {
  const kept = run.derived[plan.place]
  if (kept !== undefined) return kept
  run.derived[plan.place] = null
  const computed = plan.value && asked(run, plan) === true ? (plan.value(run, -1) as number | null) : null
  return (run.derived[plan.place] = computed !== null && Number.isFinite(computed) ? computed : null)
}

/** The form's own figure where one was typed (paper mode), else the computed one: for rules that compare them. */
export function writtenValue(run: Run, plan: QuestionPlan): number | null {
  return isAnswered(run, plan) ? (answerOf(run, plan) as number) : derivedValue(run, plan)
}

/** Questions about people: who is eligible, who is in which group, how many. */

import { answerOf, applies, asked, isAnswered } from './answers.ts'
import { crowdCount, crowdRows } from './crowds.ts'
import { both, countTrue, not } from './kleene.ts'
import type { AmongPlan, QuestionPlan, Tri } from './plan.ts'
import type { PeopleAnswer } from './read-values.ts'
import type { Run } from './run.ts'

/** Each member's eligibility; null when only a number is known: people named by another question, on paper. */
export function eligibleRows(run: Run, plan: QuestionPlan): Tri[] | null {
  const kept = run.rows[plan.place]
  if (kept !== undefined) return kept
  run.rows[plan.place] = run.unknown // a circle of conditions ends here
  return (run.rows[plan.place] = run.paper && plan.among ? null : freshRows(run, plan))
}

function freshRows(run: Run, plan: QuestionPlan): Tri[] {
  const put = asked(run, plan)
  if (put === false) return run.nobody
  const fitting = plan.eligible ? crowdRows(run, plan.eligible) : run.everybody
  const { among } = plan
  if (put === true && among === null) return fitting
  return fitting.map((fits, row) => (fits === false ? false : both(both(put, fits), among ? isAmong(run, among, row) : true)))
}

/** In the other question's groups; for `others`, eligible there and in none of them. */
function isAmong(run: Run, among: AmongPlan, row: number): Tri {
  const named = personIn(run, among.question, among.groups, row)
  if (!among.others) return named
  return both(eligibleRows(run, among.question)?.[row] ?? null, not(named))
}

/** How many people the question is about; null when unknown. */
export function eligibleCount(run: Run, plan: QuestionPlan): number | null {
  const kept = run.eligible[plan.place]
  if (kept !== undefined) return kept
  const rows = eligibleRows(run, plan)
  return (run.eligible[plan.place] = rows ? countTrue(rows) : countAmong(run, plan))
}

/** Paper: at most those fitting, and at most those the other question counts. */
function countAmong(run: Run, plan: QuestionPlan): number | null {
  const put = asked(run, plan)
  const fitting = plan.eligible ? crowdCount(run, plan.eligible) : run.ids.length
  const named = amongCount(run, plan.among!)
  if (put === false || fitting === 0 || named === 0) return 0
  return put === null || fitting === null || named === null ? null : Math.min(fitting, named)
}

/** However many the form counts: no more than the other question is about. */
function amongCount(run: Run, among: AmongPlan): number | null {
  const named = countIn(run, among.question, among.groups)
  const all = eligibleCount(run, among.question)
  if (!among.others) return named === null || all === null ? named : Math.min(named, all)
  if (all === 0) return 0
  return all === null || named === null ? null : Math.max(0, all - named)
}

/** Whether one member is in one of the groups (no groups named: in any). */
export function personIn(run: Run, plan: QuestionPlan, groups: string[], row: number): Tri {
  const rows = eligibleRows(run, plan)
  if (rows && rows[row] !== true) return rows[row] ?? null
  if (run.paper) return countIn(run, plan, groups) === 0 ? false : null
  if (!isAnswered(run, plan)) return null
  return isInside(run, plan, answerOf(run, plan) as PeopleAnswer, groups, row)
}

/** How many people are in the groups (none named: in any); null when unknown. */
export function countIn(run: Run, plan: QuestionPlan, groups: string[]): number | null {
  if (groups.length > 0) return freshCount(run, plan, groups)
  const kept = run.counts[plan.place]
  if (kept !== undefined) return kept
  return (run.counts[plan.place] = freshCount(run, plan, groups))
}

function freshCount(run: Run, plan: QuestionPlan, groups: string[]): number | null {
  const put = applies(run, plan)
  if (put !== true) return put === false ? 0 : null
  if (!isAnswered(run, plan)) return null
  const answer = answerOf(run, plan) as PeopleAnswer
  return run.paper ? countOnPaper(plan, answer, groups) : countByName(run, plan, answer, groups)
}

/** People who may be in several groups at once are at least as many as the largest group. */
function countOnPaper(plan: QuestionPlan, { counts }: PeopleAnswer, groups: string[]): number {
  const wanted = groups.length > 0 ? groups : plan.groups.map((group) => group.name)
  const numbers = wanted.map((group) => counts![group] ?? 0)
  return plan.question.multiple ? Math.max(...numbers) : numbers.reduce((sum, each) => sum + each, 0)
}

function countByName(run: Run, plan: QuestionPlan, answer: PeopleAnswer, groups: string[]): number | null {
  const rows = eligibleRows(run, plan)!
  let count = 0
  for (let row = 0; row < rows.length; row += 1) {
    const inside = rows[row] === true ? isInside(run, plan, answer, groups, row) : rows[row]
    if (inside === null) return null
    if (inside) count += 1
  }
  return count
}

/** Whether an eligible member was put in one of the groups. */
function isInside(run: Run, plan: QuestionPlan, { who }: PeopleAnswer, groups: string[], row: number): Tri {
  const named = who!.get(run.ids[row]!)
  if (named === undefined || named.length === 0) return false
  const found = plan.conditional ? groupsThatFit(run, plan, row, named) : named
  if (found === null) return wantsAny(plan, groups) ? true : null
  return groups.length === 0 ? found.length > 0 : found.some((group) => groups.includes(group))
}

/** Whether any of the groups will do: whoever is in one group alone is in one of them, also while nobody knows in which (24.1). */
function wantsAny({ question, groups }: QuestionPlan, wanted: string[]): boolean {
  return question.multiple !== true && (wanted.length === 0 || groups.every(({ name }) => wanted.includes(name)))
}

/** The named groups whose condition holds; where one tap names a person, the group follows their own data (24.1). */
function groupsThatFit(run: Run, plan: QuestionPlan, row: number, named: string[]): string[] | null {
  const fitting = fittingGroups(run, plan, row, (name) => named.includes(name))
  if (plan.question.multiple || fitting === null || fitting.length > 0) return fitting
  return fittingGroups(run, plan, row, (_, isConditional) => isConditional)?.slice(0, 1) ?? null
}

function fittingGroups(run: Run, plan: QuestionPlan, row: number, wanted: (name: string, isConditional: boolean) => boolean): string[] | null {
  const fitting: string[] = []
  for (const { name, where } of plan.groups) {
    if (!wanted(name, where !== null)) continue
    const fits = where ? where(run, row) : true
    if (fits === null) return null
    if (fits) fitting.push(name)
  }
  return fitting
}

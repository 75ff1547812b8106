/** Questions about people: who is eligible, who is in which group, how many. */

import { answerOf, applies, asked, isAnswered } from './answers.ts'
import { both, countTrue, not } from './kleene.ts'
import type { AmongPlan, QuestionPlan, Tri } from './plan.ts'
import type { PeopleAnswer } from './read-values.ts'
import type { Run } from './run.ts'

/** On paper, people named by another question are only a number. */
export function isCountOnly(run: Run, plan: QuestionPlan): boolean {
  return run.paper && plan.among !== null
}

/** Each member's eligibility; null when only a number is known (paper). */
export function eligibleRows(run: Run, plan: QuestionPlan): Tri[] | null {
  const kept = run.rows[plan.place]
  if (kept !== undefined) return kept
  run.rows[plan.place] = run.ids.map(() => null) // a circle of conditions ends here
  return (run.rows[plan.place] = isCountOnly(run, plan) ? null : freshRows(run, plan))
}

function freshRows(run: Run, plan: QuestionPlan): Tri[] {
  const put = asked(run, plan)
  return run.ids.map((_, row) => {
    const fits = put === false ? false : both(put, memberFits(run, plan, row))
    return plan.among && fits !== false ? both(fits, isAmong(run, plan.among, row)) : fits
  })
}

function memberFits(run: Run, plan: QuestionPlan, row: number): Tri {
  return plan.eligible ? (plan.eligible(run, row) as Tri) : true
}

/** In the other question's groups; for `others`, eligible there and in none of them. */
function isAmong(run: Run, among: AmongPlan, row: number): Tri {
  const named = personIn(run, among.question, among.groups, row)
  if (!among.others) return named
  return both(eligibleRows(run, among.question)?.[row] ?? null, not(named))
}

/** How many people the question is about; null when unknown. */
export function eligibleCount(run: Run, plan: QuestionPlan): number | null {
  const rows = eligibleRows(run, plan)
  if (rows) return countTrue(rows)
  const put = asked(run, plan)
  if (put === false) return 0
  const count = countAmong(run, plan)
  return put === null && count !== 0 ? null : count
}

/** Paper: at most those fitting, and at most those the other question counts. */
function countAmong(run: Run, plan: QuestionPlan): number | null {
  const fitting = countTrue(run.ids.map((_, row) => memberFits(run, plan, row)))
  const named = amongCount(run, plan.among!)
  if (fitting === 0 || named === 0) return 0
  return fitting === null || named === null ? null : Math.min(fitting, named)
}

function amongCount(run: Run, among: AmongPlan): number | null {
  const named = countIn(run, among.question, among.groups)
  if (!among.others) return named
  const all = eligibleCount(run, among.question)
  if (all === 0) return 0
  return all === null || named === null ? null : Math.max(0, all - named)
}

/** Whether one member is in one of the groups (no groups named: in any). */
export function personIn(run: Run, plan: QuestionPlan, groups: string[], row: number): Tri {
  const rows = eligibleRows(run, plan)
  if (rows && rows[row] !== true) return rows[row] ?? null
  if (run.paper) return countIn(run, plan, groups) === 0 ? false : null
  if (!isAnswered(run, plan)) return null
  return overlaps(groupsOf(run, plan, row), groups)
}

/** How many people are in the groups (none named: in any); null when unknown. */
export function countIn(run: Run, plan: QuestionPlan, groups: string[]): number | null {
  const put = applies(run, plan)
  if (put !== true) return put === false ? 0 : null
  if (!isAnswered(run, plan)) return null
  if (run.paper) return countOnPaper(plan, answerOf(run, plan) as PeopleAnswer, groups)
  return countTrue(run.ids.map((_, row) => personIn(run, plan, groups, row)))
}

/** People who may be in several groups at once are at least as many as the largest group. */
function countOnPaper(plan: QuestionPlan, { counts }: PeopleAnswer, groups: string[]): number {
  const wanted = groups.length > 0 ? groups : plan.groups.map((group) => group.name)
  const numbers = wanted.map((group) => counts![group] ?? 0)
  return plan.question.multiple ? Math.max(0, ...numbers) : numbers.reduce((sum, each) => sum + each, 0)
}

function overlaps(found: string[] | null, wanted: string[]): Tri {
  if (found === null) return null
  return wanted.length === 0 ? found.length > 0 : found.some((group) => wanted.includes(group))
}

/** A member's groups; null while a group's own condition is unknown. */
function groupsOf(run: Run, plan: QuestionPlan, row: number): string[] | null {
  const { who } = answerOf(run, plan) as PeopleAnswer
  const id = run.ids[row]!
  const named = Object.prototype.hasOwnProperty.call(who!, id) ? who![id]! : []
  if (named.length === 0 || plan.groups.every((group) => group.where === null)) return named
  return plan.question.multiple ? fittingGroups(run, plan, row, named) : followedGroup(run, plan, row, named)
}

/** Of the groups named, those whose condition holds. */
function fittingGroups(run: Run, plan: QuestionPlan, row: number, named: string[]): string[] | null {
  const fitting: string[] = []
  for (const group of plan.groups.filter(({ name }) => named.includes(name))) {
    const fits = group.where ? group.where(run, row) : true
    if (fits === null) return null
    if (fits) fitting.push(group.name)
  }
  return fitting
}

/** One tap a person: the group follows the member's own data (24.1's age bands). */
function followedGroup(run: Run, plan: QuestionPlan, row: number, named: string[]): string[] | null {
  const stays = fittingGroups(run, plan, row, named)
  if (stays === null || stays.length > 0) return stays
  for (const group of plan.groups) {
    const fits = group.where ? group.where(run, row) : false
    if (fits !== false) return fits === null ? null : [group.name]
  }
  return []
}

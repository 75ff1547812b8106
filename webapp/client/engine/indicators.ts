/** Each indicator's result: a known failure decides; nobody eligible is not assessed; the rest may be undecided. */

import { anyTrue, countTrue } from './kleene.ts'
import { countIn, eligibleCount, eligibleRows, personIn } from './people.ts'
import type { IndicatorPlan, PartPlan, Tri } from './plan.ts'
import type { Run } from './run.ts'
import type { IndicatorResult, Result } from './types.ts'

export function indicatorResult(run: Run, plan: IndicatorPlan): IndicatorResult {
  return plan.indicator.unit === 'household' ? householdResult(run, plan) : personResult(run, plan)
}

function householdResult(run: Run, plan: IndicatorPlan): IndicatorResult {
  const applies = plan.applies ? (plan.applies(run, -1) as Tri) : true
  if (applies === null) return said(plan, 'undecided', null, null)
  if (!applies) return said(plan, 'not_assessed', 0, 0)
  const met = plan.met ? (plan.met(run, -1) as Tri) : null
  if (met === null) return said(plan, 'undecided', 1, null)
  return met ? said(plan, 'met', 1, 0) : said(plan, 'not_met', 1, 1)
}

function personResult(run: Run, plan: IndicatorPlan): IndicatorResult {
  const failing = failingOf(run, plan)
  const eligible = eligibleOf(run, plan)
  if (eligible === 0) return said(plan, 'not_assessed', 0, 0)
  if (failing.known > 0) return said(plan, 'not_met', eligible, Math.min(failing.known, eligible ?? failing.known), failing.members)
  if (eligible === null || !failing.complete) return said(plan, 'undecided', eligible, null)
  return said(plan, 'met', eligible, 0)
}

function said(plan: IndicatorPlan, result: Result, eligible: number | null, failing: number | null, members: string[] = []): IndicatorResult {
  return { no: plan.indicator.no, unit: plan.indicator.unit, result, eligible, failing, members }
}

/** Parts whose `when` does not fail. */
function openParts(run: Run, parts: PartPlan[]): PartPlan[] {
  return parts.filter((part) => part.when === null || part.when(run, -1) !== false)
}

const isCertain = (run: Run, part: PartPlan): boolean => part.when === null || part.when(run, -1) === true

/** People in any of the parts; on paper, where nobody is named, the parts' sum. */
function eligibleOf(run: Run, plan: IndicatorPlan): number | null {
  const parts = openParts(run, plan.eligible)
  if (parts.length === 1) return certainCount(run, parts[0]!, eligibleCount(run, parts[0]!.question))
  const rows = parts.map((part) => certainRows(run, part))
  if (rows.every((each) => each !== null)) return countTrue(unionOf(run, rows as Tri[][]))
  return addUp(parts.map((part) => certainCount(run, part, eligibleCount(run, part.question))))
}

function certainRows(run: Run, part: PartPlan): Tri[] | null {
  const rows = eligibleRows(run, part.question)
  return rows && !isCertain(run, part) ? rows.map((row) => (row === false ? false : null)) : rows
}

/** Nobody is nobody whatever the condition; a count below zero is none (R11 says so). */
function certainCount(run: Run, part: PartPlan, count: number | null): number | null {
  if (count === null || count < 0) return null
  return count === 0 || isCertain(run, part) ? count : null
}

function unionOf(run: Run, lists: Tri[][]): Tri[] {
  return run.ids.map((_, row) => anyTrue(lists.map((list) => list[row] ?? null)))
}

function addUp(counts: (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}

interface Failing {
  known: number
  complete: boolean
  members: string[]
}

/** Who is known to fail, and whether every part is known. */
function failingOf(run: Run, plan: IndicatorPlan): Failing {
  const parts = openParts(run, plan.failing)
  const counts = parts.map((part) => certainCount(run, part, countIn(run, part.question, part.groups)))
  const complete = !counts.includes(null)
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0)
  if (run.paper || (complete && sum === 0)) return { known: sum, complete, members: [] }
  const members = failingMembers(run, parts.filter((part) => isCertain(run, part)))
  return { known: members.length, complete, members }
}

/** One known failure decides, whatever else is unknown; nobody is counted twice. */
function failingMembers(run: Run, parts: PartPlan[]): string[] {
  return run.ids.filter((_, row) => parts.some((part) => personIn(run, part.question, part.groups, row) === true))
}

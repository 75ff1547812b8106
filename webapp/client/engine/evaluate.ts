/** One interview against one version: what applies, what is missing, what fails, what comes out. */

import { applies, derivedValue, isAnswered, isDeclined } from './answers.ts'
import { indicatorResult } from './indicators.ts'
import { countIn, eligibleCount, eligibleRows } from './people.ts'
import type { Compiled, FieldPlan, QuestionPlan, RulePlan } from './plan.ts'
import { type Run, ageOf, coverValue, memberValue, startRun } from './run.ts'
import type { Evaluation, Failure, Interview, QuestionState } from './types.ts'

export function evaluate(compiled: Compiled, interview: Interview): Evaluation {
  const run = startRun(compiled, interview)
  const derived = compiled.questions.filter((plan) => plan.question.kind === 'derived')
  return {
    questions: Object.fromEntries(compiled.questions.map((plan) => [plan.question.id, questionState(run, plan)])),
    missing: missing(run),
    values: Object.fromEntries(derived.map((plan) => [plan.question.id, derivedValue(run, plan)])),
    failures: compiled.rules.flatMap((plan) => failuresOf(run, plan)),
    indicators: compiled.indicators.map((plan) => indicatorResult(run, plan)),
    ages: Object.fromEntries(run.ids.map((id, row) => [id, { years: knownAge(run, row, 'years'), months: knownAge(run, row, 'months') }])),
  }
}

function knownAge(run: Run, row: number, unit: 'years' | 'months'): number | null {
  const age = ageOf(run, row, unit)
  return Number.isNaN(age) ? null : age
}

function questionState(run: Run, plan: QuestionPlan): QuestionState {
  const state: QuestionState = { applies: applies(run, plan), answered: isAnswered(run, plan), declined: isDeclined(run, plan) }
  if (plan.question.kind !== 'people') return state
  const rows = run.paper ? null : eligibleRows(run, plan)
  return {
    ...state,
    eligible: eligibleCount(run, plan),
    ...(rows && { eligible_members: run.ids.filter((_, row) => rows[row] === true) }),
    ...(rows && hasConditions(plan) && { open_groups: openGroups(run, plan) }),
    count: countIn(run, plan, []),
  }
}

const hasConditions = (plan: QuestionPlan): boolean => plan.groups.some((group) => group.where !== null)

/** The groups each eligible member could be put in. */
function openGroups(run: Run, plan: QuestionPlan): Record<string, string[]> {
  const rows = eligibleRows(run, plan) ?? []
  const open = (row: number): string[] =>
    plan.groups.filter((group) => !group.where || group.where(run, row) === true).map((group) => group.name)
  return Object.fromEntries(run.ids.flatMap((id, row) => (rows[row] === true ? [[id, open(row)]] : [])))
}

function failuresOf(run: Run, { rule, fails }: RulePlan): Failure[] {
  const { id, code, severity, about, message_th } = rule
  const failure = { id, code, severity, about, message_th }
  if (rule.scope === 'household') return fails(run, -1) === true ? [failure] : []
  return run.ids.flatMap((member, row) => (fails(run, row) === true ? [{ ...failure, member }] : []))
}

/** Required, applying, unanswered and not declined: cover, then members, then questions. */
function missing(run: Run): string[] {
  const { cover, members, questions } = run.compiled
  const required = members.filter((plan) => plan.field.required)
  return [
    ...cover.filter((plan) => plan.field.required && isCoverMissing(run, plan)).map((plan) => `cover.${plan.field.id}`),
    ...run.ids.flatMap((id, row) => required.filter((plan) => isMemberMissing(run, plan, row)).map((plan) => `members.${id}.${plan.field.id}`)),
    ...questions.filter((plan) => isQuestionMissing(run, plan)).map((plan) => plan.question.id),
  ]
}

function isCoverMissing(run: Run, plan: FieldPlan): boolean {
  const asked = plan.asked ? plan.asked(run, -1) : true
  return asked === true && coverValue(run, plan) === null && !run.declined.has(`cover.${plan.field.id}`)
}

function isMemberMissing(run: Run, plan: FieldPlan, row: number): boolean {
  const asked = plan.asked ? plan.asked(run, row) : true
  return asked === true && memberValue(run, plan, row) === null && !run.declined.has(`members.${run.ids[row]}.${plan.field.id}`)
}

function isQuestionMissing(run: Run, plan: QuestionPlan): boolean {
  const { required, kind } = plan.question
  if (!required || kind === 'derived' || applies(run, plan) !== true) return false
  return !isDeclined(run, plan) && !isAnswered(run, plan)
}

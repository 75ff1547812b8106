/** One interview against one version: what applies, what is missing, what fails, what comes out. */

import { applies, derivedValue, isAnswered, isDeclined } from './answers.ts'
import { indicatorResult } from './indicators.ts'
import { countIn, eligibleCount, eligibleRows } from './people.ts'
import type { Compiled, FieldPlan, QuestionPlan, RulePlan, Tri } from './plan.ts'
import { type Run, coverValue, memberValue, startRun } from './run.ts'
import type { Evaluation, Failure, Interview, QuestionState, Rule } from './types.ts'

export function evaluate(compiled: Compiled, interview: Interview): Evaluation {
  const run = startRun(compiled, interview)
  return { questions: questionStates(run), ...judged(run) }
}

/** The evaluation without each question's state: what the register keeps. */
export function judge(compiled: Compiled, interview: Interview): Omit<Evaluation, 'questions'> {
  return judged(startRun(compiled, interview))
}

function judged(run: Run): Omit<Evaluation, 'questions'> {
  const { compiled } = run
  return {
    missing: missing(run),
    values: derivedValues(run),
    failures: failures(run),
    indicators: compiled.indicators.map((plan) => indicatorResult(run, plan)),
    ages: Object.fromEntries(run.ids.map((id, row) => [id, { years: known(run.years[row]), months: known(run.months[row]) }])),
  }
}

function derivedValues(run: Run): Evaluation['values'] {
  const values: Evaluation['values'] = {}
  for (const plan of run.compiled.questions)
    if (plan.derived) values[plan.question.id] = derivedValue(run, plan)
  return values
}

/** An age before birth is none. */
function known(age: number | null | undefined): number | null {
  return age === undefined || Number.isNaN(age) ? null : age
}

function questionStates(run: Run): Evaluation['questions'] {
  const states: Evaluation['questions'] = {}
  for (const plan of run.compiled.questions) states[plan.question.id] = questionState(run, plan)
  return states
}

function questionState(run: Run, plan: QuestionPlan): QuestionState {
  const state: QuestionState = { applies: applies(run, plan), answered: isAnswered(run, plan), declined: isDeclined(run, plan) }
  if (!plan.people) return state
  state.eligible = eligibleCount(run, plan)
  state.count = countIn(run, plan, [])
  const rows = run.paper ? null : eligibleRows(run, plan)
  if (!rows) return state
  state.eligible_members = run.ids.filter((_, row) => rows[row] === true)
  if (plan.conditional) state.open_groups = openGroups(run, plan, rows)
  return state
}

/** The groups each eligible member could be put in. */
function openGroups(run: Run, plan: QuestionPlan, rows: Tri[]): Record<string, string[]> {
  const open = (row: number): string[] =>
    plan.groups.filter((group) => !group.where || group.where(run, row) === true).map((group) => group.name)
  return Object.fromEntries(run.ids.flatMap((id, row) => (rows[row] === true ? [[id, open(row)]] : [])))
}

/** A hundred rules, of which hardly any fails: a counted loop, since QuickJS pays for every call. */
function failures(run: Run): Failure[] {
  const found: Failure[] = []
  const { rules } = run.compiled
  for (let place = 0; place < rules.length; place += 1) {
    const { rule, fails, member } = rules[place]!
    if (member) addForMembers(run, rules[place]!, found)
    else if (fails(run, -1) === true) found.push(failure(rule))
  }
  return found
}

function addForMembers(run: Run, { rule, fails }: RulePlan, found: Failure[]): void {
  for (let row = 0; row < run.ids.length; row += 1)
    if (fails(run, row) === true) found.push({ ...failure(rule), member: run.ids[row]! })
}

function failure({ id, code, severity, about, message_th }: Rule): Failure {
  return { id, code, severity, about, message_th }
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
  if (!plan.question.required || plan.derived || applies(run, plan) !== true) return false
  return !isDeclined(run, plan) && !isAnswered(run, plan)
}

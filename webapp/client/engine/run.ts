/** One interview being evaluated: its values read once, its answers remembered. */

import { completedMonths, parseBirth, parseDay } from './dates.ts'
import type { Compiled, FieldPlan, Tri, Value } from './plan.ts'
import { property } from './read-values.ts'
import type { Interview } from './types.ts'

/** Months of somebody born after the interview's date: in no age band, whatever the comparison. */
export const NOT_YET_BORN = Number.NaN

export interface Run {
  compiled: Compiled
  interview: Interview
  paper: boolean
  declined: Set<string>
  /** Whether anything was declined: seldom, and asking the set costs a call. */
  declines: boolean
  /** One value for everybody, never written to: a circle of conditions ends at "unknown". */
  unknown: Tri[]
  everybody: Tri[]
  nobody: Tri[]
  /** Member ids, in the table's order. */
  ids: string[]
  /** Completed months, null unknown, NaN before birth. */
  months: (number | null)[]
  years: (number | null)[]
  cover: (Value | undefined)[]
  fields: (Value | undefined)[][]
  crowds: (Tri[] | undefined)[]
  crowdCounts: (number | null | undefined)[]
  asked: (Tri | undefined)[]
  rows: (Tri[] | null | undefined)[]
  eligible: (number | null | undefined)[]
  applies: (Tri | undefined)[]
  counts: (number | null | undefined)[]
  answers: unknown[]
  derived: (number | null | undefined)[]
}

/** A fresh run; whatever is malformed in the interview counts as not said. */
export function startRun(compiled: Compiled, raw: Interview): Run {
  const interview = tidy(raw)
  const { members } = interview
  const perQuestion = blank(compiled.questions.length)
  const months = members.map((member) => monthsOf(property(member, compiled.birth ?? ''), interview.date))
  return {
    compiled,
    interview,
    paper: interview.mode === 'paper',
    declined: new Set(interview.declined),
    declines: interview.declined.length > 0,
    unknown: members.map(() => null),
    everybody: members.map(() => true),
    nobody: members.map(() => false),
    ids: members.map((member) => String(member.id)),
    months,
    years: months.map((each) => (each === null ? null : Math.floor(each / 12))),
    cover: blank(compiled.cover.length),
    fields: members.map(() => blank(compiled.members.length)),
    crowds: blank(compiled.crowds),
    crowdCounts: blank(compiled.crowds),
    asked: perQuestion.slice(),
    rows: perQuestion.slice(),
    eligible: perQuestion.slice(),
    applies: perQuestion.slice(),
    counts: perQuestion.slice(),
    answers: perQuestion.slice(),
    derived: perQuestion.slice(),
  }
}

/** Nothing known yet. Filled: QuickJS keeps an array with holes as a dictionary, several times slower. */
function blank(length: number): undefined[] {
  return new Array<undefined>(length).fill(undefined)
}

function tidy(raw: Interview): Interview {
  const members = Array.isArray(raw.members) ? raw.members.filter((member) => typeof member === 'object' && member !== null) : []
  const declined = Array.isArray(raw.declined) ? raw.declined : []
  return { ...raw, members, declined, date: String(raw.date ?? '') }
}

function monthsOf(birth: unknown, date: string): number | null {
  const born = typeof birth === 'string' ? parseBirth(birth) : null
  const on = parseDay(date)
  if (!born || !on) return null
  const months = completedMonths(born, on)
  return months < 0 ? NOT_YET_BORN : months
}

/** A cover field's value; unknown when it does not apply or was declined. */
export function coverValue(run: Run, plan: FieldPlan): Value {
  const kept = run.cover[plan.place]
  if (kept !== undefined) return kept
  run.cover[plan.place] = null // a circle of conditions ends here
  const declined = run.declined.has(`cover.${plan.field.id}`)
  return (run.cover[plan.place] = fieldValue(run, plan, -1, declined, run.interview.cover))
}

/** A member field's value in one row of the table. */
export function memberValue(run: Run, plan: FieldPlan, row: number): Value {
  const memo = run.fields[row]
  if (!memo) return null
  const kept = memo[plan.place]
  if (kept !== undefined) return kept
  memo[plan.place] = null
  const declined = run.declines && run.declined.has(`members.${run.ids[row]}.${plan.field.id}`)
  return (memo[plan.place] = fieldValue(run, plan, row, declined, run.interview.members[row]))
}

function fieldValue(run: Run, plan: FieldPlan, row: number, declined: boolean, record: unknown): Value {
  if (declined || (plan.asked && plan.asked(run, row) !== true)) return null
  return plan.read(property(record, plan.field.id))
}

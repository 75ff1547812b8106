/** A version made ready to run: every rule a closure, every name a place. */

import type { Run } from './run.ts'
import type { Definition, Field, Indicator, Question, Rule } from './types.ts'

/** true, false, or null for "not known yet" (Kleene). */
export type Tri = boolean | null

export type Value = number | boolean | string | null

/** A rule's closure; `row` is the member it is about, -1 for the household. */
export type Code = (run: Run, row: number) => Value

export interface FieldPlan {
  field: Field
  place: number
  asked: Code | null
  read: (raw: unknown) => Value
}

/** A condition on members, worked out once for everybody and shared by all who use the same words. */
export interface CrowdPlan {
  place: number
  fits: Code
}

export interface GroupPlan {
  name: string
  where: Code | null
}

export interface AmongPlan {
  question: QuestionPlan
  groups: string[]
  others: boolean
}

export interface QuestionPlan {
  question: Question
  place: number
  /** Of the kind that asks about people by name or number. */
  people: boolean
  derived: boolean
  enabled: boolean
  asked: Code | null
  read: (raw: unknown) => unknown
  eligible: CrowdPlan | null
  among: AmongPlan | null
  groups: GroupPlan[]
  /** Some group has a condition of its own. */
  conditional: boolean
  value: Code | null
}

export interface PartPlan {
  question: QuestionPlan
  groups: string[]
  when: Code | null
}

export interface IndicatorPlan {
  indicator: Indicator
  applies: Code | null
  met: Code | null
  eligible: PartPlan[]
  failing: PartPlan[]
}

export interface RulePlan {
  rule: Rule
  /** About each member, not about the household. */
  member: boolean
  fails: Code
}

export interface Compiled {
  definition: Definition
  cover: FieldPlan[]
  members: FieldPlan[]
  questions: QuestionPlan[]
  indicators: IndicatorPlan[]
  rules: RulePlan[]
  birth: string | null
  crowds: number
}

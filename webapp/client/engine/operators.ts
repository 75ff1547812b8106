/** Comparisons and arithmetic on values that may be unknown. */

import type { Code, Value } from './plan.ts'
import type { ChainOperator, CompareOperator } from './syntax.ts'

type Unit = 'years' | 'months'
type Comparison = (left: NonNullable<Value>, right: NonNullable<Value>) => boolean
type Calculation = (left: number | null, right: number | null) => number | null

/** NaN (not yet born) is neither below, above, equal nor unequal to anything. */
const isNumberless = (value: Value): boolean => value !== value

const COMPARISONS: Record<CompareOperator, Comparison> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right && !isNumberless(left) && !isNumberless(right),
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

const OPPOSITES: Record<CompareOperator, CompareOperator> = {
  '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<',
}

export function compared(operator: CompareOperator, left: Code, right: Code): Code {
  const holds = COMPARISONS[operator]
  return (run, row) => {
    const a = left(run, row)
    if (a === null) return null
    const b = right(run, row)
    return b === null ? null : holds(a, b)
  }
}

/** The commonest comparison, with a fixed value, in one step: QuickJS pays for every call. */
const FIXED: Record<CompareOperator, (left: Code, value: NonNullable<Value>) => Code> = {
  '=': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a === value },
  '!=': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a !== value && a === a },
  '<': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a < value },
  '<=': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a <= value },
  '>': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a > value },
  '>=': (left, value) => (run, row) => { const a = left(run, row); return a === null ? null : a >= value },
}

export function comparedWith(operator: CompareOperator, left: Code, value: NonNullable<Value>): Code {
  return FIXED[operator](left, value)
}

/** A member's age against a fixed one, the commonest condition of all, without a call for the age. */
const AGES: Record<CompareOperator, (unit: Unit, value: number) => Code> = {
  '=': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age === value },
  '!=': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age !== value && age === age },
  '<': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age < value },
  '<=': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age <= value },
  '>': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age > value },
  '>=': (unit, value) => (run, row) => { const age = run[unit][row] ?? null; return age === null ? null : age >= value },
}

export function ageCompared(operator: CompareOperator, unit: Unit, value: number): Code {
  return AGES[operator](unit, value)
}

export function opposite(operator: CompareOperator): CompareOperator {
  return OPPOSITES[operator]
}

const CALCULATIONS: Record<ChainOperator, (left: number, right: number) => number | null> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? null : left / right),
}

/** Unknown stays unknown; a division by zero or an overflow is unknown. */
export function calculation(operator: ChainOperator): Calculation {
  const calculate = CALCULATIONS[operator]
  return (left, right) => {
    if (left === null || right === null) return null
    const result = calculate(left, right)
    return result === Infinity || result === -Infinity ? null : result
  }
}

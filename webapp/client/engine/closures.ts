/** Typed rules to closures; `not` is carried inward, so that somebody not yet born is in no age band. */

import { answerOf, writtenValue, derivedValue } from './answers.ts'
import { ageCompared, calculation, compared, comparedWith, opposite } from './operators.ts'
import { callCode } from './function-codes.ts'
import type { Code, CrowdPlan, FieldPlan, QuestionPlan, Value } from './plan.ts'
import { coverValue, memberValue } from './run.ts'
import type { CompareOperator } from './syntax.ts'
import { type Typed, references } from './typed.ts'
import type { Settings } from './types.ts'

/** What closures need to find the places of names. */
export interface Places {
  cover: Map<string, FieldPlan>
  members: Map<string, FieldPlan>
  questions: Map<string, QuestionPlan>
  settings: Settings
  crowds: Map<string, CrowdPlan>
  /** Plausibility rules see what the form says; all else sees computed figures. */
  written: boolean
}

/** The closure of a rule's part. */
export function codeOf(node: Typed, places: Places): Code {
  switch (node.kind) {
    case 'constant': return constant(node.value)
    case 'setting': return constant(places.settings[node.name]!)
    case 'mode': return (run) => (run.paper ? 'paper' : 'doorstep')
    case 'members': return (run) => run.ids.length
    case 'age': return node.unit === 'years' ? (run, row) => run.years[row] ?? null : (run, row) => run.months[row] ?? null
    case 'field': return fieldCode(node.table, node.field, places)
    case 'answer': return answerCode(places.questions.get(node.question)!, places.written)
    case 'not': return negatedCode(node.inner, places)
    case 'negate': return negative(codeOf(node.inner, places))
    case 'join': return joined(node.operator, node.parts.map((part) => codeOf(part, places)))
    case 'compare': return comparison(node.operator, node.left, node.right, places)
    case 'in': return anyOf(node.list.map((item) => comparison('=', node.left, item, places)))
    case 'chain': return chained(node, places)
    case 'call': return callCode(node, places)
  }
}

/** The crowd that a member condition picks out; the same condition is the same crowd. */
export function crowdOf(node: Typed, places: Places): CrowdPlan {
  const readsForm = places.written && references(node).some((name) => name.startsWith('#'))
  const key = `${readsForm ? 'form' : ''}${JSON.stringify(node)}`
  const kept = places.crowds.get(key)
  if (kept) return kept
  const crowd = { place: places.crowds.size, fits: codeOf(node, places) }
  places.crowds.set(key, crowd)
  return crowd
}

/** The closure of "not this". */
export function negatedCode(node: Typed, places: Places): Code {
  switch (node.kind) {
    case 'not': return codeOf(node.inner, places)
    case 'join': return joined(node.operator === 'and' ? 'or' : 'and', node.parts.map((part) => negatedCode(part, places)))
    case 'compare': return comparison(opposite(node.operator), node.left, node.right, places)
    case 'in': return allOf(node.list.map((item) => comparison('!=', node.left, item, places)))
    case 'call': return node.name === 'if' ? callCode(node, places, true) : contrary(codeOf(node, places))
    default: return contrary(codeOf(node, places))
  }
}

function comparison(operator: CompareOperator, left: Typed, right: Typed, places: Places): Code {
  if (left.kind === 'age' && right.kind === 'constant') return ageCompared(operator, left.unit, right.value as number)
  const code = codeOf(left, places)
  if (right.kind === 'constant') return comparedWith(operator, code, right.value)
  if (right.kind === 'setting') return comparedWith(operator, code, places.settings[right.name]!)
  return compared(operator, code, codeOf(right, places))
}

function constant(value: Value): Code {
  return () => value
}

function contrary(code: Code): Code {
  return (run, row) => {
    const value = code(run, row)
    return value === null ? null : !value
  }
}

function negative(code: Code): Code {
  const minus = calculation('-')
  return (run, row) => minus(0, code(run, row) as number | null)
}

function fieldCode(table: 'cover' | 'members', id: string, places: Places): Code {
  const plan = places[table].get(id)!
  return table === 'cover' ? (run) => coverValue(run, plan) : (run, row) => memberValue(run, plan, row)
}

function answerCode(plan: QuestionPlan, written: boolean): Code {
  if (!plan.derived) return (run) => answerOf(run, plan) as Value
  return written ? (run) => writtenValue(run, plan) : (run) => derivedValue(run, plan)
}

function joined(operator: 'and' | 'or', parts: Code[]): Code {
  return operator === 'and' ? allOf(parts) : anyOf(parts)
}

// Counted loops: QuickJS takes several times as long over an iterator.
function allOf(parts: Code[]): Code {
  return (run, row) => {
    let result: boolean | null = true
    for (let place = 0; place < parts.length; place += 1) {
      const value = parts[place]!(run, row)
      if (value === false) return false
      if (value === null) result = null
    }
    return result
  }
}

function anyOf(parts: Code[]): Code {
  return (run, row) => {
    let result: boolean | null = false
    for (let place = 0; place < parts.length; place += 1) {
      const value = parts[place]!(run, row)
      if (value === true) return true
      if (value === null) result = null
    }
    return result
  }
}

/** Left to right in one loop: a long sum does not grow the stack. */
function chained(node: Extract<Typed, { kind: 'chain' }>, places: Places): Code {
  const first = codeOf(node.first, places)
  const steps = node.rest.map(({ operator, term }) => ({ apply: calculation(operator), code: codeOf(term, places) }))
  return (run, row) => {
    let total = first(run, row) as number | null
    for (const { apply, code } of steps) total = apply(total, code(run, row) as number | null)
    return total
  }
}

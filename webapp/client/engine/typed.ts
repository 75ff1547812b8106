/** A rule whose every part has a type: what the compiler takes. */

import type { ChainOperator, CompareOperator } from './syntax.ts'
import type { Type } from './vocabulary.ts'

export type FunctionName =
  | 'people' | 'count' | 'eligible' | 'answered' | 'known' | 'has' | 'chosen' | 'person_in' | 'floor' | 'min' | 'max'
  | 'if' | 'first' | 'duplicated' | 'is_thai_id' | 'is_digits'

export interface Call {
  kind: 'call'
  name: FunctionName
  args: Typed[]
  question?: string
  names: string[]
}

export type Typed = { type: Type } & (
  | { kind: 'constant'; value: number | boolean | string }
  | { kind: 'field'; table: 'cover' | 'members'; field: string }
  | { kind: 'age'; unit: 'years' | 'months' }
  | { kind: 'setting'; name: string }
  | { kind: 'mode' }
  | { kind: 'members' }
  | { kind: 'answer'; question: string }
  | { kind: 'not'; inner: Typed }
  | { kind: 'negate'; inner: Typed }
  | { kind: 'join'; operator: 'and' | 'or'; parts: Typed[] }
  | { kind: 'compare'; operator: CompareOperator; left: Typed; right: Typed }
  | { kind: 'in'; left: Typed; list: Typed[] }
  | { kind: 'chain'; first: Typed; rest: { operator: ChainOperator; term: Typed }[] }
  | Call
)

/** The parts one level down. */
export function partsOf(node: Typed): Typed[] {
  switch (node.kind) {
    case 'not': case 'negate': return [node.inner]
    case 'join': return node.parts
    case 'compare': return [node.left, node.right]
    case 'in': return [node.left, ...node.list]
    case 'chain': return [node.first, ...node.rest.map(({ term }) => term)]
    case 'call': return node.args
    default: return []
  }
}

/** What a rule leans on: "#6.4", "cover.house_code", "members.birth". */
export function references(node: Typed): string[] {
  return [...ownReferences(node), ...partsOf(node).flatMap(references)]
}

function ownReferences(node: Typed): string[] {
  if (node.kind === 'field') return [`${node.table}.${node.field}`]
  if (node.kind === 'answer') return [`#${node.question}`]
  if (node.kind !== 'call') return []
  if (node.name === 'duplicated') return node.names.map((name) => `members.${name}`)
  return node.question === undefined ? [] : [`#${node.question}`]
}

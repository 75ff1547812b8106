/** The shape of a parsed rule, before its names mean anything. */

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ChainOperator = '+' | '-' | '*' | '/'

export interface ChainTerm {
  operator: ChainOperator
  term: Syntax
}

export type Syntax = { at: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'bool'; value: boolean }
  | { kind: 'name'; name: string }
  | { kind: 'question'; id: string }
  | { kind: 'not'; inner: Syntax }
  | { kind: 'negate'; inner: Syntax }
  | { kind: 'join'; operator: 'and' | 'or'; parts: Syntax[] }
  | { kind: 'compare'; operator: CompareOperator; left: Syntax; right: Syntax }
  | { kind: 'in'; left: Syntax; list: Syntax[] }
  | { kind: 'chain'; first: Syntax; rest: ChainTerm[] }
  | { kind: 'call'; name: string; args: Syntax[] }
)

export const RESERVED = ['and', 'or', 'not', 'in', 'true', 'false', 'mode', 'members']

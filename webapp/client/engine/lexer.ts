/** Rule text to tokens. */

import { ExpressionError } from './expression-error.ts'

export type TokenKind = 'number' | 'name' | 'question' | 'symbol' | 'end'

export interface Token {
  kind: TokenKind
  text: string
  at: number
}

export const MAX_LENGTH = 2000

const PATTERNS: [TokenKind, RegExp][] = [
  ['number', /[0-9]+(?:\.[0-9]+)?/y],
  ['question', /#[0-9A-Za-z_]+(?:\.[0-9A-Za-z_]+)*/y],
  ['name', /[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*/y],
  ['symbol', /!=|<=|>=|[=<>+\-*/(),]/y],
]

/** The tokens of a rule, ending with an `end`. */
export function tokens(text: string): Token[] {
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(0, `ยาวเกิน ${MAX_LENGTH} ตัวอักษร`, `longer than ${MAX_LENGTH} characters`)
  const found: Token[] = []
  let at = afterSpace(text, 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    found.push(token)
    at = afterSpace(text, at + token.text.length)
  }
  return [...found, { kind: 'end', text: '', at: text.length }]
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) return refuseGluedDigits({ kind, text: match[0], at }, text)
  }
  const sign = text[at]
  throw new ExpressionError(at, `ไม่รู้จักเครื่องหมาย '${sign}'`, `unknown character '${sign}'`)
}

/** "15years" is a slip of the pen, not two words. */
function refuseGluedDigits(token: Token, text: string): Token {
  const next = text[token.at + token.text.length] ?? ''
  if (token.kind === 'number' && /[A-Za-z_.]/.test(next))
    throw new ExpressionError(token.at, `ตัวเลขติดกับ '${next}'`, `a number runs into '${next}'`)
  return token
}

function afterSpace(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at]!)) at += 1
  return at
}

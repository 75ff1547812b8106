/** Tokens to syntax; the grammar is one page of ARCHITECTURE.md. */

import { ExpressionError } from './expression-error.ts'
import { type Token, tokens } from './lexer.ts'
import type { ChainOperator, ChainTerm, CompareOperator, Syntax } from './syntax.ts'

export const MAX_DEPTH = 32

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=']

/** Where the parser is. */
interface Cursor {
  tokens: Token[]
  next: number
  depth: number
}

/** The syntax of a whole rule; throws an ExpressionError that names the place. */
export function parse(text: string): Syntax {
  const cursor: Cursor = { tokens: tokens(text), next: 0, depth: 0 }
  const syntax = expression(cursor)
  const left = peek(cursor)
  if (left.kind !== 'end') throw unexpected(left)
  return syntax
}

function expression(cursor: Cursor): Syntax {
  return deeper(cursor, () => join(cursor, 'or', () => join(cursor, 'and', () => negation(cursor))))
}

function join(cursor: Cursor, operator: 'and' | 'or', part: () => Syntax): Syntax {
  const at = peek(cursor).at
  const parts = [part()]
  while (takeWord(cursor, operator)) parts.push(part())
  return parts.length === 1 ? parts[0]! : { kind: 'join', operator, parts, at }
}

function negation(cursor: Cursor): Syntax {
  const at = peek(cursor).at
  if (!takeWord(cursor, 'not')) return comparison(cursor)
  return { kind: 'not', inner: deeper(cursor, () => negation(cursor)), at }
}

function comparison(cursor: Cursor): Syntax {
  const left = sum(cursor)
  const token = peek(cursor)
  if (takeWord(cursor, 'in')) return { kind: 'in', left, list: list(cursor), at: token.at }
  if (!isSymbol(token, COMPARISONS)) return left
  cursor.next += 1
  const compared: Syntax = { kind: 'compare', operator: token.text as CompareOperator, left, right: sum(cursor), at: token.at }
  if (isSymbol(peek(cursor), COMPARISONS) || isWord(peek(cursor), 'in'))
    throw new ExpressionError(peek(cursor).at, 'เปรียบเทียบต่อกันไม่ได้ ให้ใช้ and', 'comparisons cannot be chained: use and')
  return compared
}

function sum(cursor: Cursor): Syntax {
  return chain(cursor, ['+', '-'], () => chain(cursor, ['*', '/'], () => unary(cursor)))
}

function chain(cursor: Cursor, operators: ChainOperator[], term: () => Syntax): Syntax {
  const first = term()
  const rest: ChainTerm[] = []
  while (isSymbol(peek(cursor), operators)) {
    const operator = take(cursor).text as ChainOperator
    rest.push({ operator, term: term() })
  }
  return rest.length === 0 ? first : { kind: 'chain', first, rest, at: first.at }
}

function unary(cursor: Cursor): Syntax {
  const at = peek(cursor).at
  if (!takeSymbol(cursor, '-')) return primary(cursor)
  return { kind: 'negate', inner: deeper(cursor, () => unary(cursor)), at }
}

function primary(cursor: Cursor): Syntax {
  const token = take(cursor)
  const { text, at } = token
  if (token.kind === 'number') return { kind: 'number', value: Number(text), at }
  if (token.kind === 'question') return { kind: 'question', id: text.slice(1), at }
  if (token.kind === 'name') return named(cursor, token)
  if (token.kind !== 'symbol' || text !== '(') throw unexpected(token)
  const inner = expression(cursor)
  expect(cursor, ')')
  return inner
}

function named(cursor: Cursor, { text, at }: Token): Syntax {
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true', at }
  if (['and', 'or', 'not', 'in'].includes(text)) throw unexpected({ kind: 'name', text, at })
  if (!isSymbol(peek(cursor), ['('])) return { kind: 'name', name: text, at }
  return { kind: 'call', name: text, args: list(cursor), at }
}

/** `( a, b, … )`, at least one. */
function list(cursor: Cursor): Syntax[] {
  expect(cursor, '(')
  const items = [expression(cursor)]
  while (takeSymbol(cursor, ',')) items.push(expression(cursor))
  expect(cursor, ')')
  return items
}

function deeper(cursor: Cursor, inner: () => Syntax): Syntax {
  cursor.depth += 1
  if (cursor.depth > MAX_DEPTH)
    throw new ExpressionError(peek(cursor).at, `ซ้อนกันลึกเกิน ${MAX_DEPTH} ชั้น`, `nested deeper than ${MAX_DEPTH}`)
  const syntax = inner()
  cursor.depth -= 1
  return syntax
}

const peek = (cursor: Cursor): Token => cursor.tokens[cursor.next]!
const isSymbol = (token: Token, texts: string[]): boolean => token.kind === 'symbol' && texts.includes(token.text)
const isWord = (token: Token, word: string): boolean => token.kind === 'name' && token.text === word

function take(cursor: Cursor): Token {
  const token = peek(cursor)
  if (token.kind !== 'end') cursor.next += 1
  return token
}

function takeWord(cursor: Cursor, word: string): boolean {
  const found = isWord(peek(cursor), word)
  if (found) cursor.next += 1
  return found
}

function takeSymbol(cursor: Cursor, symbol: string): boolean {
  const found = isSymbol(peek(cursor), [symbol])
  if (found) cursor.next += 1
  return found
}

function expect(cursor: Cursor, symbol: string): void {
  const token = peek(cursor)
  if (takeSymbol(cursor, symbol)) return
  const found = token.kind === 'end' ? ['จบก่อน', 'the end'] : [`พบ '${token.text}'`, `'${token.text}'`]
  throw new ExpressionError(token.at, `ต้องมี '${symbol}' ตรงนี้ แต่${found[0]}`, `expected '${symbol}', found ${found[1]}`)
}

function unexpected(token: Token): ExpressionError {
  if (token.kind === 'end') return new ExpressionError(token.at, 'เงื่อนไขจบไม่ครบ', 'the expression ends too early')
  return new ExpressionError(token.at, `ไม่คาดว่าจะพบ '${token.text}' ตรงนี้`, `unexpected '${token.text}'`)
}

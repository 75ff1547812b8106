/** Gives every part of a rule its type, or says in plain words why it cannot. */

import { ExpressionError } from './expression-error.ts'
import { isFunction, typeCall } from './functions.ts'
import { parse } from './parser.ts'
import type { Syntax } from './syntax.ts'
import type { Typed } from './typed.ts'
import { BOOL, MODE, NUMBER, type Type, type Vocabulary, comparable, typeNameTh, typeOfField, typeOfQuestion } from './vocabulary.ts'

/** Where a rule stands: about the household, or about one member (perhaps inside people()). */
export interface Scope {
  vocabulary: Vocabulary
  member: boolean
  insidePeople: boolean
}

/** The typed rule; throws an ExpressionError when it is not of the wanted kind. */
export function typedRule(text: string, wanted: 'bool' | 'number', member: boolean, vocabulary: Vocabulary): Typed {
  const scope = { vocabulary, member, insidePeople: false }
  return typedAs(parse(text), wanted, scope)
}

/** The typed part, refused unless it is of the wanted kind. */
export function typedAs(syntax: Syntax, wanted: Type['kind'], scope: Scope): Typed {
  const node = typed(syntax, scope)
  if (node.type.kind === wanted) return node
  const name = typeNameTh({ kind: wanted } as Type)
  throw new ExpressionError(syntax.at, `ตรงนี้ต้องเป็น${name} แต่เป็น${typeNameTh(node.type)}`, `expected ${wanted}, found ${node.type.kind}`)
}

export function typed(syntax: Syntax, scope: Scope): Typed {
  switch (syntax.kind) {
    case 'number': return { kind: 'constant', value: syntax.value, type: NUMBER }
    case 'bool': return { kind: 'constant', value: syntax.value, type: BOOL }
    case 'name': return typedName(syntax.name, syntax.at, scope)
    case 'question': return typedAnswer(syntax.id, syntax.at, scope)
    case 'not': return { kind: 'not', inner: typedAs(syntax.inner, 'bool', scope), type: BOOL }
    case 'negate': return { kind: 'negate', inner: typedAs(syntax.inner, 'number', scope), type: NUMBER }
    case 'join': return { ...syntax, parts: syntax.parts.map((part) => typedAs(part, 'bool', scope)), type: BOOL }
    case 'compare': return typedCompare(syntax, scope)
    case 'in': return typedIn(syntax, scope)
    case 'chain': return typedChain(syntax, scope)
    case 'call': return typeCall(syntax, scope)
  }
}

type Of<K extends Syntax['kind']> = Extract<Syntax, { kind: K }>

function typedChain({ first, rest }: Of<'chain'>, scope: Scope): Typed {
  const number = (part: Syntax): Typed => typedAs(part, 'number', scope)
  const terms = rest.map(({ operator, term }) => ({ operator, term: number(term) }))
  return { kind: 'chain', first: number(first), rest: terms, type: NUMBER }
}

function typedCompare({ operator, left, right, at }: Of<'compare'>, scope: Scope): Typed {
  const [a, b] = typedPair(left, right, scope)
  const ordered = operator !== '=' && operator !== '!='
  const fits = ordered ? a.type.kind === 'number' && b.type.kind === 'number' : comparable(a.type, b.type)
  if (fits) return { kind: 'compare', operator, left: a, right: b, type: BOOL }
  const [x, y] = [typeNameTh(a.type), typeNameTh(b.type)]
  throw new ExpressionError(at, `เปรียบเทียบ${x}กับ${y}ด้วย '${operator}' ไม่ได้`, `cannot compare ${a.type.kind} with ${b.type.kind} by '${operator}'`)
}

function typedIn({ left, list, at }: Of<'in'>, scope: Scope): Typed {
  const pairs = list.map((item) => typedPair(left, item, scope))
  for (const [a, b] of pairs)
    if (!comparable(a.type, b.type))
      throw new ExpressionError(at, `รายการหลัง in ต้องเป็น${typeNameTh(a.type)}`, `the list after in must hold ${a.type.kind}`)
  return { kind: 'in', left: pairs[0]![0], list: pairs.map(([, b]) => b), type: BOOL }
}

/** Two sides of a comparison: a bare name beside a choice is one of its options. */
function typedPair(left: Syntax, right: Syntax, scope: Scope): [Typed, Typed] {
  const a = isLoose(left, scope) ? null : typed(left, scope)
  const optionRight = a && optionOf(right, a.type)
  if (a && optionRight) return [a, optionRight]
  const b = isLoose(right, scope) ? refuseOption(right, a, scope) : typed(right, scope)
  const optionLeft = optionOf(left, b.type)
  if (optionLeft) return [optionLeft, b]
  return [a ?? refuseOption(left, b, scope), b]
}

/** A bare name that means nothing by itself. */
function isLoose(syntax: Syntax, scope: Scope): boolean {
  return syntax.kind === 'name' && !resolve(syntax.name, scope)
}

function optionOf(syntax: Syntax, type: Type): Typed | null {
  const isOption = syntax.kind === 'name' && type.kind === 'choice' && type.options.includes(syntax.name)
  return isOption ? { kind: 'constant', value: syntax.name, type } : null
}

function refuseOption(syntax: Syntax, other: Typed | null, scope: Scope): Typed {
  if (syntax.kind !== 'name' || other?.type.kind !== 'choice') return typed(syntax, scope)
  const known = other.type.options.join(', ')
  throw new ExpressionError(syntax.at, `'${syntax.name}' ไม่ใช่คำตอบที่มีให้เลือก (มี ${known})`, `'${syntax.name}' is not among the options (${known})`)
}

function typedName(name: string, at: number, scope: Scope): Typed {
  const found = resolve(name, scope)
  if (found) return found
  if (isFunction(name)) throw new ExpressionError(at, `'${name}' ต้องตามด้วยวงเล็บ`, `'${name}' is a function: give it parentheses`)
  if (scope.vocabulary.members.has(name) || name === 'age' || name === 'age_months')
    throw new ExpressionError(at, `'${name}' ใช้ได้เฉพาะเงื่อนไขรายคน`, `'${name}' belongs to a member: use it inside people(…) or a member rule`)
  throw new ExpressionError(at, `ไม่รู้จักชื่อ '${name}'`, `unknown name '${name}'`)
}

function resolve(name: string, scope: Scope): Typed | null {
  const { vocabulary, member } = scope
  if (name === 'mode') return { kind: 'mode', type: MODE }
  if (name === 'members') return { kind: 'members', type: NUMBER }
  if (name.includes('.')) return resolveDotted(name, vocabulary)
  const field = member ? vocabulary.members.get(name) : undefined
  if (field) return { kind: 'field', table: 'members', field: name, type: typeOfField(field) }
  if (!member || (name !== 'age' && name !== 'age_months')) return null
  return { kind: 'age', unit: name === 'age' ? 'years' : 'months', type: NUMBER }
}

function resolveDotted(name: string, vocabulary: Vocabulary): Typed | null {
  const [table, rest] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
  const setting = table === 'setting' ? vocabulary.settings.get(rest) : undefined
  if (setting) return { kind: 'setting', name: rest, type: setting.type === 'bool' ? BOOL : NUMBER }
  const field = table === 'cover' ? vocabulary.cover.get(rest) : undefined
  return field ? { kind: 'field', table: 'cover', field: rest, type: typeOfField(field) } : null
}

function typedAnswer(id: string, at: number, { vocabulary }: Scope): Typed {
  const question = vocabulary.questions.get(id)
  if (!question) throw new ExpressionError(at, `ไม่มีข้อ ${id}`, `there is no question ${id}`)
  const type = typeOfQuestion(question)
  if (type) return { kind: 'answer', question: id, type }
  throw new ExpressionError(at, `ข้อ ${id} ถามเป็นรายคน ให้ใช้ count(#${id}) หรือ person_in(#${id})`, `question ${id} asks about people: use count(#${id}) or person_in(#${id})`)
}

/** The rule language's functions: what they take and what they give. */

import { ExpressionError } from './expression-error.ts'
import type { Syntax } from './syntax.ts'
import { type Scope, typed, typedAs } from './typing.ts'
import type { FunctionName, Typed } from './typed.ts'
import type { Question } from './types.ts'
import { BOOL, NUMBER, type Type, groupNames, optionNames, typeOfField } from './vocabulary.ts'

type CallSyntax = Extract<Syntax, { kind: 'call' }>
type Signature = (call: CallSyntax, scope: Scope) => Typed

const SIGNATURES: Record<FunctionName, Signature> = {
  people: (call, scope) => {
    refuseNested(call, scope)
    const inner = typedAs(only(call), 'bool', { ...scope, member: true, insidePeople: true })
    return made(call, NUMBER, [inner])
  },
  first: (call, scope) => {
    const inner = typed(only(call), { ...scope, member: true })
    return made(call, inner.type, [inner])
  },
  count: (call, scope) => aboutPeople(call, scope, NUMBER),
  person_in: (call, scope) => {
    needMember(call, scope)
    return aboutPeople(call, scope, BOOL)
  },
  eligible: (call, scope) => made(call, NUMBER, [], question(only(call), scope, ['people']).id),
  answered: (call, scope) => made(call, BOOL, [], question(only(call), scope).id),
  chosen: (call, scope) => made(call, NUMBER, [], question(only(call), scope, ['choices']).id),
  has: (call, scope) => {
    arity(call, 2, 2)
    const asked = question(call.args[0]!, scope, ['choices'])
    return made(call, BOOL, [], asked.id, [nameAmong(call.args[1]!, optionNames(asked), asked.id)])
  },
  known: (call, scope) => typeKnown(call, scope),
  if: (call, scope) => typeIf(call, scope),
  floor: (call, scope) => made(call, NUMBER, [typedAs(only(call), 'number', scope)]),
  min: (call, scope) => numbers(call, scope),
  max: (call, scope) => numbers(call, scope),
  duplicated: (call, scope) => made(call, BOOL, [], undefined, [memberField(only(call), scope)]),
  is_thai_id: (call, scope) => made(call, BOOL, [typedAs(only(call), 'text', scope)]),
  is_digits: (call, scope) => {
    arity(call, 2, 2)
    return made(call, BOOL, [typedAs(call.args[0]!, 'text', scope), wholeNumber(call.args[1]!)])
  },
}

export const FUNCTION_NAMES = Object.keys(SIGNATURES)

export function isFunction(name: string): name is FunctionName {
  return FUNCTION_NAMES.includes(name)
}

export function typeCall(call: CallSyntax, scope: Scope): Typed {
  if (isFunction(call.name)) return SIGNATURES[call.name](call, scope)
  throw new ExpressionError(call.at, `ไม่รู้จักฟังก์ชัน '${call.name}'`, `unknown function '${call.name}'`)
}

function made(call: CallSyntax, type: Type, args: Typed[], asked?: string, names: string[] = []): Typed {
  return { kind: 'call', name: call.name as FunctionName, type, args, names, ...(asked === undefined ? {} : { question: asked }) }
}

function arity(call: CallSyntax, least: number, most: number): void {
  const given = call.args.length
  if (given >= least && given <= most) return
  const wanted = least === most ? `${least}` : `${least}–${most}`
  throw new ExpressionError(call.at, `${call.name} ต้องการค่า ${wanted} ค่า แต่ให้มา ${given}`, `${call.name} takes ${wanted}, given ${given}`)
}

function only(call: CallSyntax): Syntax {
  arity(call, 1, 1)
  return call.args[0]!
}

function question(syntax: Syntax, { vocabulary }: Scope, kinds?: Question['kind'][]): Question {
  if (syntax.kind !== 'question')
    throw new ExpressionError(syntax.at, 'ตรงนี้ต้องเป็นข้อคำถาม เช่น #6.4', 'expected a question such as #6.4')
  const found = vocabulary.questions.get(syntax.id)
  if (!found) throw new ExpressionError(syntax.at, `ไม่มีข้อ ${syntax.id}`, `there is no question ${syntax.id}`)
  if (!kinds || kinds.includes(found.kind)) return found
  throw new ExpressionError(syntax.at, `ข้อ ${found.id} เป็นชนิด ${found.kind} ใช้ตรงนี้ไม่ได้`, `question ${found.id} is ${found.kind}, expected ${kinds.join(' or ')}`)
}

function nameAmong(syntax: Syntax, names: string[], id: string): string {
  if (syntax.kind === 'name' && names.includes(syntax.name)) return syntax.name
  const said = syntax.kind === 'name' ? `'${syntax.name}'` : 'ค่านี้'
  throw new ExpressionError(syntax.at, `${said} ไม่มีในข้อ ${id} (มี ${names.join(', ')})`, `not among the names of question ${id} (${names.join(', ')})`)
}

function aboutPeople(call: CallSyntax, scope: Scope, type: Type): Typed {
  arity(call, 1, 50)
  const asked = question(call.args[0]!, scope, ['people'])
  const groups = call.args.slice(1).map((group) => nameAmong(group, groupNames(asked), asked.id))
  return made(call, type, [], asked.id, groups)
}

/** known(#people question) asks whether it is answered. */
function typeKnown(call: CallSyntax, scope: Scope): Typed {
  const inner = only(call)
  const asked = inner.kind === 'question' ? scope.vocabulary.questions.get(inner.id) : undefined
  if (asked?.kind === 'people') return { ...made(call, BOOL, [], asked.id), name: 'answered' } as Typed
  return made(call, BOOL, [typed(inner, scope)])
}

function typeIf(call: CallSyntax, scope: Scope): Typed {
  arity(call, 3, 3)
  const [condition, yes, no] = call.args as [Syntax, Syntax, Syntax]
  const then = typed(yes, scope)
  if (then.type.kind !== 'number' && then.type.kind !== 'bool')
    throw new ExpressionError(yes.at, 'if ให้ได้เฉพาะตัวเลขหรือจริง/เท็จ', 'if gives numbers or true/false only')
  return made(call, then.type, [typedAs(condition, 'bool', scope), then, typedAs(no, then.type.kind, scope)])
}

function numbers(call: CallSyntax, scope: Scope): Typed {
  arity(call, 2, 50)
  return made(call, NUMBER, call.args.map((arg) => typedAs(arg, 'number', scope)))
}

function wholeNumber(syntax: Syntax): Typed {
  if (syntax.kind === 'number' && Number.isInteger(syntax.value)) return { kind: 'constant', value: syntax.value, type: NUMBER }
  throw new ExpressionError(syntax.at, 'ตรงนี้ต้องเป็นจำนวนเต็ม', 'expected a whole number written out')
}

function memberField(syntax: Syntax, { vocabulary }: Scope): string {
  const field = syntax.kind === 'name' ? vocabulary.members.get(syntax.name) : undefined
  if (field && typeOfField(field).kind !== 'bool') return field.id
  throw new ExpressionError(syntax.at, 'ตรงนี้ต้องเป็นชื่อช่องในตารางสมาชิก', 'expected the name of a member field')
}

function needMember(call: CallSyntax, scope: Scope): void {
  if (scope.member) return
  throw new ExpressionError(call.at, `${call.name} ใช้ได้เฉพาะเงื่อนไขรายคน`, `${call.name} needs a member: use it inside people(…) or a member rule`)
}

function refuseNested(call: CallSyntax, scope: Scope): void {
  if (!scope.insidePeople) return
  throw new ExpressionError(call.at, 'ใช้ people ซ้อนใน people ไม่ได้', 'people(…) cannot stand inside people(…)')
}

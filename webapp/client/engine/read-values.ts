/** Raw answers to values: what does not fit its question counts as unanswered. */

import { parseBirth, parseDay } from './dates.ts'
import { toArabicDigits } from './digits.ts'
import type { Value } from './plan.ts'
import type { Field, Question } from './types.ts'
import { groupNames, optionNames } from './vocabulary.ts'

type Reader<T> = (raw: unknown) => T | null

/** A person question's answer by name: member id to groups. */
export type Who = Map<string, string[]>

/** A person question's answer on paper: group to number of people. */
export type Counts = Record<string, number>

export interface PeopleAnswer {
  who: Who | null
  counts: Counts | null
}

export function fieldReader(field: Field): Reader<Value> {
  switch (field.kind) {
    case 'choice': return option(optionNames(field))
    case 'number': return number
    case 'flag': return (raw) => raw === true // a tick not made is "no"
    case 'digits': return digits
    case 'date': return isoText((text) => parseDay(text) !== null)
    case 'birth': return isoText((text) => parseBirth(text) !== null)
    case 'text': return text
  }
}

export function questionReader(question: Question): Reader<unknown> {
  switch (question.kind) {
    case 'choice': return option(optionNames(question))
    case 'choices': return options(optionNames(question))
    case 'text': return text
    case 'people': return people(groupNames(question), question.multiple === true)
    default: return number
  }
}

/** A record's value under a name of the definition. What every object inherits is no answer: the readers refuse it. */
export function property(record: unknown, name: string): unknown {
  return typeof record === 'object' && record !== null ? (record as Record<string, unknown>)[name] : undefined
}

const number: Reader<number> = (raw) => (typeof raw === 'number' && Number.isFinite(raw) ? raw : null)
const text: Reader<string> = (raw) => (typeof raw === 'string' && raw.trim() !== '' ? raw : null)
const digits: Reader<string> = (raw) => (text(raw) === null ? null : toArabicDigits((raw as string).trim()))

function isoText(valid: (iso: string) => boolean): Reader<string> {
  return (raw) => (typeof raw === 'string' && valid(raw) ? raw : null)
}

function option(names: string[]): Reader<string> {
  const known = new Set(names)
  return (raw) => (typeof raw === 'string' && known.has(raw) ? raw : null)
}

function options(names: string[]): Reader<string[]> {
  return (raw) => {
    const chosen = Array.isArray(raw) ? names.filter((name) => raw.includes(name)) : []
    return chosen.length > 0 ? chosen : null
  }
}

function people(groups: string[], multiple: boolean): Reader<PeopleAnswer> {
  return (raw) => {
    const who = readWho(property(raw, 'who'), groups, multiple)
    const counts = readCounts(property(raw, 'count'), groups)
    return who || counts ? { who, counts } : null
  }
}

function readWho(raw: unknown, groups: string[], multiple: boolean): Who | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null
  return new Map(Object.entries(raw).map(([id, said]) => [id, namedGroups(said, groups, multiple)]))
}

function namedGroups(said: unknown, groups: string[], multiple: boolean): string[] {
  const named = Array.isArray(said) ? groups.filter((group) => said.includes(group)) : groups.filter((group) => group === said)
  return multiple ? named : named.slice(0, 1)
}

/** Counts of the form; a group left out counts 0, a count that is no whole number spoils the answer (one below zero is for R11 to say). */
function readCounts(raw: unknown, groups: string[]): Counts | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null
  const counts: Counts = {}
  for (const group of groups) {
    const count = Object.prototype.hasOwnProperty.call(raw, group) ? property(raw, group) : 0
    if (typeof count !== 'number' || !Number.isInteger(count)) return null
    counts[group] = count
  }
  return counts
}

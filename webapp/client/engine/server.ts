/** The engine as Python runs it in QuickJS: JSON texts in, JSON texts out, compiled versions kept by key. */

import { check } from './check.ts'
import { compile } from './compile.ts'
import { evaluate, judge } from './evaluate.ts'
import { given } from './given.ts'
import type { Compiled } from './plan.ts'
import type { Definition, Interview, Settings } from './types.ts'

const KEPT_VERSIONS = 16

/** What Python calls; every argument and result is a text. */
function engine(): Record<string, (...texts: string[]) => string> {
  const versions = new Map<string, Compiled>()
  return {
    check: (definition) => JSON.stringify(check(JSON.parse(definition!) as Definition)),
    /** Compiles a version under a key; the oldest of many gives way. */
    keep: (key, definition, settings) => {
      const compiled = compile(JSON.parse(definition!) as Definition, JSON.parse(settings!) as Settings)
      if (versions.size >= KEPT_VERSIONS) versions.delete(versions.keys().next().value!)
      versions.set(key!, compiled)
      return ''
    },
    evaluate: (key, interview) => answer(evaluate, versions.get(key!), interview!),
    judge: (key, interview) => answer(judge, versions.get(key!), interview!),
    given: (key, interview) => answer(given, versions.get(key!), interview!),
  }
}

/** What is said of an interview, or an empty text when no version is kept under the key. */
function answer(say: (compiled: Compiled, interview: Interview) => unknown, compiled: Compiled | undefined, interview: string): string {
  return compiled ? JSON.stringify(say(compiled, JSON.parse(interview) as Interview)) : ''
}

;(globalThis as Record<string, unknown>).ENGINE = engine()

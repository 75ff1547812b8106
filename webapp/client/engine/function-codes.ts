/** The rule language's functions as closures. */

import { answerOf, isGiven } from './answers.ts'
import { type Places, codeOf, crowdOf, negatedCode } from './closures.ts'
import { crowdCount } from './crowds.ts'
import { isDigits } from './digits.ts'
import { countIn, eligibleCount, personIn } from './people.ts'
import type { Code, FieldPlan, QuestionPlan, Value } from './plan.ts'
import { type Run, memberValue } from './run.ts'
import { thaiIdProblem } from './thai-id.ts'
import type { Call, FunctionName } from './typed.ts'

type Maker = (call: Call, places: Places, negated: boolean) => Code

const MAKERS: Record<FunctionName, Maker> = {
  people: (call, places) => {
    const crowd = crowdOf(call.args[0]!, places)
    return (run) => crowdCount(run, crowd)
  },
  first: (call, places) => {
    const about = argument(call, places, 0)
    return (run) => (run.ids.length > 0 ? about(run, 0) : null)
  },
  count: (call, places) => {
    const plan = asked(call, places)
    return (run) => countIn(run, plan, call.names)
  },
  person_in: (call, places) => {
    const plan = asked(call, places)
    return (run, row) => personIn(run, plan, call.names, row)
  },
  eligible: (call, places) => {
    const plan = asked(call, places)
    return (run) => eligibleCount(run, plan)
  },
  answered: (call, places) => {
    const plan = asked(call, places)
    return (run) => isGiven(run, plan)
  },
  has: (call, places) => {
    const plan = asked(call, places)
    return (run) => (answerOf(run, plan) as string[] | null)?.includes(call.names[0]!) ?? null
  },
  chosen: (call, places) => {
    const plan = asked(call, places)
    return (run) => (answerOf(run, plan) as string[] | null)?.length ?? null
  },
  known: (call, places) => {
    const inner = argument(call, places, 0)
    return (run, row) => isKnown(inner(run, row))
  },
  if: (call, places, negated) => chosenBranch(call, places, negated),
  floor: (call, places) => onNumbers(call, places, ([value]) => Math.floor(value!)),
  min: (call, places) => onNumbers(call, places, (values) => Math.min(...values)),
  max: (call, places) => onNumbers(call, places, (values) => Math.max(...values)),
  duplicated: (call, places) => duplicatedCode(places.members.get(call.names[0]!)!),
  is_thai_id: (call, places) => onText(call, places, (text) => thaiIdProblem(text) === null),
  is_digits: (call, places) => {
    const length = call.args[1]!.kind === 'constant' ? Number(call.args[1]!.value) : 0
    return onText(call, places, (text) => isDigits(text, length))
  },
}

export function callCode(call: Call, places: Places, negated = false): Code {
  return MAKERS[call.name](call, places, negated)
}

function argument(call: Call, places: Places, place: number): Code {
  return codeOf(call.args[place]!, places)
}

function asked(call: Call, places: Places): QuestionPlan {
  return places.questions.get(call.question!)!
}

/** An age before birth is no known age. */
function isKnown(value: Value): boolean {
  return value !== null && value === value
}

function chosenBranch(call: Call, places: Places, negated: boolean): Code {
  const branch = negated ? negatedCode : codeOf
  const condition = argument(call, places, 0)
  const [yes, no] = [branch(call.args[1]!, places), branch(call.args[2]!, places)]
  return (run, row) => {
    const holds = condition(run, row)
    if (holds === null) return null
    return holds ? yes(run, row) : no(run, row)
  }
}

function onNumbers(call: Call, places: Places, calculate: (values: number[]) => number): Code {
  const codes = call.args.map((arg) => codeOf(arg, places))
  return (run, row) => {
    const values = codes.map((code) => code(run, row) as number | null)
    return values.includes(null) ? null : calculate(values as number[])
  }
}

function onText(call: Call, places: Places, test: (text: string) => boolean): Code {
  const text = argument(call, places, 0)
  return (run, row) => {
    const value = text(run, row)
    return value === null ? null : test(String(value))
  }
}

/** In a member rule: somebody else has this member's value. In a household rule: any two share one. */
function duplicatedCode(plan: FieldPlan): Code {
  return (run, row) => (row >= 0 ? isShared(run, plan, row) : run.ids.some((_, each) => isShared(run, plan, each)))
}

function isShared(run: Run, plan: FieldPlan, row: number): boolean {
  const value = memberValue(run, plan, row)
  return value !== null && run.ids.some((_, other) => other !== row && memberValue(run, plan, other) === value)
}

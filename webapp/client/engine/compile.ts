/** A definition made ready to run; throws where check() would have found a fault. */

import { type Places, codeOf, crowdOf } from './closures.ts'
import { ExpressionError } from './expression-error.ts'
import type { Code, Compiled, CrowdPlan, FieldPlan, IndicatorPlan, PartPlan, QuestionPlan } from './plan.ts'
import { fieldReader, questionReader } from './read-values.ts'
import { typedRule } from './typing.ts'
import type { Definition, Field, Indicator, IndicatorPart, Settings } from './types.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

interface Build {
  vocabulary: Vocabulary
  places: Places
}

/** The version with a round's settings in place of its own. A module's name as a setting switches its sections. */
export function compile(definition: Definition, settings: Settings = {}): Compiled {
  const cover = definition.cover.map(fieldPlan)
  const members = definition.members.map(fieldPlan)
  const questions = questionPlans(definition, settings)
  const build = { vocabulary: vocabularyOf(definition), places: placesOf(definition, settings, cover, members, questions) }
  cover.forEach((plan) => (plan.asked = optional(plan.field.asked_if, 'bool', false, build, `cover.${plan.field.id}`)))
  members.forEach((plan) => (plan.asked = optional(plan.field.asked_if, 'bool', true, build, `members.${plan.field.id}`)))
  questions.forEach((plan) => fillQuestion(plan, build))
  const indicators = definition.indicators.map((indicator) => indicatorPlan(indicator, build))
  const birth = definition.members.find((field) => field.kind === 'birth')?.id ?? null
  const rules = rulePlans(definition, build)
  return { definition, cover, members, questions, indicators, rules, birth, crowds: build.places.crowds.size }
}

function rulePlans(definition: Definition, { vocabulary, places }: Build): Compiled['rules'] {
  const build = { vocabulary, places: { ...places, written: true } }
  return definition.rules.map((rule) => {
    const member = rule.scope === 'member'
    return { rule, member, fails: code(rule.fails_when, 'bool', member, build, rule.id) }
  })
}

function placesOf(definition: Definition, settings: Settings, cover: FieldPlan[], members: FieldPlan[], questions: QuestionPlan[]): Places {
  const own = definition.settings.map(({ name, value }) => [name, settings[name] ?? value] as const)
  return {
    cover: new Map(cover.map((plan) => [plan.field.id, plan])),
    members: new Map(members.map((plan) => [plan.field.id, plan])),
    questions: new Map(questions.map((plan) => [plan.question.id, plan])),
    settings: Object.fromEntries(own),
    crowds: new Map(),
    written: false,
  }
}

function fieldPlan(field: Field, place: number): FieldPlan {
  return { field, place, asked: null, read: fieldReader(field) }
}

function questionPlans(definition: Definition, settings: Settings): QuestionPlan[] {
  const off = new Set(definition.sections
    .filter(({ module, enabled }) => !((module === null ? undefined : settings[module]) ?? enabled))
    .flatMap(({ screens }) => screens.flatMap((screen) => screen.questions)))
  return definition.questions.map((question, place) => ({
    question, place, people: question.kind === 'people', derived: question.kind === 'derived',
    enabled: !off.has(question.id), asked: null, read: questionReader(question),
    eligible: null, among: null, groups: [], conditional: false, value: null,
  }))
}

function fillQuestion(plan: QuestionPlan, build: Build): void {
  const { id, asked_if, eligible, value, groups, among } = plan.question
  plan.asked = optional(asked_if, 'bool', false, build, id)
  plan.eligible = eligible === undefined ? null : crowd(eligible, build, id)
  plan.value = optional(value, 'number', false, build, id)
  plan.groups = (groups ?? []).map(({ name, where }) => ({ name, where: optional(where, 'bool', true, build, `${id} ${name}`) }))
  plan.conditional = plan.groups.some((group) => group.where !== null)
  if (among) plan.among = { question: planOf(build, among.question, id), groups: among.groups ?? [], others: among.others === true }
}

function planOf(build: Build, id: string, where: string): QuestionPlan {
  const plan = build.places.questions.get(id)
  if (!plan) throw new Error(`${where}: there is no question ${id}`)
  return plan
}

function indicatorPlan(indicator: Indicator, build: Build): IndicatorPlan {
  const where = `indicator ${indicator.no}`
  const part = ({ question, groups, when }: IndicatorPart): PartPlan => ({
    question: planOf(build, question, where), groups: groups ?? [], when: optional(when, 'bool', false, build, where),
  })
  return {
    indicator,
    applies: optional(indicator.applies, 'bool', false, build, where),
    met: optional(indicator.met, 'bool', false, build, where),
    eligible: (indicator.eligible ?? []).map(part),
    failing: (indicator.failing ?? []).map(part),
  }
}

function optional(text: string | undefined, wanted: 'bool' | 'number', member: boolean, build: Build, where: string): Code | null {
  return text === undefined ? null : code(text, wanted, member, build, where)
}

function crowd(text: string, { vocabulary, places }: Build, where: string): CrowdPlan {
  return named(where, () => crowdOf(typedRule(text, 'bool', true, vocabulary), places))
}

function code(text: string, wanted: 'bool' | 'number', member: boolean, { vocabulary, places }: Build, where: string): Code {
  return named(where, () => codeOf(typedRule(text, wanted, member, vocabulary), places))
}

/** Faults say which question or rule they are in. */
function named<T>(where: string, make: () => T): T {
  try {
    return make()
  } catch (fault) {
    throw fault instanceof ExpressionError ? new Error(`${where}: ${fault.message}`) : fault
  }
}

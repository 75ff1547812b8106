/** Which group a tap puts a person in, where the groups exclude each other by conditions (age bands). Knows no screen. */
import { type Compiled, compile, evaluate } from '../engine/index.ts'
import type { Definition, Interview, Question, Section } from '../engine/types.ts'

/** A question of our own per group with a condition: its eligible members are the group's. */
function probe(question: Question, group: string, where: string): Question {
  const { source, confidence } = question
  return { id: probeId(question, group), kind: 'people', text_th: '', eligible: where, groups: [], required: false, sensitive: false, source, confidence }
}

function probeId(question: Question, group: string): string {
  return `probe.${question.id}.${group}`
}

function probesOf(definition: Definition): Question[] {
  return definition.questions.flatMap((question) =>
    (question.groups ?? []).flatMap(({ name, where }) => (where ? [probe(question, name, where)] : [])))
}

/** The version with the probes in a section of their own; indicators and rules are left out. */
function probing(definition: Definition): Compiled {
  const probes = probesOf(definition)
  const screen = { id: 'probe', title_th: '', indicator: null, questions: probes.map(({ id }) => id) }
  const section: Section = { id: 'probe', title_th: '', title_en: '', category_no: null, module: null, enabled: true, screens: [screen] }
  return compile({ ...definition, sections: [...definition.sections, section], questions: [...definition.questions, ...probes], indicators: [], rules: [] })
}

const compiled = new WeakMap<Definition, Compiled>()

/** The group whose condition the member fulfils; the first where none is known to (the engine judges again later). */
export function groupByTap(definition: Definition, question: Question, interview: Interview, member: string): string {
  const groups = question.groups ?? []
  const first = groups[0]?.name ?? ''
  if (groups.length <= 1) return first
  const probes = compiled.get(definition) ?? probing(definition)
  compiled.set(definition, probes)
  const { questions } = evaluate(probes, interview)
  return groups.find(({ name }) => questions[probeId(question, name)]?.eligible_members?.includes(member))?.name ?? first
}

/** Changing one answer of the document, and saying it in words. Knows no screen. */
import type { AnswerValue, PeopleByName, Question } from '../engine/types.ts'
import { withCommas } from '../ui/fields.ts'
import type { InterviewDocument } from './context.ts'
import { countsIn, namedIn } from './people-answer.ts'

/** What is answered: an interview, or the questions of a forum. */
export interface Answered {
  answers: Record<string, AnswerValue | null>
  declined: string[]
  /** How an interview went; a forum keeps none. */
  paradata?: InterviewDocument['paradata']
}

/** Empty answers are no answers. */
function isEmpty(value: AnswerValue | null): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The question is answered with the value (null: not any more) and no longer declined. */
export function answer(document: Answered, question: string, value: AnswerValue | null): void {
  if (isEmpty(value)) delete document.answers[question]
  else document.answers[question] = value
  document.declined = document.declined.filter((id) => id !== question)
  countEdit(document, question)
}

/** The household would rather not say: no answer, and that is on record. */
export function decline(document: Answered, question: string, declined: boolean): void {
  delete document.answers[question]
  document.declined = document.declined.filter((id) => id !== question)
  if (declined) document.declined.push(question)
  countEdit(document, question)
}

/** An explanation of an edit failure; an empty one is taken away. */
export function explain(document: InterviewDocument, failure: string, text: string): void {
  if (text.trim()) document.explanations[failure] = text
  else delete document.explanations[failure]
}

/** What was corrected last, so that typing a number counts as one correction. */
const lastCorrected = new WeakMap<Answered, string>()

/** The step whose time is on record once the household has seen its result and the screen was left. */
const RESULT_STEP = 'result'

function countEdit(document: Answered, question: string): void {
  if (document.paradata?.section_seconds[RESULT_STEP] === undefined) return
  if (lastCorrected.get(document) === question) return
  lastCorrected.set(document, question)
  document.paradata.edits_after_result += 1
}

function labelOf(question: Question, name: string): string {
  return question.options?.find((option) => option.name === name)?.label_th
    ?? question.groups?.find((group) => group.name === name)?.label_th ?? name
}

function peopleInWords(question: Question, value: PeopleByName): string {
  const names = Object.values(value.who).flat()
  if (names.length === 0) return question.everyone_th ?? ''
  return (question.groups ?? []).flatMap((group) => {
    const count = names.filter((name) => name === group.name).length
    return count ? [`${group.label_th} ${count}`] : []
  }).join(', ')
}

/** The answer in the questionnaire's own words. */
export function inWords(question: Question, value: AnswerValue | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return [withCommas(value), question.unit].filter(Boolean).join(' ')
  if (Array.isArray(value)) return value.map((name) => labelOf(question, name)).join(', ')
  if (typeof value === 'string') return question.options ? labelOf(question, value) : value
  const named = namedIn(value)
  if (named) return peopleInWords(question, { who: named })
  const counts = Object.entries(countsIn(value) ?? {}).filter(([, count]) => count > 0)
  return counts.length ? counts.map(([name, count]) => `${labelOf(question, name)} ${count}`).join(', ') : question.everyone_th ?? ''
}

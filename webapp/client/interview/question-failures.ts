/** Edit failures as the screens need them: explained or not, beside which question, on which screen. Knows no screen. */
import type { Definition, Evaluation, Failure, Question } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'
import { screenWith } from './question-order.ts'

/** Under this name the explanation of a failure is kept. */
export function keyOf(failure: Failure): string {
  return failure.member ? `${failure.id}:${failure.member}` : failure.id
}

/** What was said about the failure; '' when nothing. */
export function explanationOf(document: InterviewDocument, failure: Failure): string {
  return document.explanations[keyOf(failure)] ?? ''
}

/** A hard failure that is neither answered nor explained: the interview cannot end with it. */
export function isOpen(document: InterviewDocument, failure: Failure): boolean {
  return failure.severity === 'hard' && !explanationOf(document, failure).trim()
}

/** The failures to show beside each of these questions: each once, at the last question it is about. */
export function failuresBeside(questions: Question[], failures: Failure[]): Map<string, Failure[]> {
  const beside = new Map<string, Failure[]>()
  for (const failure of failures) {
    const last = questions.filter((question) => failure.about.includes(question.id)).at(-1)
    if (last) beside.set(last.id, [...(beside.get(last.id) ?? []), failure])
  }
  return beside
}

/** Failures about any of these ids (questions, "cover.x", "members.x"). */
export function failuresAbout(evaluation: Evaluation, concerns: (id: string) => boolean): Failure[] {
  return evaluation.failures.filter((failure) => failure.about.some(concerns))
}

/** The step where what an id names can be answered: "question/s6", "cover", "member/m2". */
export function stepOf(definition: Definition, id: string, member?: string): string {
  if (id.startsWith('cover.')) return 'cover'
  if (id.startsWith('members.')) {
    const [, row] = id.split('.').length === 3 ? id.split('.') : [undefined, member]
    return row ? `member/${row}` : 'members'
  }
  const screen = screenWith(definition, id)
  return screen ? `question/${screen.id}` : 'contents'
}

/** Where a failure is best corrected: at the first thing it is about. */
export function stepOfFailure(definition: Definition, failure: Failure): string {
  return stepOf(definition, failure.about[0] ?? '', failure.member)
}

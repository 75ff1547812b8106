/** The deliberate shortcut "ทุกข้อปกติ": which questions of a section it would answer, and how. Knows no screen. */
import type { AnswerValue, Definition, Evaluation, Mode, Question, Section } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'
import { namedIn, nobody } from './people-answer.ts'
import { answer } from './question-answer.ts'
import { questionsOf } from './question-order.ts'

export interface Usual {
  question: Question
  value: AnswerValue
}

/** On paper nobody is named: the usual answer "nobody" is a count. */
function inMode(value: AnswerValue, mode: Mode): AnswerValue {
  return mode === 'paper' && namedIn(value) ? nobody('paper') : value
}

/** Questions of the section that apply, are neither answered nor declined, and have a usual answer. */
export function usualAnswers(definition: Definition, section: Section, evaluation: Evaluation, mode: Mode): Usual[] {
  const questions = questionsOf(definition)
  return section.screens.flatMap((screen) => screen.questions).flatMap((id) => {
    const question = questions.get(id)
    const state = evaluation.questions[id]
    if (question?.usual === undefined || state?.applies !== true || state.answered || state.declined) return []
    return [{ question, value: inMode(question.usual, mode) }]
  })
}

/** The answers are given, and the record says that it was by the shortcut, and when. */
export function applyUsual(document: InterviewDocument, section: Section, usual: Usual[], at: Date): void {
  for (const { question, value } of usual) answer(document, question.id, structuredClone(value))
  document.paradata.shortcuts.push({ section: section.id, at: at.toISOString() })
}

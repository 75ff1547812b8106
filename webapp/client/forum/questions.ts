/** What is asked again: questions of the round's questionnaire in its own words, and the few with words of their own. */
import type { Definition, Question } from '../engine/types.ts'
import { questionsOf, screenWith } from '../interview/question-order.ts'
import type { ForumQuestion } from '../offline/index.ts'
import type { BackCheck } from './back-check.ts'

function ownWords({ id, kind = 'number', text_th = '', min, max }: ForumQuestion): Question {
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  return { id, kind, text_th, required: true, sensitive: false, source: 'forum', confidence: 'seen', ...limits }
}

/** In the forum's order. They stand by themselves: nothing that is known of the household decides whether they are asked. */
export function forumQuestions(asked: ForumQuestion[], definition: Definition): Question[] {
  const known = questionsOf(definition)
  return asked.flatMap((one) => {
    const question = one.text_th ? ownWords(one) : known.get(one.id)
    return question ? [{ ...question, sensitive: false }] : [] // leaving out has a box of its own, for every question
  })
}

/** The heading under which the questionnaire asks it; empty where the question says it all. */
export function headingOf(definition: Definition, { id }: Question): string {
  return screenWith(definition, id)?.title_th ?? ''
}

/** Answered so that it can be compared, or left out. */
export function isSettled({ id, kind, min, max }: Question, { answers, declined }: Pick<BackCheck, 'answers' | 'declined'>): boolean {
  if (declined.includes(id)) return true
  const value = answers[id]
  if (value === undefined || value === null) return false
  if (kind !== 'number' || typeof value !== 'number') return true
  return Number.isInteger(value) && value >= (min ?? 0) && value <= (max ?? Infinity)
}

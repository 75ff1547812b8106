/** What still stands between an interview and its end. Knows no screen. */
import type { Evaluation } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'
import { type Returned, unanswered } from './correction.ts'
import { needsEvidence } from './evidence-held.ts'
import { isOpen } from './question-failures.ts'

export type Blocker = 'answers' | 'failures' | 'evidence' | 'date' | 'review'

/** Reasons why it cannot end yet; a house that could not be interviewed has none, unless its return waits for an answer. */
export function blockers(document: InterviewDocument, evaluation: Evaluation, dateConfirmed: boolean, returned: Returned | null = null): Blocker[] {
  const review: Blocker[] = returned && document.review && unanswered(document, returned).length ? ['review'] : []
  if (document.outcome !== 'interviewed') return review
  const holds: [Blocker, boolean][] = [
    ['answers', evaluation.missing.length > 0 && !document.missing_note?.trim()],
    ['failures', evaluation.failures.some((failure) => isOpen(document, failure))],
    ['evidence', needsEvidence(document)],
    ['date', !dateConfirmed],
  ]
  return [...review, ...holds.flatMap(([blocker, isSo]) => (isSo ? [blocker] : []))]
}

/** The date somebody confirmed of each revision; another date must be confirmed again, another fix of the position not. */
const confirmed = new Map<string, string>()

const revision = ({ interview, number }: InterviewDocument): string => `${interview} ${number}`

export function isDateConfirmed(document: InterviewDocument): boolean {
  return confirmed.get(revision(document)) === document.date
}

export function confirmDate(document: InterviewDocument, yes: boolean): void {
  if (yes) confirmed.set(revision(document), document.date)
  else confirmed.delete(revision(document))
}

/** Answers to questions that are no longer asked: a corrected answer takes them away, as the paper form does. */
import type { Evaluation } from '../engine/types.ts'
import type { Context, InterviewDocument } from './context.ts'

/** Questions answered that certainly do not apply any more; what is not known yet stays. */
export function unasked(document: InterviewDocument, evaluation: Evaluation): string[] {
  return Object.keys(document.answers).filter((id) => evaluation.questions[id]?.applies === false)
}

/** Takes them away once the screen is drawn; drawing again finds none. */
export function forgetUnasked(context: Context): void {
  if (context.readOnly || unasked(context.document, context.evaluation).length === 0) return
  queueMicrotask(() => context.change((document) => {
    for (const id of unasked(document, context.evaluation)) delete document.answers[id]
  }))
}

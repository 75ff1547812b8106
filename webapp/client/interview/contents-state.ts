/** What each part of an interview still lacks. Knows no screen. */
import type { Definition, Evaluation, Failure, Mode, Section } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'
import { explanationOf, failuresAbout, isOpen } from './question-failures.ts'
import { type Place, placesOf } from './question-order.ts'

/** Missing answers, open hard failures, and soft ones worth a look. */
export interface PartState {
  missing: number
  toFix: number
  toCheck: number
}

function stateOf(document: InterviewDocument, evaluation: Evaluation, concerns: (id: string) => boolean): PartState {
  const failures = failuresAbout(evaluation, concerns)
  const soft = (failure: Failure) => failure.severity === 'soft' && !explanationOf(document, failure).trim()
  return {
    missing: evaluation.missing.filter(concerns).length,
    toFix: failures.filter((failure) => isOpen(document, failure)).length,
    toCheck: failures.filter(soft).length,
  }
}

/** State of the cover, of the member table, or of a screen's questions. */
export function partState(document: InterviewDocument, evaluation: Evaluation, part: 'cover' | 'members' | string[]): PartState {
  if (typeof part === 'string') return stateOf(document, evaluation, (id) => id.startsWith(`${part}.`))
  const ids = new Set(part)
  return stateOf(document, evaluation, (id) => ids.has(id))
}

/** A section with the screens that ask something now. */
export interface SectionPlaces {
  section: Section
  places: Place[]
  state: PartState
}

/** The sections in order; those with nothing to ask are left out. */
export function sectionsOf(definition: Definition, document: InterviewDocument, evaluation: Evaluation, mode: Mode): SectionPlaces[] {
  const places = placesOf(definition, evaluation, mode)
  return definition.sections
    .map((section) => ({
      section,
      places: places.filter((place) => place.section === section),
      state: partState(document, evaluation, section.screens.flatMap((screen) => screen.questions)),
    }))
    .filter((one) => one.places.length > 0)
}

/** The first screen that still lacks an answer or has a hard failure open. */
export function firstUnfinished(document: InterviewDocument, evaluation: Evaluation, places: Place[]): Place | null {
  return places.find(({ screen }) => {
    const { missing, toFix } = partState(document, evaluation, screen.questions)
    return missing + toFix > 0
  }) ?? null
}

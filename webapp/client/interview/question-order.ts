/** Which screens have something to ask now, and in what order they are gone through. */
import type { Definition, Evaluation, Mode, Question, Screen, Section } from '../engine/types.ts'

/** A screen with what it asks and shows at this moment. */
export interface Place {
  section: Section
  screen: Screen
  questions: Question[]
}

export type Questions = Map<string, Question>

const known = new WeakMap<Definition, Questions>()

/** The version's questions by id. */
export function questionsOf(definition: Definition): Questions {
  const found = known.get(definition) ?? new Map(definition.questions.map((question) => [question.id, question]))
  known.set(definition, found)
  return found
}

/** True for what somebody answers; counts and sums are shown, and in paper mode may be typed. */
export function isAsked(question: Question, mode: Mode): boolean {
  return question.kind !== 'derived' || (mode === 'paper' && question.paper === true)
}

/** A question is on screen when it applies; a computed figure also while it is not known yet. */
export function isShown(question: Question, evaluation: Evaluation): boolean {
  const state = evaluation.questions[question.id]
  if (question.kind === 'derived') return state?.applies !== false
  return state?.applies === true
}

function placeOf(section: Section, screen: Screen, questions: Questions, evaluation: Evaluation): Place {
  const listed = screen.questions.flatMap((id) => questions.get(id) ?? [])
  return { section, screen, questions: listed.filter((question) => isShown(question, evaluation)) }
}

/** The screens that ask something now, section by section. */
export function placesOf(definition: Definition, evaluation: Evaluation, mode: Mode): Place[] {
  const questions = questionsOf(definition)
  return allScreens(definition)
    .map(({ section, screen }) => placeOf(section, screen, questions, evaluation))
    .filter((place) => place.questions.some((question) => isAsked(question, mode)))
}

/** Every screen of the sections that are switched on, whether it asks something now or not. */
export function allScreens(definition: Definition): { section: Section; screen: Screen }[] {
  return definition.sections
    .filter((section) => section.enabled)
    .flatMap((section) => section.screens.map((screen) => ({ section, screen })))
}

/** Where a screen stands among those that ask something (1, 2, …), and the ones before and after it. */
export interface Standing {
  number: number
  total: number
  place: Place | null
  before: Place | null
  after: Place | null
}

/** Also for a screen that has just become empty: its neighbours are found by the version's own order. */
export function standingOf(definition: Definition, places: Place[], screenId: string): Standing {
  const order = new Map(allScreens(definition).map(({ screen }, at) => [screen.id, at]))
  const here = order.get(screenId) ?? -1
  const rank = (place: Place) => order.get(place.screen.id) ?? -1
  const earlier = places.filter((place) => rank(place) < here)
  return {
    number: earlier.length + 1,
    total: places.length,
    place: places.find((place) => place.screen.id === screenId) ?? null,
    before: earlier.at(-1) ?? null,
    after: places.find((place) => rank(place) > here) ?? null,
  }
}

/** The screen that holds a question, switched on or not. */
export function screenWith(definition: Definition, questionId: string): Screen | null {
  return definition.sections.flatMap((section) => section.screens).find((screen) => screen.questions.includes(questionId)) ?? null
}

/** The number printed on the paper form: parts in letters are ours ("14.3.amount" → "14.3"). */
export function paperNumber(id: string): string {
  const parts = id.split('.')
  const ours = parts.findIndex((part) => !/^\d/.test(part))
  return (ours === -1 ? parts : parts.slice(0, ours)).join('.')
}

/** Counts how long each section of an interview was on screen and how many screens were opened. */
import type { Definition } from '../engine/types.ts'
import type { InterviewDocument, Paradata } from './context.ts'

/** A pause longer than this is not counted as asking (the phone lay on the table). */
const LONGEST_S = 600

/** Nothing has been recorded yet. */
export function noParadata(): Paradata {
  return { section_seconds: {}, shortcuts: [], edits_after_result: 0, screens_visited: 0, result_private: false, notice_read_aloud: false }
}

/** The section a step belongs to: the questionnaire's section of a question's screen, else the step itself. */
export function sectionOf(definition: Definition, step: string, part: string): string {
  if (step !== 'question') return step
  return definition.sections.find((section) => section.screens.some((screen) => screen.id === part))?.id ?? step
}

/** Follows one interview from screen to screen. */
export class Tracker {
  private section = ''
  private since = 0

  /** A screen opened at this instant (ms): the time since the last goes to the section left. */
  enter(document: InterviewDocument, section: string, now: number): void {
    this.leave(document, now)
    this.section = section
    this.since = now
    document.paradata.screens_visited += 1
  }

  /** The interview left the screen (closed, hidden, finished). */
  leave(document: InterviewDocument, now: number): void {
    if (!this.section) return
    const seconds = Math.round(Math.min(Math.max(now - this.since, 0) / 1000, LONGEST_S))
    const spent = document.paradata.section_seconds
    spent[this.section] = (spent[this.section] ?? 0) + seconds
    this.section = ''
  }
}

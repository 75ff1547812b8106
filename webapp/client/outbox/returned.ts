/** An interview that an inspector sent back: what is asked of whom by when, and the register's copy to correct. */
import type { InterviewBeingAsked } from './document.ts'

/** What an inspector wrote about one line: a question's id, a field of the cover or of a member, a kind of evidence, '' for the whole. */
export interface Comment {
  about: string
  comment: string
}

export interface Returned<D extends InterviewBeingAsked = InterviewBeingAsked> {
  interview: string
  household: string
  village: string
  house_number: string
  /** Names this return; the corrected revision says it. */
  decision: number
  kind: 'returned' | 'evidence_again'
  reason: string
  /** A day as ISO, or none. */
  deadline: string | null
  comments: Comment[]
  /** The head revision as the register holds it, without ID numbers. */
  answers: D
  /** Members whose ID number the register holds. */
  numbers: string[]
  /** The head's digest, and its number: what the correction is based on. */
  base: string[]
  number: number
}

/** What every screen of an interview is given, and the shape of the document it fills. */
import type { TemplateResult } from 'lit-html'
import type { DraftFiles, EvidenceFile, Returned } from '../outbox/index.ts'
import type { Household, Village } from '../offline/index.ts'
import type { AnswerValue, Definition, Evaluation, FieldValue, Member, Mode } from '../engine/types.ts'

export type Outcome = 'interviewed' | 'refused' | 'nobody_home' | 'empty' | 'moved' | 'demolished'

export type { EvidenceFile }

export interface EvidencePosition {
  kind: 'position'
  latitude: number
  longitude: number
  accuracy: number
  taken_at: string
  age_s: number
  fixes: number
  earlier?: boolean
}

export interface EvidenceNote {
  kind: 'other'
  note: string
  earlier?: boolean
}

/** `earlier`: of a revision that the register holds; it stays in the list, behind what is new. */
export type Evidence = EvidenceFile | EvidencePosition | EvidenceNote

/** What a volunteer says to one of the inspector's comments: the answer is another now, or was right, and why. */
export interface Reply {
  about: string
  kind: 'corrected' | 'defended'
  text: string
}

/** What is recorded about how the interview went, beside the answers. */
export interface Paradata {
  section_seconds: Record<string, number>
  shortcuts: { section: string; at: string }[]
  edits_after_result: number
  screens_visited: number
  result_private: boolean
  notice_read_aloud: boolean
}

/** Somebody whom last year's interview named: taken out of the table only with a reason. */
export interface RosterEntry {
  member: string
  name: string
  /** Why this person is no longer in the household; empty until it is said. */
  left?: string
  /** What was known of who left. */
  said?: Member
}

/** The unfinished interview: the finished document of the register, while it grows. */
export interface InterviewDocument {
  schema: 1
  interview: string
  number: number
  based_on: string[]
  round: string
  questionnaire: string
  mode: Mode
  app: string
  author: { account: string; device: string }
  household: { id: string; new: boolean; village: string; house_number: string }
  outcome: Outcome
  outcome_note: string
  notice: { version: string; agreed: boolean; shown_at: string } | null
  date: string
  started_at: string
  finished_at: string
  clock: { server_time: string; elapsed_ms: number } | null
  cover: Record<string, FieldValue>
  members: Member[]
  /** Whom last year's interview named; not there where nothing was known. */
  roster?: RosterEntry[]
  answers: Record<string, AnswerValue | null>
  declined: string[]
  explanations: Record<string, string>
  missing_note?: string
  evidence: Evidence[]
  paradata: Paradata
  /** Of a corrected revision: which return it answers, and how. */
  review?: { decision: number; replies: Reply[] }
}

export interface Account {
  id: string
  name: string
  role: string
}

/** GeoJSON geometry of a subdistrict, longitude before latitude. */
export interface Boundary {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: number[][][] | number[][][][]
}

/** One interview being asked; every screen is a pure function of it. */
export interface Context {
  document: InterviewDocument
  definition: Definition
  /** Made again by the engine after each change. */
  evaluation: Evaluation
  /** Whether a cover or member field is asked now: `cover.soi`, `members.m1.sex`. */
  asks(key: string): boolean
  /** Another tab writes this draft, or it was sealed: show, change nothing. */
  readOnly: boolean
  /** Mutates the document, evaluates, renders, and saves it encrypted at once; never blocks typing. */
  change(mutate: (document: InterviewDocument) => void): void
  /** True once everything changed so far is on the disk; false where the disk takes nothing. */
  onDisk(): Promise<boolean>
  /** What is being kept (a photo, a signature): the interview is not let go or sealed before. */
  during<T>(work: Promise<T>): Promise<T>
  /** Renders again when something outside the document changed (a camera opened, a fix came). */
  refresh(): void
  files: DraftFiles
  /** `/app/home`, or a step of this interview: `question/s6`, `result`. */
  go(path: string): void
  back(): void
  /**
   * Seals the interview into the outbox and goes home with a word of it.
   * Raises outbox's Problem ('evidence-missing', 'register-unknown'…) or StorageTrouble: then nothing was lost, and the screen says what to do.
   */
  finish(): Promise<void>
  /** What follows the step in the path: `s6` of /app/interview/<id>/question/s6. */
  part: string
  boundary: Boundary | null
  household: Household | null
  village: Village | null
  account: Account
  /** The return that this interview answers. */
  returned: Returned<InterviewDocument> | null
  now(): Date
}

/** One screen: what is seen of a step of the interview. */
export type Screen = (context: Context) => TemplateResult

/** What comes of asking one household again: the document that is sealed and sent as an interview is. */
import type { AnswerValue } from '../engine/types.ts'
import { newInterviewId } from '../outbox/index.ts'
import { dayInThailand } from '../ui/dates.ts'
import { type Session, trustedNow } from '../interview/session.ts'
import type { HeldForum, House } from './standing.ts'

export type Outcome = 'asked' | 'absent' | 'refused' | 'moved'
/** Was it the one who answered the first time? */
export type Respondent = 'same' | 'other' | 'unknown'

export const RESPONDENTS: Respondent[] = ['same', 'other', 'unknown']
export const FAILURES: Exclude<Outcome, 'asked'>[] = ['absent', 'refused', 'moved']
export const LONGEST_NOTE = 300

export interface BackCheck {
  schema: 1
  kind: 'back_check'
  /** Names this result; the interview that it is compared with has an id of its own. */
  interview: string
  number: 1
  based_on: string[]
  forum: string
  round: string
  questionnaire: string
  /** Of the forum's list of questions. */
  version: number
  app: string
  author: { account: string; device: string }
  household: { id: string; new: false; village: string; house_number: string }
  outcome: Outcome
  outcome_note: string
  notice: { version: string; agreed: boolean }
  respondent: Respondent | null
  date: string
  started_at: string
  finished_at: string
  clock: { server_time: string; elapsed_ms: number } | null
  answers: Record<string, AnswerValue | null>
  declined: string[]
  evidence: []
}

/** The household has heard why it is asked, and agrees. */
export function newBackCheck(session: Session, forum: HeldForum, { id, house_number }: House, device: string): BackCheck {
  const { world } = session.phone
  return {
    schema: 1,
    kind: 'back_check',
    interview: newInterviewId(world.now()),
    number: 1,
    based_on: [],
    forum: forum.id,
    round: forum.round,
    questionnaire: forum.questionnaire,
    version: forum.version,
    app: world.app,
    author: { account: session.account.id, device },
    household: { id, new: false, village: forum.village.code, house_number },
    outcome: 'asked',
    outcome_note: '',
    notice: { version: forum.notice.version, agreed: true },
    respondent: null,
    date: dayInThailand(trustedNow(session)),
    started_at: new Date(world.now()).toISOString(),
    finished_at: '',
    clock: null,
    answers: {},
    declined: [],
    evidence: [],
  }
}

/** It could not be asked after all; what it said until then is not kept. */
export function fail(document: BackCheck, outcome: Exclude<Outcome, 'asked'>, note: string): void {
  document.outcome = outcome
  document.outcome_note = note.trim().slice(0, LONGEST_NOTE)
  document.notice.agreed = false
  document.respondent = null
  document.answers = {}
  document.declined = []
}

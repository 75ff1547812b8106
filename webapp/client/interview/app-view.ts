/** What the screens outside an interview are given: the volunteer's work, what is chosen on screen, and what can be done. */
import type { Mode } from '../engine/types.ts'
import type { ForumActs } from '../forum/acts.ts'
import type { Outcome as ForumOutcome } from '../forum/back-check.ts'
import type { Check } from '../offline/index.ts'
import type { Persistence } from '../offline/persistence.ts'
import type { Entry } from '../outbox/index.ts'
import type { TakenIn } from '../outbox/rescue.ts'
import type { Outcome } from './context.ts'
import type { Sealed } from './done.ts'
import type { Shown } from './household-state.ts'
import type { Place } from './new-interview.ts'
import type { Session } from './session.ts'

/** What is chosen on the screens; it goes when the page goes. */
export interface Chosen {
  village: string
  shown: Shown
  words: string
  /** Rows of the home list drawn so far. */
  limit: number
  note: string
  /** The draft whose removal waits for a second tap. */
  dropping: string
  /** The return whose copy is to take the place of newer work: waits for a second tap. */
  replacing: string
  /** The reply to a finding that is being written. */
  reply: { finding: number; text: string }
  fresh: { village: string; house_number: string; unnumbered: boolean; head: string }
  /** Why this household of a forum cannot be asked, and what was kept last. */
  forum: { house: string; outcome: ForumOutcome | ''; note: string; kept: { house: string; number: string; outcome: ForumOutcome } | null }
  signingOut: boolean
  /** The interview sealed last: what its screen says. */
  sealed: Sealed | null
}

export interface ReadyState {
  checks: Check[] | null
  persistence: Persistence | null
  installable: boolean
  installed: boolean
}

export interface OutboxState {
  entries: { entry: Entry; label: { village: string; house_number: string } | null; redone: boolean }[]
  more: boolean
  sending: boolean
  /** `unkept`: the phone's storage took no more of it. */
  taken: TakenIn | 'failed' | 'unkept' | 'reading' | null
}

export interface Acts {
  go(path: string): void
  render(): void
  begin(place: Place, outcome: Outcome, mode: Mode, note: string): void
  /** An unfinished interview ends with an outcome after all. */
  conclude(draft: string, outcome: Outcome, note: string): void
  drop(draft: string): void
  reopen(draft: string): void
  /** A volunteer's word about a finding: kept, and sent when there is a network. */
  reply(finding: number, text: string): void
  /** Asking households again at a forum. */
  forum: ForumActs
  /** What came back is corrected; `from` says which version where this phone has newer work. */
  correct(interview: string, from?: 'here' | 'register'): void
  refreshLists(): void
  send(): void
  release(digest: string): void
  moreEntries(): void
  rescue(): void
  takeIn(file: File): void
  check(): void
  persist(): void
  install(): void
  switchLanguage(): void
  signOut(discard: boolean): void
  lockNow(): void
  /** The volunteer wants another PIN. */
  renewSecret(): void
}

export interface AppView {
  session: Session
  chosen: Chosen
  ready: ReadyState
  outbox: OutboxState
  online: boolean
  /** The lists are being fetched now. */
  fetching: boolean
  /** The register wants a new sign-in; work on the phone goes on. */
  signedOut: boolean
  acts: Acts
}

export function nothingChosen(): Chosen {
  return { village: '', shown: 'all', words: '', limit: 60, note: '', dropping: '', replacing: '', reply: { finding: 0, text: '' }, fresh: { village: '', house_number: '', unnumbered: false, head: '' }, forum: { house: '', outcome: '', note: '', kept: null }, signingOut: false, sealed: null }
}

/** The whole app's state: who is signed in, where we are, the interview that is open. */
import type { Asking } from '../forum/asking.ts'
import type { WorkerWatch } from '../offline/index.ts'
import type { OutboxStatus, Phone, Triggers } from '../outbox/index.ts'
import type { Route } from '../ui/router.ts'
import { type Chosen, nothingChosen, type OutboxState, type ReadyState } from './app-view.ts'
import type { LockState } from './lock-state.ts'
import type { OpenInterview } from './open-interview.ts'
import type { Session } from './session.ts'

/** `first`: nobody has signed in on this phone, or somebody signed out. `locked`: the vault waits for its secret. `stopped`: the storage does not open. */
export type Stage = 'loading' | 'first' | 'locked' | 'stopped' | 'ready'

/** Chromium's offer to install, kept until the volunteer taps. */
export interface InstallOffer extends Event {
  prompt: () => Promise<unknown>
}

export interface AppState {
  phone: Phone
  stage: Stage
  stoppedBy: string
  session: Session | null
  lock: LockState | null
  ended: boolean // the register ended the reading on this phone
  /** What still waits here while nobody is signed in. */
  left: OutboxStatus | null
  route: Route
  open: OpenInterview | null
  /** The household of a forum that is being asked. */
  asking: Asking | null
  /** What is opened or left last: the next waits for it. */
  turn: Promise<unknown> | null
  /** An interview is being read from the phone. */
  opening: boolean
  /** The phone did not give it: another try may. */
  unread: boolean
  chosen: Chosen
  ready: ReadyState
  outbox: OutboxState
  fetching: boolean
  signedOut: boolean
  worker: WorkerWatch | null
  newer: boolean
  offer: InstallOffer | null
  triggers: Triggers | null
}

export function freshState(phone: Phone): AppState {
  return {
    phone,
    stage: 'loading',
    stoppedBy: '',
    session: null,
    lock: null,
    ended: false,
    left: null,
    route: { name: 'home' },
    open: null,
    asking: null,
    turn: null,
    opening: false,
    unread: false,
    chosen: nothingChosen(),
    ready: { checks: null, persistence: null, installable: false, installed: false },
    outbox: { entries: [], more: false, sending: false, taken: null },
    fetching: false,
    signedOut: false,
    worker: null,
    newer: false,
    offer: null,
    triggers: null,
  }
}

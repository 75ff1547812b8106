/** What the lock's screen holds while somebody types; it goes with the screen. */
import type { Bytes } from '../outbox/index.ts'
import type { SecretKind } from '../vault/index.ts'

export interface LockState {
  account: string
  /** `recover`: no secret opens it any more, only a fresh sign-in. */
  purpose: 'choose' | 'unlock' | 'recover'
  kind: SecretKind
  typed: string
  again: string
  /** Typed letters are shown. */
  shown: boolean
  busy: boolean
  /** Key of a text. */
  problem: string
  left: number
  /** Milliseconds since 1970 before which no try is taken. */
  wait_until: number
  /** The key for which a new secret is chosen; null makes a new key. */
  given: Bytes | null
  /** The present secret is asked in order to choose another. */
  renewing: boolean
  /** Seven days without the register: it must be heard from first. */
  outOfTouch: boolean
}

export function freshLock(account: string, kind: SecretKind, wait_until: number): LockState {
  return {
    account, kind, wait_until, purpose: 'unlock', typed: '', again: '', shown: false, busy: false, problem: '', left: 0, given: null,
    renewing: false, outOfTouch: false,
  }
}

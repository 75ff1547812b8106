/** What each of the register's problems makes the phone do: the one table of codes. */
import type { Refused } from './answers.ts'
import type { Stopped } from './records.ts'

export type Verdict =
  | { act: 'halt'; reason: Stopped } // nothing can be sent for now
  | { act: 'park' } // a person must look; the others go on
  | { act: 'later' } // this one rests, the others go on
  | { act: 'compare' } // are the phone's own bytes still what they were?
  | { act: 'no-space' } // answers go on, photos wait

const BY_CODE: Record<string, Verdict> = {
  session: { act: 'halt', reason: 'signed-out' },
  revoked: { act: 'halt', reason: 'signed-out' },
  'slow-down': { act: 'halt', reason: 'slow-down' },
  maintenance: { act: 'halt', reason: 'maintenance' },
  'read-only': { act: 'halt', reason: 'maintenance' },
  malformed: { act: 'compare' },
  'hash-mismatch': { act: 'compare' },
  unreadable: { act: 'compare' },
  'no-space': { act: 'no-space' },
  unknown: { act: 'later' },
  busy: { act: 'later' },
  'round-closed': { act: 'later' },
  update: { act: 'later' },
  'too-large': { act: 'park' },
  unsupported: { act: 'park' },
  image: { act: 'park' },
}

const BY_STATUS: Record<number, Verdict> = {
  401: { act: 'halt', reason: 'signed-out' },
  429: { act: 'halt', reason: 'slow-down' },
  503: { act: 'halt', reason: 'maintenance' },
  507: { act: 'no-space' },
}

/** A code of a newer register falls back on its status, then on its `retry` word. */
export function verdictOf({ code, status, retry }: Refused): Verdict {
  const known = BY_CODE[code] ?? BY_STATUS[status]
  if (known) return known
  return status < 500 && (retry === 'never' || retry === 'after-fix') ? { act: 'park' } : { act: 'later' }
}

/** With no session, a revoked one or somebody else's, the hand-in token may still do. */
export function asksForToken({ code, status }: Refused): boolean {
  return status === 401 || ['session', 'revoked', 'forbidden', 'round-closed'].includes(code)
}

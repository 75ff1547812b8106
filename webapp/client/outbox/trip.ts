/** One run of the sender: who it speaks to, with what right, and what it has been told so far. */
import { type Answer, type Answered, ask, type Call, type Refused } from './answers.ts'
import type { Phone } from './phone.ts'
import type { Register, Stopped } from './records.ts'
import { asksForToken, verdictOf } from './verdicts.ts'

export interface Trip {
  phone: Phone
  register: Register
  /** The session is gone: the hand-in token speaks. */
  byToken: boolean
  /** Entries tried in this trip; none is tried twice. */
  tried: Set<string>
  sent: number
  /** The register has no room for photos. */
  noSpace: boolean
  /** Failures of the register itself, in a row. */
  serverFailures: number
}

/** The trip ends here: whatever is left waits for the next one. */
export class Halt extends Error {
  readonly reason: Stopped
  readonly after_ms: number | null

  constructor(reason: Stopped, after_ms: number | null = null) {
    super(reason)
    this.reason = reason
    this.after_ms = after_ms
  }
}

export function startTrip(phone: Phone, register: Register, signedOut: boolean): Trip {
  const byToken = signedOut && register.hand_in_token !== null
  return { phone, register, byToken, tried: new Set(), sent: 0, noSpace: false, serverFailures: 0 }
}

const SERVER_FAILURES_IN_A_ROW = 5
const DAY_MS = 24 * 3600_000

/** The register's answer or problem. Halts when nobody answers, when it is not the register, or when it says wait. */
export async function askOn(trip: Trip, call: Call, author?: string): Promise<Answered | Refused> {
  const answer = (await askForAuthor(trip, call, author)) ?? (await askWithRight(trip, call))
  if (answer.kind === 'none') throw new Halt(reasonOf(trip, answer.reason), answer.after_ms)
  if (answer.kind === 'answer') trip.serverFailures = 0
  else heed(trip, answer)
  return answer
}

/** On a shared phone: what somebody else finished goes out with their own token; null where it does not serve. */
async function askForAuthor({ phone, register }: Trip, call: Call, author?: string): Promise<Answer | null> {
  const token = author && author !== register.account.id ? register.tokens?.[author] : undefined
  if (!token) return null
  const answer = await ask(phone.world, { ...call, token })
  return answer.kind === 'problem' && asksForToken(answer) ? null : answer
}

async function askWithRight(trip: Trip, call: Call): Promise<Answer> {
  const token = trip.register.hand_in_token
  const answer = await ask(trip.phone.world, { ...call, token: trip.byToken ? token : null })
  if (answer.kind !== 'problem' || trip.byToken || !token || !asksForToken(answer)) return answer
  trip.byToken = answer.code !== 'round-closed'
  return ask(trip.phone.world, { ...call, token })
}

function heed(trip: Trip, problem: Refused): void {
  const verdict = verdictOf(problem)
  if (verdict.act === 'halt') throw new Halt(verdict.reason, problem.after_ms)
  trip.serverFailures = problem.status === 500 ? trip.serverFailures + 1 : 0
  if (trip.serverFailures >= SERVER_FAILURES_IN_A_ROW) throw new Halt('server', problem.after_ms)
}

/** A phone set to the wrong year cannot make a secure connection; that must not look like a dead network. */
function reasonOf({ phone, register }: Trip, reason: 'offline' | 'portal' | 'server'): Stopped {
  const beforeLastContact = phone.world.now() < Date.parse(register.time) - DAY_MS
  return reason === 'offline' && beforeLastContact ? 'clock' : reason
}

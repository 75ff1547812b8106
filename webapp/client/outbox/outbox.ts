/**
 * The outbox: finished interviews that wait on this phone for a receipt.
 *
 * One leaves it when the register's signed receipt names the digest taken when it was finished,
 * at no other time. Nothing here deletes one; retention.ts does, long after the last receipt.
 */
import { backOff } from './back-off.ts'
import { calmDown, change, dueEntries, entryOf, nextDue } from './entries.ts'
import type { Phone } from './phone.ts'
import { askPlan, PLAN_LIMIT } from './plan.ts'
import type { Entry, Link, Stopped } from './records.ts'
import { registerOf } from './register.ts'
import { sendEvidence } from './send-evidence.ts'
import { sendRevisions } from './send.ts'
import { isSignedOut } from './sign-out.ts'
import { linkOf } from './status.ts'
import { StorageTrouble } from './store.ts'
import { Halt, startTrip, type Trip } from './trip.ts'

export interface Drained {
  /** Revisions receipted in this trip. */
  sent: number
  stopped: Stopped
  /** Milliseconds since 1970; null when nothing waits. */
  next_at: number | null
}

/**
 * Sends what is due, one sender at a time whichever tab or worker it is in. Never throws for the network's sake.
 * `fresh`: something changed (a network, a person), so the back-off starts anew.
 */
export function drain(phone: Phone, fresh = false): Promise<Drained> {
  const { locks } = phone.world
  return locks ? locks.request('outbox', () => sendWhatIsDue(phone, fresh)) : sendWhatIsDue(phone, fresh)
}

/** A person wants it tried again. */
export async function releaseParked(phone: Phone, digest: string): Promise<void> {
  const entry = await entryOf(phone, digest)
  if (entry?.state !== 'parked') return
  await change(phone, entry, { state: 'waiting', code: null, tries: 0, due: phone.world.now() })
}

async function sendWhatIsDue(phone: Phone, fresh: boolean): Promise<Drained> {
  const register = await registerOf(phone)
  if (!register) return { sent: 0, stopped: 'signed-out', next_at: null }
  const trip = startTrip(phone, register, await isSignedOut(phone))
  const stop = await goOn(trip).catch(reasonOf)
  await calmDown(phone).catch(() => undefined)
  return conclude(trip, stop, fresh)
}

async function goOn(trip: Trip): Promise<Halt | null> {
  for (;;) {
    const page = await dueEntries(trip.phone, trip.tried, PLAN_LIMIT)
    if (!page.length) return null
    await sendPage(trip, page)
  }
}

/** Answers go before pictures, unless both fit one request. */
async function sendPage(trip: Trip, page: Entry[]): Promise<void> {
  const needs = await askPlan(trip, page)
  const received = await sendRevisions(trip, needs.revision)
  for (const entry of [...needs.evidence, ...received.filter(lacksFiles)]) await sendEvidence(trip, entry)
}

function lacksFiles({ state, missing }: Entry): boolean {
  return missing.length > 0 && (state === 'data' || state === 'custody')
}

function reasonOf(error: unknown): Halt {
  if (error instanceof Halt) return error
  if (error instanceof StorageTrouble) return new Halt('storage')
  throw error
}

/** Remembers how it ended, so that the screens can say when the next attempt is. */
async function conclude({ phone, sent }: Trip, halt: Halt | null, fresh: boolean): Promise<Drained> {
  const { work, world, notices } = phone
  const now = world.now()
  const stopped = halt?.reason ?? 'empty'
  const before = fresh || sent ? 0 : ((await linkOf(phone).catch(() => null))?.failures ?? 0)
  const failures = halt ? before + 1 : 0
  const wait = halt ? Math.max(halt.after_ms ?? 0, backOff(failures, world.random())) : 0
  const link: Link = { id: 'link', failures, next_at: now + wait, stopped, at: new Date(now).toISOString() }
  await work.write(['account'], (transaction) => transaction.objectStore('account').put(link)).catch(() => undefined)
  notices.tell('outbox')
  const due = await nextDue(phone).catch(() => now)
  return { sent, stopped, next_at: due === null ? null : Math.max(due, link.next_at) }
}

/** The first thing a retry does: ask what the register holds, before anything is sent. */
import type { Answered } from './answers.ts'
import { change, postpone, receive } from './entries.ts'
import { verifiedReceipt } from './receipts.ts'
import type { Entry } from './records.ts'
import { askOn, Halt, type Trip } from './trip.ts'

export const PLAN_LIMIT = 50

interface PlanItem {
  digest: string
  receipt: string | null
  needs: 'revision' | 'evidence' | null
  missing: string[]
}

/** What each entry needs next; those the register holds whole have their receipt. */
export interface Needs {
  revision: Entry[]
  evidence: Entry[]
}

export async function askPlan(trip: Trip, entries: Entry[]): Promise<Needs> {
  const items = await itemsOf(trip, entries)
  const needs: Needs = { revision: [], evidence: [] }
  for (const entry of entries) {
    trip.tried.add(entry.digest)
    const item = items.get(entry.digest)
    if (!item) await postpone(trip.phone, entry, 'not-planned')
    else if (item.receipt) needs.evidence.push(await takeReceipt(trip, entry, item))
    else needs.revision.push(await sendAgain(trip, entry))
  }
  needs.evidence = needs.evidence.filter(({ missing }) => missing.length > 0)
  return needs
}

async function itemsOf(trip: Trip, entries: Entry[]): Promise<Map<string, PlanItem>> {
  const asked = entries.map(({ interview, digest, evidence }) => ({
    interview,
    digest,
    evidence: evidence.map(({ sha256 }) => sha256),
  }))
  const answer = await askOn(trip, { method: 'POST', address: '/api/v1/plan', body: { items: asked } })
  if (answer.kind === 'problem') throw new Halt('server', answer.after_ms)
  return new Map(itemsIn<PlanItem>(answer).map((item) => [item.digest, item]))
}

/** The items of an answer; an answer without them is not the register's. */
export function itemsIn<T>({ json }: Answered): T[] {
  if (!Array.isArray(json.items)) throw new Halt('portal')
  return json.items as T[]
}

/** The receipt moves the entry; one that does not verify is somebody else's. */
export async function takeReceipt(
  { phone, register }: Trip,
  entry: Entry,
  reply: { receipt?: unknown; missing?: unknown },
): Promise<Entry> {
  const receipt = await verifiedReceipt(reply.receipt, register.receipt_keys, entry)
  if (!receipt) throw new Halt('portal')
  return receive(phone, entry, reply.receipt as string, receipt, reply.missing)
}

/** Received once and lost by the register since (restored from a backup), it waits again; what never left just goes on waiting. */
function sendAgain({ phone }: Trip, entry: Entry): Promise<Entry> {
  if (entry.state === 'waiting') return Promise.resolve(entry)
  return change(phone, entry, { state: 'waiting', receipt: null, receipt_at: null })
}

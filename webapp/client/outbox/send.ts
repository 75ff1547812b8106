/** Sending sealed revisions, alone or in one request, exactly as they were sealed. */
import { type Answered, problemOf, type Refused } from './answers.ts'
import { base64, sha256 } from './bytes.ts'
import { markSending, park, postpone, sealedBlobOf } from './entries.ts'
import { itemsIn, takeReceipt } from './plan.ts'
import type { Bytes, Entry } from './records.ts'
import { sendWhole } from './send-whole.ts'
import { askOn, type Trip } from './trip.ts'
import { verdictOf } from './verdicts.ts'

const BATCH_ITEMS = 20
const BATCH_BYTES = 1024 * 1024
const WRAPPING_BYTES = 1024 // ids, signature and punctuation of one item, generously
const TRIES_OF_GOOD_BYTES = 3

interface Envelope {
  entry: Entry
  bytes: Bytes
}

interface BatchItem {
  digest: string
  status: number
  receipt?: string
  missing?: string[]
  problem?: Record<string, unknown>
}

/** The entries whose answers the register now holds; the others are parked or rest. */
export async function sendRevisions(trip: Trip, entries: Entry[]): Promise<Entry[]> {
  const { received, apart } = await sendWhole(trip, entries)
  for (const batch of batches(apart)) {
    received.push(...(batch.length > 1 ? await sendBatch(trip, batch) : await sendEach(trip, batch)))
  }
  return received
}

/** Groups that fit one request: at most 20 and 1 MiB of JSON, each of one author. */
export function batches(entries: Entry[]): Entry[][] {
  const groups: Entry[][] = []
  let [group, room]: [Entry[], number] = [[], 0]
  for (const entry of entries) {
    const size = Math.ceil(entry.envelope.size / 3) * 4 + WRAPPING_BYTES
    if (group.length === BATCH_ITEMS || size > room || group[0]?.account !== entry.account) {
      group = []
      room = BATCH_BYTES
      groups.push(group)
    }
    group.push(entry)
    room -= size
  }
  return groups
}

async function sendEach(trip: Trip, entries: Entry[]): Promise<Entry[]> {
  const received: Entry[] = []
  for (const entry of entries) {
    const envelope = await envelopeOf(trip, entry)
    if (envelope) received.push(await sendOne(trip, envelope))
  }
  return received
}

async function sendOne(trip: Trip, { entry, bytes }: Envelope): Promise<Entry> {
  await markSending(trip.phone, [entry])
  const { interview, digest, device, signature, envelope } = entry
  const answer = await askOn(trip, {
    method: 'PUT',
    address: `/api/v1/interviews/${interview}/revisions/${digest}`,
    headers: { 'Jpt-Ingest-Key': envelope.ingest_key, 'Jpt-Device': device, 'Jpt-Signature': signature },
    body: bytes,
  }, entry.account)
  return settle(trip, entry, answer)
}

async function sendBatch(trip: Trip, entries: Entry[]): Promise<Entry[]> {
  const envelopes: Envelope[] = []
  for (const entry of entries) {
    const envelope = await envelopeOf(trip, entry)
    if (envelope) envelopes.push(envelope)
  }
  await markSending(trip.phone, envelopes.map(({ entry }) => entry))
  const items = envelopes.map(asItem)
  const answer = await askOn(trip, { method: 'POST', address: '/api/v1/revisions', body: { items } }, entries[0]?.account)
  // What stops a whole request may be one item's fault: alone, the others get through.
  if (answer.kind === 'problem') return sendEach(trip, envelopes.map(({ entry }) => entry))
  return settleBatch(trip, envelopes, answer)
}

function asItem({ entry, bytes }: Envelope) {
  const { interview, digest, device, signature, envelope } = entry
  return { interview, digest, ingest_key: envelope.ingest_key, device, signature, envelope: base64(bytes) }
}

async function settleBatch(trip: Trip, envelopes: Envelope[], answer: Answered): Promise<Entry[]> {
  const replies = new Map(itemsIn<BatchItem>(answer).map((item) => [item.digest, item]))
  const settled: Entry[] = []
  for (const { entry } of envelopes) {
    const reply = replies.get(entry.digest)
    settled.push(reply ? await settle(trip, entry, asReply(reply)) : await postpone(trip.phone, entry, 'not-answered'))
  }
  return settled
}

function asReply(item: BatchItem): Answered | Refused {
  if (item.problem) return problemOf(item.problem, item.status, null)
  return { kind: 'answer', status: item.status, json: { receipt: item.receipt, missing: item.missing } }
}

async function settle(trip: Trip, entry: Entry, answer: Answered | Refused): Promise<Entry> {
  if (answer.kind === 'problem') return refused(trip, entry, answer, entry.envelope.sha256)
  const received = await takeReceipt(trip, entry, answer.json)
  trip.sent += 1
  return received
}

/** One refusal holds up nobody else. `blob` is what was being sent. */
export async function refused(trip: Trip, entry: Entry, problem: Refused, blob: string): Promise<Entry> {
  const { phone } = trip
  const code = problem.code || `status-${problem.status}`
  const { act } = verdictOf(problem)
  if (act === 'park') return park(phone, entry, code)
  if (act !== 'compare') return postpone(phone, entry, code, problem.after_ms)
  const held = await sealedBlobOf(phone, blob)
  if (!held || (await sha256(held.bytes)) !== blob) return park(phone, entry, 'damaged')
  return entry.tries >= TRIES_OF_GOOD_BYTES ? park(phone, entry, code) : postpone(phone, entry, code)
}

/** The sealed revision as it was written; without it there is nothing to send, and a person must know. */
async function envelopeOf({ phone }: Trip, entry: Entry): Promise<Envelope | null> {
  const blob = await sealedBlobOf(phone, entry.envelope.sha256)
  if (blob) return { entry, bytes: blob.bytes }
  await park(phone, entry, 'revision-missing')
  return null
}

/** Sending a household whole: its sealed interview and its files in one request, while they fit one. */
import { joined } from './bytes.ts'
import { change, sealedBlobOf } from './entries.ts'
import { takeReceipt } from './plan.ts'
import type { Bytes, Entry } from './records.ts'
import { askOn, type Trip } from './trip.ts'

const WHOLE_BYTES = 640 * 1024 // 80 seconds at 64 kbit/s: a try ends after 120

/** Those that the register took, and those whose parts go one by one. */
export interface SentWhole {
  received: Entry[]
  apart: Entry[]
}

/** Households that have not failed whole before; when more waits than one request holds, the answers of all go first. */
export async function sendWhole(trip: Trip, entries: Entry[]): Promise<SentWhole> {
  const sent: SentWhole = { received: [], apart: entries.filter((entry) => !goesWhole(entry)) }
  const whole = entries.filter(goesWhole)
  if (total(whole.map(sizeOf)) > WHOLE_BYTES) return { received: [], apart: entries }
  for (const entry of whole) {
    const received = await sendOne(trip, entry)
    if (received) sent.received.push(received)
    else sent.apart.push(entry)
  }
  return sent
}

function goesWhole({ apart, envelope, evidence }: Entry): boolean {
  return !apart && evidence.length > 0 && evidence.every(({ ingest_key }) => ingest_key === envelope.ingest_key)
}

function sizeOf({ envelope, evidence }: Entry): number {
  return envelope.size + total(evidence.map(({ size }) => size))
}

function total(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The entry with its receipt; null where its parts must go one by one, which is on the disk before the first byte leaves. */
async function sendOne(trip: Trip, entry: Entry): Promise<Entry | null> {
  const parts = await partsOf(trip, entry)
  if (!parts) return null
  await change(trip.phone, entry, { state: 'sending', apart: true })
  const { interview, digest, device, signature, envelope } = entry
  const sizes = parts.map(({ length }) => length).join()
  const answer = await askOn(trip, {
    method: 'PUT',
    address: `/api/v1/interviews/${interview}/whole/${digest}`,
    headers: { 'Jpt-Ingest-Key': envelope.ingest_key, 'Jpt-Device': device, 'Jpt-Signature': signature, 'Jpt-Parts': sizes },
    body: joined(...parts),
  }, entry.account)
  if (answer.kind === 'problem') return null
  const received = await takeReceipt(trip, entry, answer.json)
  trip.sent += 1
  return received
}

/** The envelope, then the files; null when one of them is not on the phone any more. */
async function partsOf({ phone }: Trip, { blobs }: Entry): Promise<Bytes[] | null> {
  const parts: Bytes[] = []
  for (const sha256 of blobs) {
    const blob = await sealedBlobOf(phone, sha256)
    if (!blob) return null
    parts.push(blob.bytes)
  }
  return parts
}

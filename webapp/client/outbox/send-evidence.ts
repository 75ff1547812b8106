/** Sending sealed evidence, one file in memory at a time, the smallest first. */
import { change, entryOf, park, postpone, receive, sealedBlobOf } from './entries.ts'
import { receiptOfInterview } from './receipts.ts'
import type { Entry, SealedBlob, SealedFile } from './records.ts'
import { refused } from './send.ts'
import { askOn, Halt, type Trip } from './trip.ts'
import { verdictOf } from './verdicts.ts'

/** Complete afterwards, or resting, or parked because a file is not on the phone any more: never 'sent' without it. */
export async function sendEvidence(trip: Trip, planned: Entry): Promise<void> {
  // A file of an earlier revision may have completed this one a moment ago.
  let standing: Entry | null = (await entryOf(trip.phone, planned.digest)) ?? planned
  if (standing.missing.length === 0) return
  if (trip.noSpace) return void (await postpone(trip.phone, standing, 'no-space'))
  const lost: string[] = []
  for (const file of smallestFirst(standing)) {
    const blob = await sealedBlobOf(trip.phone, file.sha256)
    if (blob) standing = await sendFile(trip, standing, file, blob)
    else lost.push(file.sha256)
    if (!standing) return
  }
  if (lost.length) await park(trip.phone, standing, 'evidence-missing', { missing: lost })
  else if (standing.state !== 'complete') await rest(trip, standing)
}

function smallestFirst({ evidence, missing }: Entry): SealedFile[] {
  return evidence.filter(({ sha256 }) => missing.includes(sha256)).sort((one, other) => one.size - other.size)
}

/** The entry one file further; null when it was refused and this entry's turn is over. */
async function sendFile(trip: Trip, entry: Entry, file: SealedFile, { bytes }: SealedBlob): Promise<Entry | null> {
  const answer = await askOn(trip, {
    method: 'PUT',
    address: `/api/v1/interviews/${entry.interview}/evidence/${file.sha256}`,
    headers: { 'Jpt-Ingest-Key': file.ingest_key },
    body: bytes,
  }, entry.account)
  if (answer.kind === 'problem') {
    trip.noSpace ||= verdictOf(answer).act === 'no-space'
    await refused(trip, entry, answer, file.sha256)
    return null
  }
  const missing = entry.missing.filter((sha256) => sha256 !== file.sha256)
  return answer.json.receipt ? takeReceipt(trip, entry, answer.json.receipt, missing) : change(trip.phone, entry, { missing })
}

async function takeReceipt({ phone, register }: Trip, entry: Entry, jws: unknown, missing: string[]): Promise<Entry> {
  const receipt = await receiptOfInterview(jws, register.receipt_keys, entry.interview)
  if (!receipt) throw new Halt('portal')
  if (receipt.digest === entry.digest) return receive(phone, entry, jws as string, receipt, missing)
  const other = await entryOf(phone, receipt.digest)
  if (other) await receive(phone, other, jws as string, receipt, null)
  return change(phone, entry, { missing })
}

/** Every file is there but the register has not said 'complete' (custody, or another file is judged): ask again later. */
async function rest({ phone }: Trip, entry: Entry): Promise<void> {
  if (entry.state !== 'custody') await postpone(phone, entry, 'not-complete')
  else if ((entry.due ?? 0) <= phone.world.now()) await postpone(phone, entry, 'in-custody', 6 * 3600_000)
}

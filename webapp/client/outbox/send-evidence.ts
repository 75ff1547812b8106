/** Sending sealed evidence, one file in memory at a time, the smallest first. */
import { park, postpone, sealedBlobOf, change } from './entries.ts'
import { takeReceipt } from './plan.ts'
import type { Entry, SealedBlob, SealedFile } from './records.ts'
import { refused } from './send.ts'
import { askOn, type Trip } from './trip.ts'
import { verdictOf } from './verdicts.ts'

/** Complete afterwards, or resting, or parked because a file is not on the phone any more: never 'sent' without it. */
export async function sendEvidence(trip: Trip, entry: Entry): Promise<void> {
  if (trip.noSpace) return void (await postpone(trip.phone, entry, 'no-space'))
  const lost: string[] = []
  let standing: Entry | null = entry
  for (const file of smallestFirst(entry)) {
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
  })
  if (answer.kind === 'problem') {
    trip.noSpace ||= verdictOf(answer).act === 'no-space'
    await refused(trip, entry, answer, file.sha256)
    return null
  }
  const missing = entry.missing.filter((sha256) => sha256 !== file.sha256)
  if (answer.json.receipt) return takeReceipt(trip, entry, { receipt: answer.json.receipt, missing })
  return change(trip.phone, entry, { missing })
}

/** Every file is there but the register has not said 'complete' (custody, or another file is judged): ask again later. */
async function rest({ phone }: Trip, entry: Entry): Promise<void> {
  if (entry.state !== 'custody') await postpone(phone, entry, 'not-complete')
  else if ((entry.due ?? 0) <= phone.world.now()) await postpone(phone, entry, 'in-custody', 6 * 3600_000)
}

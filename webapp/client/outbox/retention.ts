/** The only thing that deletes: an age rule on what the register holds whole, by the register's own clock. */
import type { WorkStore } from './databases.ts'
import { eraseDraft } from './drafts.ts'
import type { Phone } from './phone.ts'
import type { Entry, Register, WorkSchema } from './records.ts'
import type { Writing } from './store.ts'

/** A register restored from a backup asks for what the backup lacked; backups have caught up after this. */
export const KEPT_DAYS = 30
const DAY_MS = 24 * 3600_000

/** After a hello: entries complete for 30 days become purgeable and are deleted; drafts finished a day ago are forgotten. */
export async function retire(phone: Phone, register: Register): Promise<{ purged: number }> {
  await markPurgeable(phone.work, Date.parse(register.time))
  const purged = await deletePurgeable(phone.work)
  await forgetFinishedDrafts(phone)
  if (purged) phone.notices.tell('outbox')
  return { purged }
}

async function markPurgeable(work: WorkStore, serverTime: number): Promise<void> {
  await work.write(['entries'], async (transaction) => {
    let cursor = await transaction.objectStore('entries').index('state').openCursor('complete')
    for (; cursor; cursor = await cursor.continue()) {
      if (isOld(cursor.value, serverTime)) await cursor.update({ ...cursor.value, state: 'purgeable' })
    }
  })
}

/** Age is the register's signed time against the receipt's: a phone whose date jumps forward loses nothing. */
function isOld({ receipt_at, due }: Entry, serverTime: number): boolean {
  return receipt_at !== null && due === undefined && serverTime - Date.parse(receipt_at) > KEPT_DAYS * DAY_MS
}

async function deletePurgeable(work: WorkStore): Promise<number> {
  return work.write(['entries', 'sealed'], async (transaction) => {
    const old = await transaction.objectStore('entries').index('state').getAll('purgeable')
    for (const entry of old) await deleteEntry(transaction, entry)
    return old.length
  })
}

/** Blobs shared with a later revision stay with it. */
async function deleteEntry(transaction: Writing<WorkSchema>, entry: Entry): Promise<void> {
  await transaction.objectStore('entries').delete(entry.digest)
  for (const blob of entry.blobs) {
    const users = await transaction.objectStore('entries').index('blobs').count(blob)
    if (users === 0) await transaction.objectStore('sealed').delete(blob)
  }
}

/** A sealed copy of each is in the outbox or at the register; readable ones do not linger on the phone. */
async function forgetFinishedDrafts({ work, world }: Phone): Promise<void> {
  const before = new Date(world.now() - DAY_MS).toISOString()
  await work.write(['drafts', 'draft_files'], async (transaction) => {
    for (const { id, finished } of await transaction.objectStore('drafts').getAll()) {
      if (finished && finished.at < before) await eraseDraft(transaction, id)
    }
  })
}

/** When the phone is full: what the age rule has let go already. */
export async function makeRoom(work: WorkStore): Promise<void> {
  await deletePurgeable(work)
}

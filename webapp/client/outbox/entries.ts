/** The outbox's entries on disk: read in small pages, changed one at a time, never with their blobs. */
import { backOff, dueAt, LONGEST_REST_MS } from './back-off.ts'
import { eraseDraft } from './drafts.ts'
import type { Phone } from './phone.ts'
import { isWhole, type Receipt } from './receipts.ts'
import type { Entry, SealedBlob, State, WorkSchema } from './records.ts'
import type { Writing } from './store.ts'

/** The register may yet place what it took into custody; ask now and then. */
const CUSTODY_ASKED_EVERY_MS = 6 * 3600_000

/** Up to `limit` entries that are due and not among `tried`, the longest due first; last those that only a wrong clock put off. */
export function dueEntries({ work, world }: Phone, tried: ReadonlySet<string>, limit: number): Promise<Entry[]> {
  const now = world.now()
  return work.read(['entries'], async (transaction) => {
    const due: Entry[] = []
    for (const range of [IDBKeyRange.upperBound(now), IDBKeyRange.lowerBound(now + LONGEST_REST_MS, true)]) {
      let cursor = await transaction.objectStore('entries').index('due').openCursor(range)
      for (; cursor && due.length < limit; cursor = await cursor.continue()) {
        if (!tried.has(cursor.value.digest)) due.push(cursor.value)
      }
    }
    return due
  })
}

/** When the next entry is due, in milliseconds since 1970. */
export function nextDue({ work, world }: Phone): Promise<number | null> {
  return work.read(['entries'], async (transaction) => {
    const cursor = await transaction.objectStore('entries').index('due').openKeyCursor()
    return cursor ? dueAt(cursor.key, world.now()) : null
  })
}

/** The entry as it is on disk afterwards. A draft that became this revision goes once the register has the answers. */
export async function change(phone: Phone, entry: Entry, changes: Partial<Entry>): Promise<Entry> {
  const changed = await phone.work.write(['entries', 'drafts', 'draft_files'], async (transaction) => {
    const entries = transaction.objectStore('entries')
    const held = (await entries.get(entry.digest)) ?? entry
    const next = stamped(phone, held, changes)
    await entries.put(next)
    if (next.state === 'data' || next.state === 'complete') await dropFinishedDraft(transaction, next)
    return next
  })
  phone.notices.tell('outbox')
  return changed
}

function stamped({ world }: Phone, held: Entry, changes: Partial<Entry>): Entry {
  const next = { ...held, ...changes }
  if (next.due === undefined) delete next.due // a key of undefined would keep it in the index of what is due
  if (next.state !== held.state) next.changed_at = new Date(world.now()).toISOString()
  return next
}

async function dropFinishedDraft(transaction: Writing<WorkSchema>, { interview, digest }: Entry): Promise<void> {
  const draft = await transaction.objectStore('drafts').get(interview)
  if (draft?.finished?.digest === digest) await eraseDraft(transaction, interview)
}

/** `sending` is on disk before the first byte leaves. */
export async function markSending(phone: Phone, entries: Entry[]): Promise<void> {
  await moveAll(phone, 'sending', entries.map(({ digest }) => digest))
}

/** After a trip, or a crash, `sending` means no more than `waiting`. */
export async function calmDown(phone: Phone): Promise<void> {
  const digests = await phone.work.read(['entries'], (transaction) =>
    transaction.objectStore('entries').index('state').getAllKeys('sending'),
  )
  if (digests.length) await moveAll(phone, 'waiting', digests)
}

async function moveAll(phone: Phone, state: State, digests: string[]): Promise<void> {
  await phone.work.write(['entries'], async (transaction) => {
    const entries = transaction.objectStore('entries')
    for (const digest of digests) {
      const held = await entries.get(digest)
      if (held) await entries.put(stamped(phone, held, { state }))
    }
  })
  phone.notices.tell('outbox')
}

/** A verified receipt moves the entry; `missing` are the files the register says it lacks. */
export function receive(phone: Phone, entry: Entry, jws: string, receipt: Receipt, missing: unknown): Promise<Entry> {
  const state = isWhole(receipt, entry) ? 'complete' : receipt.level === 'custody' ? 'custody' : 'data'
  const lacking = state === 'complete' ? [] : lackingFiles(entry, receipt, missing)
  const now = phone.world.now()
  const due = state === 'complete' ? undefined : lacking.length ? now : now + CUSTODY_ASKED_EVERY_MS
  return change(phone, entry, {
    state, due, missing: lacking, receipt: jws, receipt_at: receipt.at, code: null, tries: 0,
  })
}

function lackingFiles(entry: Entry, receipt: Receipt, missing: unknown): string[] {
  const files = entry.evidence.map(({ sha256 }) => sha256)
  return files.filter((file) => (Array.isArray(missing) ? missing.includes(file) : !receipt.evidence.includes(file)))
}

/** It rests and is tried again; `code` says what it ran into. */
export function postpone(phone: Phone, entry: Entry, code: string, after_ms: number | null = null): Promise<Entry> {
  const { world } = phone
  const tries = entry.tries + 1
  const wait = Math.max(after_ms ?? 0, backOff(tries, world.random()))
  const state = entry.state === 'sending' ? 'waiting' : entry.state
  return change(phone, entry, { state, tries, code, due: world.now() + wait })
}

/** A person must look at it; nothing is deleted and the others go on. */
export function park(phone: Phone, entry: Entry, code: string, changes: Partial<Entry> = {}): Promise<Entry> {
  return change(phone, entry, { ...changes, state: 'parked', code, due: undefined })
}

export function entryOf({ work }: Phone, digest: string): Promise<Entry | undefined> {
  return work.read(['entries'], (transaction) => transaction.objectStore('entries').get(digest))
}

export function sealedBlobOf({ work }: Phone, sha256: string): Promise<SealedBlob | undefined> {
  return work.read(['sealed'], (transaction) => transaction.objectStore('sealed').get(sha256))
}

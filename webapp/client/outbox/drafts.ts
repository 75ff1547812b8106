/** Unfinished interviews, saved at every answer, readable by their volunteer only. */
import type { Vault } from '../vault/vault.ts'
import { sha256 } from './bytes.ts'
import type { InterviewBeingAsked } from './document.ts'
import type { Hold } from './hold.ts'
import type { Phone } from './phone.ts'
import { Problem } from './problem.ts'
import type { Bytes, DraftRow, Finished, SealedFile, WorkSchema } from './records.ts'
import type { Returned } from './returned.ts'
import type { Writing } from './store.ts'

/** One draft, opened. */
export interface Draft<D extends InterviewBeingAsked = InterviewBeingAsked> {
  /** The interview's id. */
  id: string
  account: string
  document: D
  /** Where the volunteer was, in the app's own words. */
  step: string
  updated_at: string
  /** Set while it can still be corrected here; `reopenDraft` makes the next revision of it. */
  finished: Finished | null
  /** Files sealed with an earlier revision, by the SHA-256 of their plain bytes: not sent twice. */
  sealed_files: Record<string, SealedFile>
  /** What it answers: kept with it, since the register stops telling of a return that is settled. */
  returned?: Returned<D> | null
}

/** A draft as lists show it; nothing but the label was decrypted. */
export interface DraftSummary {
  id: string
  household: string
  village: string
  house_number: string
  updated_at: string
  finished: Finished | null
  /** The return that it answers. */
  returned: number | null
}

/** The photos and signature of a draft, known by the SHA-256 of their bytes. */
export interface DraftFiles {
  keep(bytes: Bytes, sha256: string): Promise<void>
  open(sha256: string): Promise<Bytes | null>
  remove(sha256: string): Promise<void>
}

interface Label {
  village: string
  house_number: string
  outcome?: string
}

interface Body {
  document: InterviewBeingAsked
  step: string
  sealed_files: Record<string, SealedFile>
  returned?: Returned | null
}

/** A draft not yet kept. */
export function newDraft<D extends InterviewBeingAsked>(account: string, document: D, step: string): Draft<D> {
  return { id: document.interview, account, document, step, updated_at: '', finished: null, sealed_files: {} }
}

/** On disk when it returns. Raises Problem 'draft-held' in a second tab, StorageTrouble when nothing can be written. */
export async function saveDraft<D extends InterviewBeingAsked>(
  phone: Phone,
  vault: Vault,
  hold: Hold,
  draft: Draft<D>,
): Promise<Draft<D>> {
  if (!hold.writable || hold.id !== draft.id) throw new Problem('draft-held')
  const saved = { ...draft, updated_at: new Date(phone.world.now()).toISOString() }
  const row = await rowOf(vault, saved)
  await phone.work.write(['drafts', 'keys'], async (transaction) => {
    await vault.keepKey(transaction)
    await transaction.objectStore('drafts').put(row)
  })
  phone.notices.tell('drafts')
  return saved
}

export async function rowOf(vault: Vault, draft: Draft): Promise<DraftRow> {
  const { id, account, document, step, updated_at, finished, sealed_files, returned } = draft
  const body: Body = { document, step, sealed_files, returned: returned ?? null }
  return {
    id,
    account: document.forum ? shelfOf(account) : account,
    household: document.household.id,
    updated_at,
    finished,
    ...(document.review ? { returned: document.review.decision } : {}),
    label: await labelOf(vault, document),
    body: await vault.seal('draft', id, body),
  }
}

/** Where a forum's drafts stand: no list of interviews finds them there, neither ours nor that of an older app in another tab. */
export function shelfOf(account: string): string {
  return `forum ${account}`
}

/** What lists call a household, sealed under the interview's id. */
export function labelOf(vault: Vault, { interview, household, forum, outcome }: InterviewBeingAsked): Promise<Bytes> {
  const label: Label = { village: household.village, house_number: household.house_number }
  return vault.seal('label', interview, forum && outcome ? { ...label, outcome } : label)
}

export async function loadDraft<D extends InterviewBeingAsked>(
  phone: Phone,
  vault: Vault,
  id: string,
): Promise<Draft<D> | null> {
  const row = await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').get(id))
  if (!row || ![vault.account, shelfOf(vault.account)].includes(row.account)) return null
  const { updated_at, finished } = row
  return { id, account: vault.account, updated_at, finished, ...(await vault.open<Body & { document: D; returned?: Returned<D> | null }>('draft', id, row.body)) }
}

/** The account's interviews not yet finished, the latest first. */
export function listDrafts(phone: Phone, vault: Vault): Promise<DraftSummary[]> {
  return draftsOn(vault.account, phone, vault)
}

/** Households being asked again at a forum, the latest first. */
export function listForumDrafts(phone: Phone, vault: Vault): Promise<DraftSummary[]> {
  return draftsOn(shelfOf(vault.account), phone, vault)
}

async function draftsOn(shelf: string, phone: Phone, vault: Vault): Promise<DraftSummary[]> {
  const rows = await phone.work.read(['drafts'], (transaction) =>
    transaction.objectStore('drafts').index('account').getAll(shelf),
  )
  const drafts = await Promise.all(rows.map((row) => summaryOf(vault, row)))
  return drafts.sort((one, other) => other.updated_at.localeCompare(one.updated_at))
}

async function summaryOf(vault: Vault, { id, household, updated_at, finished, returned, label }: DraftRow): Promise<DraftSummary> {
  const { village, house_number } = await vault.open<Label>('label', id, label)
  return { id, household, updated_at, finished, returned: returned ?? null, village, house_number }
}

/** A finished draft open again: the next revision, based on the finished one. Null when the register has it: start there. */
export async function reopenDraft<D extends InterviewBeingAsked>(
  phone: Phone,
  vault: Vault,
  hold: Hold,
): Promise<Draft<D> | null> {
  const draft = await loadDraft<D>(phone, vault, hold.id)
  if (!draft?.finished) return draft
  const { digest, number } = draft.finished
  const document = { ...draft.document, number: number + 1, based_on: [digest] }
  return saveDraft(phone, vault, hold, { ...draft, document, finished: null })
}

/** The volunteer gives the draft up; finished revisions of it in the outbox stay. */
export async function dropDraft(phone: Phone, hold: Hold): Promise<void> {
  if (!hold.writable) throw new Problem('draft-held')
  await phone.work.write(['drafts', 'draft_files'], (transaction) => eraseDraft(transaction, hold.id))
  phone.notices.tell('drafts')
}

export async function eraseDraft(transaction: Writing<WorkSchema>, id: string): Promise<void> {
  await transaction.objectStore('drafts').delete(id)
  await transaction.objectStore('draft_files').delete(IDBKeyRange.bound([id], [id, []]))
}

export function draftFiles(phone: Phone, vault: Vault, draft: string): DraftFiles {
  const name = (digest: string) => `${draft} ${digest}`
  return {
    keep: async (bytes, digest) => {
      if ((await sha256(bytes)) !== digest) throw new Problem('file-damaged')
      const row = { draft, sha256: digest, body: await vault.seal('file', name(digest), bytes) }
      await phone.work.write(['draft_files'], (transaction) => transaction.objectStore('draft_files').put(row))
    },
    open: async (digest) => {
      const row = await phone.work.read(['draft_files'], (transaction) =>
        transaction.objectStore('draft_files').get([draft, digest]),
      )
      return row ? vault.open<Bytes>('file', name(digest), row.body) : null
    },
    remove: (digest) =>
      phone.work.write(['draft_files'], (transaction) =>
        transaction.objectStore('draft_files').delete([draft, digest]),
      ),
  }
}

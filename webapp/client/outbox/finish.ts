/** Finishing: the exact bytes once, their digest, everything sealed, and all of it on disk in one transaction. */
import type { Vault } from '../vault/vault.ts'
import { sha256, utf8 } from './bytes.ts'
import { authorContext, deviceOf } from './device.ts'
import { type EvidenceFile, type InterviewBeingAsked, isFile } from './document.ts'
import { type Draft, draftFiles, labelOf, rowOf } from './drafts.ts'
import type { Hold } from './hold.ts'
import { packed } from './pack.ts'
import type { Phone } from './phone.ts'
import { Problem } from './problem.ts'
import type { Bytes, DraftRow, Entry, Register, SealedBlob, SealedFile } from './records.ts'
import { clockNow, knownRegister } from './register.ts'
import { evidenceContext, interviewContext, seal } from './seal.ts'
import { StorageTrouble } from './store.ts'

/** A finished interview, sealed: the entry, every blob it needs, and its draft as it stays for corrections. */
export interface SealedInterview {
  entry: Entry
  blobs: SealedBlob[]
  draft: DraftRow
}

interface SealedEvidence {
  file: SealedFile
  /** Null when an earlier revision's blob is on the phone already. */
  blob: SealedBlob | null
}

/**
 * The revision waits in the outbox afterwards; the draft stays for corrections until the register has it.
 * StorageTrouble carries what was sealed in `.sealed`: it can be sent or rescued from memory.
 */
export async function finish(phone: Phone, vault: Vault, hold: Hold, draft: Draft): Promise<Entry> {
  if (!hold.writable || hold.id !== draft.id) throw new Problem('draft-held')
  const sealed = await sealInterview(phone, vault, draft)
  try {
    return await keepSealed(phone, vault, sealed)
  } catch (error) {
    if (error instanceof StorageTrouble) error.sealed = sealed
    throw error
  }
}

export async function keepSealed(phone: Phone, vault: Vault, { entry, blobs, draft }: SealedInterview): Promise<Entry> {
  await phone.work.write(['entries', 'sealed', 'drafts', 'keys'], async (transaction) => {
    await vault.keepKey(transaction)
    await Promise.all(blobs.map((blob) => transaction.objectStore('sealed').put(blob)))
    await transaction.objectStore('entries').put(entry)
    if (entry.forum) await transaction.objectStore('drafts').delete(draft.id) // finished at a forum, it is not opened again
    else await transaction.objectStore('drafts').put(draft)
  })
  phone.notices.tell('outbox')
  phone.notices.tell('drafts')
  return entry
}

/** Nothing is written: the draft's files are read and checked, the bytes are made and sealed. */
export async function sealInterview(phone: Phone, vault: Vault, draft: Draft): Promise<SealedInterview> {
  const register = await knownRegister(phone)
  const device = await deviceOf(phone)
  const files = await sealFiles(phone, vault, register, draft)
  const author = { account: vault.account, device: device.id }
  const document = completed(phone, register, { ...draft.document, author }, files)
  const bytes = utf8(JSON.stringify(document))
  const digest = await sha256(bytes)
  const sealed = await sealedBlob(register, interviewContext(document.interview, digest), await packed(bytes))
  const evidence = [...files.values()]
  const entry = entryOf(document, digest, {
    signature: await device.sign(authorContext(document.interview, digest)),
    envelope: sealed.file,
    evidence: evidence.map(({ file }) => file),
    label: await labelOf(vault, document),
    now: phone.world.now(),
  })
  const blobs = [sealed.blob, ...evidence.flatMap(({ blob }) => blob ?? [])]
  return { entry, blobs, draft: await finishedRow(vault, { ...draft, document }, entry, files) }
}

/** The document as the register gets it: who, when, and the digests of its files. */
function completed(
  { world }: Phone,
  register: Register,
  document: InterviewBeingAsked,
  files: Map<string, SealedEvidence>,
): InterviewBeingAsked {
  return {
    ...document,
    app: world.app,
    finished_at: new Date(world.now()).toISOString(),
    clock: clockNow(register, world),
    evidence: document.evidence.map((one) => (isFile(one) && files.has(one.sha256) ? withSeal(one, files) : one)),
  }
}

function withSeal(evidence: EvidenceFile, files: Map<string, SealedEvidence>): EvidenceFile {
  const { file } = files.get(evidence.sha256)!
  return { ...evidence, sealed_sha256: file.sha256, sealed_size: file.size }
}

async function sealFiles(phone: Phone, vault: Vault, register: Register, draft: Draft) {
  const sealed = new Map<string, SealedEvidence>()
  for (const file of draft.document.evidence.filter(isFile)) {
    const before = await sealedBefore(phone, draft, file)
    if (before) sealed.set(file.sha256, before)
    else if (!isHeld(file)) sealed.set(file.sha256, await sealFile(phone, vault, register, draft, file))
  }
  return sealed
}

/** The register's copy lists it with its seal: it is there, and nothing is sent. */
function isHeld({ earlier, sealed_sha256 }: EvidenceFile): boolean {
  return earlier === true && sealed_sha256 !== undefined
}

/** A correction seldom changes the photo: what an earlier revision sealed is sent as it is. */
async function sealedBefore({ work }: Phone, draft: Draft, { sha256 }: EvidenceFile): Promise<SealedEvidence | null> {
  const file = draft.sealed_files[sha256]
  if (!file) return null
  const held = await work.read(['sealed'], (transaction) => transaction.objectStore('sealed').getKey(file.sha256))
  return held ? { file, blob: null } : null
}

async function sealFile(phone: Phone, vault: Vault, register: Register, draft: Draft, file: EvidenceFile) {
  const bytes = await draftFiles(phone, vault, draft.id).open(file.sha256)
  if (!bytes) throw new Problem('evidence-missing')
  if (bytes.length !== file.size || (await sha256(bytes)) !== file.sha256) throw new Problem('file-damaged')
  return sealedBlob(register, evidenceContext(draft.id, file.sha256), bytes)
}

async function sealedBlob({ ingest_key }: Register, context: string, plain: Bytes) {
  const bytes = await seal(ingest_key.public_key, context, plain)
  const digest = await sha256(bytes)
  return { file: { sha256: digest, size: bytes.length, ingest_key: ingest_key.id }, blob: { sha256: digest, bytes } }
}

type Sealing = Pick<Entry, 'signature' | 'envelope' | 'evidence' | 'label'> & { now: number }

function entryOf(document: InterviewBeingAsked, digest: string, { now, ...sealing }: Sealing): Entry {
  const { interview, number, based_on, round, household, author, finished_at } = document
  return {
    ...sealing,
    digest,
    interview,
    number,
    based_on,
    round,
    household: household.id,
    account: author.account,
    device: author.device,
    blobs: [sealing.envelope.sha256, ...sealing.evidence.map(({ sha256 }) => sha256)],
    state: 'waiting',
    finished_at,
    changed_at: finished_at,
    due: now,
    tries: 0,
    receipt: null,
    receipt_at: null,
    missing: sealing.evidence.map(({ sha256 }) => sha256),
    code: null,
    handed_in: false,
    ...(document.review ? { returned: document.review.decision } : {}),
    ...(document.forum ? { forum: document.forum } : {}),
  }
}

function finishedRow(vault: Vault, draft: Draft, entry: Entry, files: Map<string, SealedEvidence>) {
  const finished = { digest: entry.digest, number: entry.number, at: entry.finished_at }
  const sealed_files = Object.fromEntries([...files].map(([plain, { file }]) => [plain, file]))
  return rowOf(vault, { ...draft, updated_at: entry.finished_at, finished, sealed_files })
}

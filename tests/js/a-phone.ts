/** A phone for tests: fresh databases, a clock that is set, a network that is the register given. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { sha256, utf8 } from '../../webapp/client/outbox/bytes.ts'
import {
  closePhone, draftFiles, type Entry, finish, holdDraft, type InterviewBeingAsked, loadDraft, newInterviewId, openPhone,
  type Phone, saveDraft, sayHello,
} from '../../webapp/client/outbox/index.ts'
import { newDraft } from '../../webapp/client/outbox/drafts.ts'
import type { VaultRow } from '../../webapp/client/outbox/records.ts'
import { type Vault, vaultKey, vaultOf } from '../../webapp/client/vault/index.ts'
import type { ARegister } from './a-register.ts'

export const START = Date.parse('2026-11-23T02:00:00Z')

export interface APhone extends Phone {
  /** Milliseconds the clock is moved on by. */
  pass(ms: number): void
  vault: Vault
}

export const silence = async () => {
  throw new TypeError('no network')
}

export async function aPhone(t: { after(act: () => unknown): void }, fetch: Phone['world']['fetch'] = silence): Promise<APhone> {
  globalThis.indexedDB = new IDBFactory()
  let now = START
  const phone = openPhone('0.1.0', { fetch, now: () => now, uptime: () => now - START, origin: START, random: () => 0.5 })
  t.after(() => closePhone(phone))
  const pass = (ms: number) => {
    now += ms
  }
  return { ...phone, pass, vault: await aVault('a1') }
}

/** The account's vault without its lock, the same each time: how it is locked is the vault tests' own. */
export async function aVault(account: string): Promise<Vault> {
  const raw = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(account)))
  const row: VaultRow = { id: `vault:${account}`, kind: 'vault', vault: account, wrap: null, custody: { ingest_key: 'i1', sealed: raw, delivered: true }, tries: 0, wait_until: 0 }
  return vaultOf(account, await vaultKey(raw), row)
}

export async function aGreetedPhone(t: { after(act: () => unknown): void }, register: ARegister): Promise<APhone> {
  const phone = await aPhone(t, register.fetch)
  const { kind } = await sayHello(phone, { deviceName: 'ทดสอบ', persisted: true })
  if (kind !== 'welcome') throw new Error(`hello: ${kind}`)
  return phone
}

export function anInterview(id: string, more: Partial<InterviewBeingAsked> = {}): InterviewBeingAsked & { answers: object } {
  return {
    schema: 1, interview: id, number: 1, based_on: [], round: '2569', app: '', author: { account: 'a1', device: '' },
    household: { id: `household of ${id}`, new: false, village: '43010101', house_number: '12/3' },
    finished_at: '', clock: null, evidence: [], answers: { '1.1': 'สมหญิง ใจดี' }, ...more,
  }
}

/** A photo kept with the draft, and its line in the manifest. */
export async function aPhoto(phone: APhone, draft: string, size = 2000) {
  const bytes = crypto.getRandomValues(new Uint8Array(size))
  const digest = await sha256(bytes)
  await draftFiles(phone, phone.vault, draft).keep(bytes, digest)
  return { kind: 'photo' as const, media_type: 'image/jpeg', size, sha256: digest, taken_at: '2026-11-23T02:00:00Z' }
}

/** One interview asked and finished, with so many photos. */
export async function aFinished(phone: APhone, photos = 0, household?: string): Promise<Entry> {
  const id = newInterviewId(phone.world.now())
  const hold = await holdDraft(phone, id)
  const evidence = []
  for (let taken = 0; taken < photos; taken += 1) evidence.push(await aPhoto(phone, id, 1000 * (photos - taken)))
  const began = anInterview(id, { evidence })
  const draft = await saveDraft(phone, phone.vault, hold, newDraft('a1', { ...began, household: { ...began.household, id: household ?? began.household.id } }, 'sign'))
  const entry = await finish(phone, phone.vault, hold, draft)
  hold.release()
  return entry
}

export const entryNow = ({ work }: Phone, { digest }: Entry) =>
  work.read(['entries'], (transaction) => transaction.objectStore('entries').get(digest)) as Promise<Entry>

export const draftNow = (phone: APhone, { interview }: Entry) => loadDraft(phone, phone.vault, interview)

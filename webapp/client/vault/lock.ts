/**
 * The lock: the vault's key is kept only wrapped, by what the volunteer remembers and, sealed, for the register.
 *
 * Wrong tries are counted on disk before each derivation, so that neither a reload nor a pulled battery gives one away.
 * After the tenth the volunteer's wrap is gone; the register's is not, so nothing is lost.
 */
import type { Phone } from '../outbox/phone.ts'
import { Problem } from '../outbox/problem.ts'
import type { Bytes, SecretWrap, VaultRow } from '../outbox/records.ts'
import { knownRegister } from '../outbox/register.ts'
import { seal } from '../outbox/seal.ts'
import { deviceMemory, keyFrom, type Strength, strengthsFor, strongestKey } from './derive.ts'
import { plainSecret, type SecretKind } from './secret.ts'
import { openWith, sealWith, type Vault, vaultKey, vaultOf } from './vault.ts'

export const FREE_TRIES = 5
export const TRIES = 10
const FIRST_WAIT_MS = 30_000
const SALT_BYTES = 16

export interface Secret {
  kind: SecretKind
  typed: string
}

export type Attempt =
  | { kind: 'open'; vault: Vault; raw: Bytes }
  | { kind: 'wrong'; left: number; wait_until: number }
  | { kind: 'wait'; wait_until: number }
  | { kind: 'gone' } // no secret opens it any more: sign in, and the register gives the key back

type Locked = Pick<Phone, 'work' | 'world'>

/** How the account's key is kept on this phone; null before a secret was chosen. */
export async function lockedVault({ work }: Pick<Phone, 'work'>, account: string): Promise<VaultRow | null> {
  const row = await work.read(['keys'], (transaction) => transaction.objectStore('keys').get(nameOf(account)))
  return row?.kind === 'vault' && row.custody ? row : null
}

/** From now on this secret opens the vault: a new one, or with `given` the one whose key that is. */
export async function chooseSecret(phone: Phone, account: string, secret: Secret, given: Bytes | null, strengths = strengthsFor(deviceMemory())): Promise<Vault> {
  const raw = given ?? crypto.getRandomValues(new Uint8Array(32))
  const held = given ? await lockedVault(phone, account) : null
  const kept = held ?? (await freshRow(phone, account, raw))
  const row: VaultRow = { ...kept, wrap: await wrapped(kept, secret, raw, strengths), tries: 0, wait_until: 0 }
  await phone.work.write(['keys'], async (transaction) => {
    const keys = transaction.objectStore('keys')
    const now = (await keys.get(row.id)) as VaultRow | undefined
    if (now?.custody && now.vault !== row.vault) throw new Problem('vault-closed') // chosen in another tab meanwhile
    await keys.put(row)
  })
  return vaultOf(account, await vaultKey(raw), row)
}

/** One try. The derivation takes a moment of the phone's whole strength. */
export async function unlock(phone: Locked, account: string, typed: string): Promise<Attempt> {
  const row = await beginTry(phone, account)
  if (!row?.wrap) return { kind: 'gone' }
  if ('waiting' in row) return { kind: 'wait', wait_until: row.wait_until }
  const raw = await rawKey(row, row.wrap, typed)
  if (!raw) return row.tries >= TRIES ? dropped(phone, account) : { kind: 'wrong', left: TRIES - row.tries, wait_until: row.wait_until }
  // Meanwhile another tab may have taken the wrap away (a sign-out, a revocation) or changed the secret: that stands.
  const open = await changeRow(phone, account, (held) => ({ ...held, tries: 0, wait_until: 0 }))
  if (!open?.wrap) return { kind: 'gone' }
  return { kind: 'open', vault: vaultOf(account, await vaultKey(raw), open), raw }
}

/** Nothing on this phone opens the vault afterwards; what the register keeps still does. */
export async function dropWrap({ work }: Pick<Phone, 'work'>, account: string): Promise<void> {
  await changeRow({ work }, account, (row) => ({ ...row, wrap: null }))
}

/** The key and whatever it sealed are given up. */
export async function forgetVault({ work }: Pick<Phone, 'work'>, account: string): Promise<void> {
  await work.write(['keys'], (transaction) => transaction.objectStore('keys').delete(nameOf(account)))
}

export async function changeRow({ work }: Pick<Phone, 'work'>, account: string, change: (row: VaultRow) => VaultRow): Promise<VaultRow | null> {
  return work.write(['keys'], async (transaction) => {
    const keys = transaction.objectStore('keys')
    const held = (await keys.get(nameOf(account))) as VaultRow | undefined
    const row = held ? change(held) : null
    if (row) await keys.put(row)
    return row
  })
}

/** What the register's copy of the key is bound to. */
export function custodyContext(account: string, vault: string): string {
  return `jpt/1 vault ${account} ${vault}`
}

/** How long the next try must wait after so many wrong ones, in milliseconds. */
export function waitAfter(tries: number): number {
  return tries < FREE_TRIES ? 0 : FIRST_WAIT_MS * 2 ** (tries - FREE_TRIES)
}

async function dropped(phone: Locked, account: string): Promise<Attempt> {
  await dropWrap(phone, account)
  return { kind: 'gone' }
}

/** Counted before it is made. A clock set back makes no wait longer than it was meant. */
async function beginTry(phone: Locked, account: string): Promise<VaultRow | (VaultRow & { waiting: true }) | null> {
  const now = phone.world.now()
  const row = await lockedVault(phone, account)
  if (!row) return null
  if (Math.min(row.wait_until, now + waitAfter(row.tries)) > now) return { ...row, waiting: true }
  return changeRow(phone, account, (held) => ({ ...held, tries: held.tries + 1, wait_until: now + waitAfter(held.tries + 1) }))
}

async function rawKey(row: VaultRow, { kind, salt, memory, passes, sealed }: SecretWrap, typed: string): Promise<Bytes | null> {
  const key = await keyFrom(plainSecret(kind, typed), salt, { memory, passes })
  return openWith<Bytes>(key, wrapContext(row), sealed).catch(() => null)
}

async function wrapped(row: VaultRow, { kind, typed }: Secret, raw: Bytes, strengths: Strength[]): Promise<SecretWrap> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const { key, strength } = await strongestKey(plainSecret(kind, typed), salt, strengths)
  return { kind, salt, ...strength, sealed: await sealWith(key, wrapContext(row), raw) }
}

async function freshRow(phone: Phone, account: string, raw: Bytes): Promise<VaultRow> {
  const { ingest_key } = await knownRegister(phone)
  const vault = crypto.randomUUID()
  const sealed = await seal(ingest_key.public_key, custodyContext(account, vault), raw)
  const custody = { ingest_key: ingest_key.id, sealed, delivered: false }
  return { id: nameOf(account), kind: 'vault', vault, wrap: null, custody, tries: 0, wait_until: 0 }
}

function wrapContext({ id, vault }: VaultRow): string {
  return `jpt/1 wrap ${id} ${vault}`
}

function nameOf(account: string): string {
  return `vault:${account}`
}

/** The volunteer's vault: drafts and household lists encrypted with a key that never leaves the browser in clear. */
import { joined, textOf, utf8 } from '../outbox/bytes.ts'
import type { WorkStore } from '../outbox/databases.ts'
import { Problem } from '../outbox/problem.ts'
import type { Bytes, WorkSchema } from '../outbox/records.ts'
import type { Writing } from '../outbox/store.ts'
import { deviceKeys, type KeySource } from './keys.ts'

export type { KeySource } from './keys.ts'

/** Each record is bound to its kind and id: bytes moved to another record do not open. */
export interface Vault {
  account: string
  seal(kind: string, id: string, value: unknown): Promise<Bytes>
  /** What was sealed: a value, or bytes as bytes. Problem 'record-damaged' if it is not this record. */
  open<T>(kind: string, id: string, sealed: Bytes): Promise<T>
  /** Puts the key back beside what it opens, should the database have been emptied under us. */
  keepKey(transaction: Writing<WorkSchema>): Promise<void>
}

const VERSION = 1
const [JSON_VALUE, RAW_BYTES] = [0, 1]
const NONCE_BYTES = 12
const HEADER_BYTES = 2 + NONCE_BYTES

/** The vault of an account, its key made at the first call. The next key source asks for a PIN. */
export async function openVault(work: WorkStore, account: string, source: KeySource = deviceKeys): Promise<Vault> {
  const key = await source.open(work, account)
  return {
    account,
    seal: (kind, id, value) => sealWith(key, contextOf(account, kind, id), value),
    open: <T>(kind: string, id: string, sealed: Bytes) => openWith<T>(key, contextOf(account, kind, id), sealed),
    keepKey: (transaction) => source.keep(transaction, account, key),
  }
}

/** The key is gone afterwards, and with it every draft and list it sealed. */
export function forgetVault(work: WorkStore, account: string, source: KeySource = deviceKeys): Promise<void> {
  return source.forget(work, account)
}

function contextOf(account: string, kind: string, id: string): string {
  return `jpt/1 vault ${account} ${kind} ${id}`
}

async function sealWith(key: CryptoKey, context: string, value: unknown): Promise<Bytes> {
  const raw = value instanceof Uint8Array
  const plain = raw ? new Uint8Array(value) : utf8(JSON.stringify(value))
  const kind = Uint8Array.of(VERSION, raw ? RAW_BYTES : JSON_VALUE)
  const header = joined(kind, crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))
  const sealed = await crypto.subtle.encrypt(parameters(header, context), key, plain)
  return joined(header, new Uint8Array(sealed))
}

async function openWith<T>(key: CryptoKey, context: string, sealed: Bytes): Promise<T> {
  const header = sealed.slice(0, HEADER_BYTES)
  const plain = await crypto.subtle
    .decrypt(parameters(header, context), key, sealed.slice(HEADER_BYTES))
    .catch(() => {
      throw new Problem('record-damaged')
    })
  const bytes = new Uint8Array(plain)
  return (header[1] === RAW_BYTES ? bytes : JSON.parse(textOf(bytes))) as T
}

function parameters(header: Bytes, context: string): AesGcmParams {
  return { name: 'AES-GCM', iv: header.slice(2), additionalData: joined(header.slice(0, 2), utf8(context)) }
}

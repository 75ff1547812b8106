/** The volunteer's vault: drafts and household lists encrypted with a key that is in memory only while it is unlocked. */
import { joined, textOf, utf8 } from '../outbox/bytes.ts'
import { Problem } from '../outbox/problem.ts'
import type { Bytes, VaultRow, WorkSchema } from '../outbox/records.ts'
import type { Writing } from '../outbox/store.ts'

/** Each record is bound to its kind and id: bytes moved to another record do not open. */
export interface Vault {
  account: string
  seal(kind: string, id: string, value: unknown): Promise<Bytes>
  /** What was sealed: a value, or bytes as bytes. Problem 'record-damaged' if it is not this record. */
  open<T>(kind: string, id: string, sealed: Bytes): Promise<T>
  /** Puts the wrapped key back beside what it opens, should the database have been emptied under us. */
  keepKey(transaction: Writing<WorkSchema>): Promise<void>
  /** The key leaves the memory; whatever still asks gets Problem 'vault-closed'. */
  close(): void
}

const VERSION = 1
const [JSON_VALUE, RAW_BYTES] = [0, 1]
const NONCE_BYTES = 12
const HEADER_BYTES = 2 + NONCE_BYTES

/** The vault that `key` opens; `row` is how that key is kept. */
export function vaultOf(account: string, key: CryptoKey, row: VaultRow): Vault {
  let held: CryptoKey | null = key
  const opened = () => {
    if (!held) throw new Problem('vault-closed')
    return held
  }
  return {
    account,
    seal: async (kind, id, value) => sealWith(opened(), contextOf(account, kind, id), value),
    open: async <T>(kind: string, id: string, sealed: Bytes) => openWith<T>(opened(), contextOf(account, kind, id), sealed),
    keepKey: async (transaction) => {
      const keys = transaction.objectStore('keys')
      if (!(await keys.getKey(row.id))) await keys.put(row)
    },
    close: () => {
      held = null
    },
  }
}

/** 32 raw bytes as the vault's key; script cannot read them out of it again. */
export function vaultKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function contextOf(account: string, kind: string, id: string): string {
  return `jpt/1 vault ${account} ${kind} ${id}`
}

/** Also what wraps the vault's own key. Nonce and version go in front. */
export async function sealWith(key: CryptoKey, context: string, value: unknown): Promise<Bytes> {
  const raw = value instanceof Uint8Array
  const plain = raw ? new Uint8Array(value) : utf8(JSON.stringify(value))
  const kind = Uint8Array.of(VERSION, raw ? RAW_BYTES : JSON_VALUE)
  const header = joined(kind, crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))
  const sealed = await crypto.subtle.encrypt(parameters(header, context), key, plain)
  return joined(header, new Uint8Array(sealed))
}

/** Problem 'record-damaged' for bytes of another key or context. */
export async function openWith<T>(key: CryptoKey, context: string, sealed: Bytes): Promise<T> {
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

/** Where a vault's key comes from. Today the browser keeps it; a PIN's source takes this one's place later. */
import type { WorkStore } from '../outbox/databases.ts'
import type { KeyRow, WorkSchema } from '../outbox/records.ts'
import type { Writing } from '../outbox/store.ts'

export interface KeySource {
  /** The account's key, made if there is none. A source that needs a person raises Problem 'vault-closed'. */
  open(work: WorkStore, account: string): Promise<CryptoKey>
  keep(transaction: Writing<WorkSchema>, account: string, key: CryptoKey): Promise<void>
  forget(work: WorkStore, account: string): Promise<void>
}

type VaultRow = Extract<KeyRow, { kind: 'vault' }>

/** Not extractable by script, but readable by whoever copies the phone's storage: hence the PIN to come. */
export const deviceKeys: KeySource = { open, keep, forget }

async function open(work: WorkStore, account: string): Promise<CryptoKey> {
  const held = await work.read(['keys'], (transaction) => transaction.objectStore('keys').get(nameOf(account)))
  if (held) return (held as VaultRow).key
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return work.write(['keys'], (transaction) => keepFirst(transaction, account, made))
}

async function keep(transaction: Writing<WorkSchema>, account: string, key: CryptoKey): Promise<void> {
  await keepFirst(transaction, account, key)
}

/** Two tabs may make a key at once; the first one stays. */
async function keepFirst(transaction: Writing<WorkSchema>, account: string, key: CryptoKey): Promise<CryptoKey> {
  const keys = transaction.objectStore('keys')
  const held = (await keys.get(nameOf(account))) as VaultRow | undefined
  if (!held) await keys.put({ id: nameOf(account), kind: 'vault', key })
  return held?.key ?? key
}

async function forget(work: WorkStore, account: string): Promise<void> {
  await work.write(['keys'], (transaction) => transaction.objectStore('keys').delete(nameOf(account)))
}

function nameOf(account: string): string {
  return `vault:${account}`
}

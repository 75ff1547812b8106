/** The vault's key at the register: brought there sealed, given back to its volunteer, and whether reading has ended. */
import { ask } from '../outbox/answers.ts'
import { base64url, fromBase64url } from '../outbox/bytes.ts'
import { deviceOf } from '../outbox/device.ts'
import type { Phone } from '../outbox/phone.ts'
import type { Bytes, Register, VaultRow } from '../outbox/records.ts'
import { registerOf, serverTimeNow } from '../outbox/register.ts'
import { answerKeys } from '../outbox/seal.ts'
import { changeRow, lockedVault } from './lock.ts'

/** Without a word from the register for so long, the phone shows nothing until it has heard from it. */
export const READING_DAYS = 7
const DAY_MS = 24 * 3600_000

/** True when the register holds the key; it is brought there if it does not yet. */
export async function deliverKey(phone: Phone, account: string, again = false): Promise<boolean> {
  const row = await lockedVault(phone, account)
  if (!row || (row.custody.delivered && !again)) return row !== null
  const { ingest_key, sealed } = row.custody
  const body = { device: (await deviceOf(phone)).id, ingest_key, sealed: base64url(sealed) }
  const { kind } = await ask(phone.world, { method: 'PUT', address: `/api/v1/vault-keys/${row.vault}`, body })
  if (kind !== 'answer') return false
  await changeRow(phone, account, (held) => ({ ...held, custody: { ...held.custody, delivered: true } }))
  return true
}

export type HandedBack = { kind: 'key'; raw: Bytes } | { kind: 'sign-in' } | { kind: 'offline' } | { kind: 'lost' }

/** The key of this phone's vault, for its volunteer who has just signed in. A register restored from a backup may have forgotten it: it is brought there again. */
export async function askForKey(phone: Phone, account: string): Promise<HandedBack> {
  const row = await lockedVault(phone, account)
  if (!row) return { kind: 'lost' }
  await deliverKey(phone, account)
  const back = await handedBack(phone, account, row)
  return back.kind === 'lost' && (await deliverKey(phone, account, true)) ? handedBack(phone, account, row) : back
}

async function handedBack(phone: Phone, account: string, row: VaultRow): Promise<HandedBack> {
  const keys = await answerKeys()
  const address = `/api/v1/vault-keys/${row.vault}/hand-back`
  const answer = await ask(phone.world, { method: 'POST', address, body: { public_key: keys.public_key } })
  if (answer.kind === 'none') return { kind: 'offline' }
  if (answer.kind === 'problem') return { kind: answer.status === 404 ? 'lost' : 'sign-in' }
  const raw = await keys.open(`jpt/1 vault-back ${account} ${row.vault}`, fromBase64url(String(answer.json.sealed)))
  return { kind: 'key', raw }
}

/** The register's word on a phone that it no longer greets; null when there is none. */
export async function mayRead(phone: Phone): Promise<boolean | null> {
  const token = (await registerOf(phone))?.hand_in_token
  if (!token) return null
  const answer = await ask(phone.world, { method: 'GET', address: '/api/v1/standing', token })
  return answer.kind === 'answer' && typeof answer.json.reading === 'boolean' ? answer.json.reading : null
}

/** Too long without the register; its next greeting opens the phone again. */
export function isOutOfTouch(register: Register, world: Phone['world']): boolean {
  return serverTimeNow(register, world) - Date.parse(register.time) > READING_DAYS * DAY_MS
}

/** Receipts: the register's signed word that it holds these very bytes. Nothing is 'sent' without one. */
import { fromBase64url, textOf, utf8 } from './bytes.ts'
import type { Entry, Level, ReceiptKey } from './records.ts'

export interface Receipt {
  interview: string
  digest: string
  level: Level
  /** Sealed digests of the evidence held, sorted. */
  evidence: string[]
  at: string
  epoch: string
}

const LEVELS: readonly Level[] = ['custody', 'data', 'complete']
const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const

/** The receipt, if one of the register's keys signed it and it is about this entry; otherwise null. */
export async function verifiedReceipt(jws: unknown, keys: ReceiptKey[], entry: Entry): Promise<Receipt | null> {
  const receipt = await receiptOfInterview(jws, keys, entry.interview)
  return receipt?.digest === entry.digest ? receipt : null
}

/** A file may complete another revision of the same interview: the receipt is then about that one. */
export async function receiptOfInterview(jws: unknown, keys: ReceiptKey[], interview: string): Promise<Receipt | null> {
  const receipt = await verifiedPayload<Receipt>(jws, keys)
  if (!receipt || !LEVELS.includes(receipt.level) || !Array.isArray(receipt.evidence)) return null
  return receipt.interview === interview ? receipt : null
}

/** Whether every file of the manifest is among those the register says it holds. */
export function isWhole(receipt: Receipt, entry: Entry): boolean {
  return receipt.level === 'complete' && entry.evidence.every(({ sha256 }) => receipt.evidence.includes(sha256))
}

/** The payload of an ES256 compact JWS, if a known key signed it. */
export async function verifiedPayload<T>(jws: unknown, keys: ReceiptKey[]): Promise<T | null> {
  const [header, payload, signature, ...rest] = typeof jws === 'string' ? jws.split('.') : []
  if (!header || !payload || !signature || rest.length) return null
  try {
    const { alg, kid } = JSON.parse(textOf(fromBase64url(header)))
    const key = keys.find((one) => one.kid === kid)
    if (alg !== 'ES256' || !key) return null
    const signed = await crypto.subtle.verify(ES256, await imported(key), fromBase64url(signature), utf8(`${header}.${payload}`))
    return signed ? (JSON.parse(textOf(fromBase64url(payload))) as T) : null
  } catch {
    return null // Not base64, not JSON, not a key: not a receipt.
  }
}

function imported({ kty, crv, x, y }: ReceiptKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', { kty, crv, x, y } as JsonWebKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
}

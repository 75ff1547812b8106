/** The only honest test of free space: browsers' estimates lie, so something is written, read back and deleted. */
import { draftFiles, type Phone } from '../outbox/index.ts'
import { sha256 } from '../outbox/bytes.ts'
import type { Vault } from '../vault/index.ts'

const CANARY_BYTES = 64 * 1024 // the most getRandomValues gives at once

/** True when an encrypted record came back as it was written; StorageTrouble when it could not be written. */
export async function canary(phone: Phone, vault: Vault): Promise<boolean> {
  const bytes = crypto.getRandomValues(new Uint8Array(CANARY_BYTES))
  const digest = await sha256(bytes)
  const files = draftFiles(phone, vault, 'canary')
  await files.keep(bytes, digest)
  const back = await files.open(digest)
  await files.remove(digest)
  return back !== null && (await sha256(back)) === digest
}

/** What the phone writes down: the rows of its two databases, and the types they are made of. */
import type { DBSchema } from 'idb'

export type Bytes = Uint8Array<ArrayBuffer>

/** Where a finished interview stands; `parked` waits for a person, `purgeable` may be forgotten. */
export type State = 'waiting' | 'sending' | 'custody' | 'data' | 'complete' | 'purgeable' | 'parked'

/** What the register's receipt vouches for, lowest first. */
export type Level = 'custody' | 'data' | 'complete'

/** One sealed file of an entry, known by the SHA-256 of its ciphertext. */
export interface SealedFile {
  sha256: string
  size: number
  ingest_key: string
}

/** A finished revision in the outbox. Nothing in it tells who lives where: names stay inside `label`. */
export interface Entry {
  digest: string
  interview: string
  number: number
  based_on: string[]
  round: string
  household: string
  account: string
  device: string
  signature: string
  envelope: SealedFile
  evidence: SealedFile[]
  /** Every sealed blob this entry needs: the envelope's and the evidence's. */
  blobs: string[]
  /** Sealed by the vault: `{village, house_number}`, for the outbox's list; of a forum's result its outcome too. */
  label: Bytes | null
  state: State
  finished_at: string
  /** When the state last changed, by the phone's clock. */
  changed_at: string
  /** Milliseconds since 1970 of the next attempt; absent when nothing is left to do. */
  due?: number
  tries: number
  receipt: string | null
  /** The register's time in that receipt; the age rule reads this and never the phone's clock. */
  receipt_at: string | null
  missing: string[]
  /** Why it is parked, or what the last attempt ran into; a code, never a text. */
  code: string | null
  /** Brought from another phone in a rescue bundle. */
  handed_in: boolean
  /** The return that this revision answers. */
  returned?: number
  /** One request with all of it failed, or is under way: its parts go one by one, so that a bad link loses less. */
  apart?: boolean
  /** The forum whose result this is; it says nothing of the household's interview. */
  forum?: string
}

/** A sealed revision or evidence file, kept by the SHA-256 of its bytes and sent exactly so. */
export interface SealedBlob {
  sha256: string
  bytes: Bytes
}

/** An unfinished interview; the body opens with the volunteer's vault only. */
export interface DraftRow {
  id: string
  /** Whose it is; a forum's stand on a shelf of their own (`shelfOf`). */
  account: string
  household: string
  updated_at: string
  finished: Finished | null
  /** The return that is being answered. */
  returned?: number
  label: Bytes
  body: Bytes
}

/** The revision a draft became, while it may still be corrected on the phone. */
export interface Finished {
  digest: string
  number: number
  at: string
}

/** A photo or signature of a draft, known by the SHA-256 of its bytes. */
export interface DraftFileRow {
  draft: string
  sha256: string
  body: Bytes
}

/** A vault's key wrapped by what its volunteer remembers, and how that became a key (Argon2id). */
export interface SecretWrap {
  kind: 'pin' | 'passphrase'
  salt: Bytes
  /** KiB. */
  memory: number
  passes: number
  sealed: Bytes
}

/** How a volunteer's vault is kept: never its key itself. */
export interface VaultRow {
  id: string
  kind: 'vault'
  /** Names this vault at the register. */
  vault: string
  /** Null after signing out, after too many wrong tries, and when reading was ended. */
  wrap: SecretWrap | null
  /** The key sealed to the register, and whether it is there. */
  custody: { ingest_key: string; sealed: Bytes; delivered: boolean }
  /** Tries since it was last opened, each counted before it was made. */
  tries: number
  /** Milliseconds since 1970, by the phone's clock. */
  wait_until: number
}

export type KeyRow =
  | VaultRow
  | { id: 'device'; kind: 'device'; device: string; keys: CryptoKeyPair; public_key: JsonWebKey }

/** What the register last told this phone; also what lets it hand in without a session. */
export interface Register {
  id: 'register'
  account: { id: string; role: string }
  ingest_key: { id: string; public_key: string }
  receipt_keys: ReceiptKey[]
  epoch: string
  hand_in_token: string | null
  /** The tokens of others who used this phone: what they finished goes out in their own name. */
  tokens?: Record<string, string>
  /** Which of the browser's sessions this was; a sign-out told later ends no other. */
  session?: string
  round: RoundInfo
  limits: Record<string, number>
  demo: boolean
  /** The register's signed time, and the phone's two clocks at that moment. */
  time: string
  heard: { clock: number; origin: number; uptime: number }
}

export type ReceiptKey = JsonWebKey & { kid: string }

/** First and last day of a service, as days in Thailand; null where a day is not limited. */
export interface ServiceWindow {
  opens: string | null
  closes: string | null
}

/** What is open in the round. */
export interface RoundInfo {
  id: string
  name_th: string
  questionnaire: { id: string; url: string }
  recording: ServiceWindow & { open: boolean }
  /** Every service of the plan; null where the round has not planned one. */
  services?: Record<string, ServiceWindow | null>
  notice_version: string
  /** The round's own notice, where the department wrote one. */
  notice?: { version: string; title_th: string; paragraphs: { heading_th: string; text_th: string }[] } | null
}

/** How the last attempt ended, and when the next one is due. */
export interface Link {
  id: 'link'
  failures: number
  next_at: number
  stopped: Stopped
  at: string
}

/** Why sending stopped: nothing left, or what stood in the way. */
export type Stopped =
  | 'empty' | 'offline' | 'portal' | 'clock' | 'signed-out' | 'slow-down' | 'maintenance' | 'server' | 'storage'

/** Somebody pressed 'sign out'; `pending` until the register's session is ended too. */
export interface SignedOut {
  id: 'signed-out'
  pending: boolean
  /** The session meant, where the register had named it. */
  session?: string
  /** The register ended this volunteer's reading on this phone. */
  ended?: boolean
}

/** What a volunteer replied to a finding, not yet told; the body opens with their vault only. */
export interface ReplyRow {
  id: string
  account: string
  body: Bytes
  /** The register has no such finding of theirs: not sent again. */
  refused?: boolean
}

export type AccountRow = Register | Link | SignedOut

export interface WorkSchema extends DBSchema {
  drafts: { key: string; value: DraftRow; indexes: { account: string } }
  draft_files: { key: [string, string]; value: DraftFileRow }
  entries: {
    key: string
    value: Entry
    indexes: { due: number; state: State; finished_at: [string, string]; blobs: string; household: string }
  }
  sealed: { key: string; value: SealedBlob }
  keys: { key: string; value: KeyRow }
  account: { key: string; value: AccountRow }
  replies: { key: string; value: ReplyRow }
}

/** A row the vault sealed; `village` groups households. */
export interface SealedRow {
  id: string
  village: string
  body: Bytes
}

export interface CacheSchema extends DBSchema {
  households: { key: string; value: SealedRow; indexes: { village: string } }
  villages: { key: string; value: SealedRow }
  returned: { key: string; value: SealedRow }
  boundaries: { key: string; value: { code: string; geometry: unknown; size: number } }
  definition: { key: string; value: { id: string; url: string; sha256: string; bytes: Bytes } }
  meta: { key: string; value: { id: string; value: unknown } }
}

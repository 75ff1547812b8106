/** The rescue bundle: everything sealed, as one file to share or carry; any signed-in phone may hand it in. */
import { sha256, textOf, utf8 } from './bytes.ts'
import type { SealedInterview } from './finish.ts'
import type { Phone } from './phone.ts'
import { Problem } from './problem.ts'
import type { Bytes, Entry, SealedBlob } from './records.ts'

/** After the magic word: for each entry its length and JSON, then for each of its blobs its length and bytes. */
const MAGIC = 'jpt-rescue-1\n'
const LENGTH_BYTES = 4

export interface TakenIn {
  taken: number
  /** Held here already. */
  known: number
  /** Bytes that are not what their digest says. */
  damaged: number
}

/** Nothing in it can be read without the register's key. `unsaved` is what storage trouble kept from the disk; what the disk does not give is told to `missed`, the rest goes. */
export async function rescueBundle(phone: Phone, unsaved: SealedInterview[] = [], missed: (digest: string) => void = () => undefined): Promise<Blob> {
  const parts: Blob[] = [new Blob([utf8(MAGIC)])]
  for (const { entry, blobs } of unsaved) parts.push(partOf(entry, blobs))
  for (const digest of await unsentDigests(phone).catch(() => [])) {
    const part = await storedPart(phone, digest).catch(() => {
      missed(digest)
      return null
    })
    if (part) parts.push(part)
  }
  return new Blob(parts, { type: 'application/octet-stream' })
}

/** Whatever the register may not have whole. */
async function unsentDigests({ work }: Phone): Promise<string[]> {
  return work.read(['entries'], async (transaction) => {
    const index = transaction.objectStore('entries').index('state')
    const states = ['waiting', 'sending', 'parked', 'data', 'custody'] as const
    return (await Promise.all(states.map((state) => index.getAllKeys(state)))).flat()
  })
}

/** One interview at a time in memory; the browser may keep finished parts on the disk. */
async function storedPart({ work }: Phone, digest: string): Promise<Blob | null> {
  return work.read(['entries', 'sealed'], async (transaction) => {
    const entry = await transaction.objectStore('entries').get(digest)
    if (!entry) return null
    const blobs = await Promise.all(entry.blobs.map((blob) => transaction.objectStore('sealed').get(blob)))
    return partOf(entry, blobs.filter((blob) => blob !== undefined))
  })
}

function partOf(entry: Entry, blobs: SealedBlob[]): Blob {
  const { label: _sealedForItsVolunteer, ...told } = entry
  const head = utf8(JSON.stringify({ ...told, blobs: blobs.map(({ sha256 }) => sha256) }))
  return new Blob([head, ...blobs.map(({ bytes }) => bytes)].flatMap((bytes) => [lengthOf(bytes), bytes]))
}

function lengthOf(bytes: Bytes): Bytes {
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}

/** What the bundle holds waits in this phone's outbox afterwards; one that was cut off on the way is taken as far as it goes. Problem 'not-a-bundle'. */
export async function takeIn(phone: Phone, bundle: Blob): Promise<TakenIn> {
  if ((await slice(bundle, 0, MAGIC.length)) !== MAGIC) throw new Problem('not-a-bundle')
  const result: TakenIn = { taken: 0, known: 0, damaged: 0 }
  for (let at = MAGIC.length; at < bundle.size; ) {
    const part = await partAt(bundle, at).catch((error: unknown) => {
      if (at === MAGIC.length || !(error instanceof Problem)) throw error
      return null
    })
    result[part ? await keepPart(phone, part.entry, part.blobs) : 'damaged'] += 1
    at = part?.end ?? bundle.size
    phone.notices.tell('outbox')
  }
  return result
}

async function partAt(bundle: Blob, at: number): Promise<{ entry: Entry; blobs: Bytes[]; end: number }> {
  const { bytes, next } = await pieceAt(bundle, at)
  const entry = entryIn(bytes)
  return { entry, ...(await blobsAt(bundle, next, entry.blobs.length)) }
}

async function slice(bundle: Blob, from: number, to: number): Promise<string> {
  return textOf(new Uint8Array(await bundle.slice(from, to).arrayBuffer()))
}

async function pieceAt(bundle: Blob, at: number): Promise<{ bytes: Bytes; next: number }> {
  const head = await bundle.slice(at, at + LENGTH_BYTES).arrayBuffer()
  if (head.byteLength < LENGTH_BYTES) throw new Problem('not-a-bundle')
  const start = at + LENGTH_BYTES
  const next = start + new DataView(head).getUint32(0)
  if (next > bundle.size) throw new Problem('not-a-bundle')
  return { bytes: new Uint8Array(await bundle.slice(start, next).arrayBuffer()), next }
}

function entryIn(bytes: Bytes): Entry {
  const entry = parsed(bytes)
  const whole = entry?.digest && entry.interview && entry.envelope && Array.isArray(entry.blobs) && Array.isArray(entry.evidence)
  if (!whole) throw new Problem('not-a-bundle')
  return entry
}

function parsed(bytes: Bytes): Entry | null {
  try {
    return JSON.parse(textOf(bytes)) as Entry
  } catch {
    return null
  }
}

async function blobsAt(bundle: Blob, from: number, count: number): Promise<{ blobs: Bytes[]; end: number }> {
  const blobs: Bytes[] = []
  let end = from
  for (let taken = 0; taken < count; taken += 1) {
    const { bytes, next } = await pieceAt(bundle, end)
    blobs.push(bytes)
    end = next
  }
  return { blobs, end }
}

async function keepPart(phone: Phone, entry: Entry, bodies: Bytes[]): Promise<keyof TakenIn> {
  const blobs = await Promise.all(bodies.map(async (bytes) => ({ sha256: await sha256(bytes), bytes })))
  if (blobs.some(({ sha256 }, at) => sha256 !== entry.blobs[at])) return 'damaged'
  return phone.work.write(['entries', 'sealed'], async (transaction) => {
    if (await transaction.objectStore('entries').getKey(entry.digest)) return 'known'
    for (const blob of blobs) await transaction.objectStore('sealed').put(blob)
    await transaction.objectStore('entries').put(handedIn(phone, entry))
    return 'taken'
  })
}

/** Sent as its author sealed and signed it; only its state starts anew here. */
function handedIn({ world }: Phone, entry: Entry): Entry {
  const blobs = [entry.envelope.sha256, ...entry.evidence.map(({ sha256 }) => sha256)]
  return { ...entry, blobs, label: null, state: 'waiting', due: world.now(), tries: 0, code: null, handed_in: true }
}

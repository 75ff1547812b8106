/** From what a person remembers to a key: Argon2id (RFC 9106) in WebAssembly, as heavy as the phone can bear. */
import type { Bytes } from '../outbox/records.ts'
import type { Answered, Asked } from './argon2.ts'

export interface Strength {
  /** KiB of memory. */
  memory: number
  passes: number
}

/** RFC 9106's memory for browsers, half of it on phones of 2 GB or less, and the least that is ever used. */
const STRENGTHS: Strength[] = [{ memory: 65536, passes: 3 }, { memory: 32768, passes: 3 }, { memory: 19456, passes: 2 }]

/** The strengths to try, strongest first, for a phone of so many GB; browsers that do not say are taken to be strong. */
export function strengthsFor(gigabytes: number | undefined): Strength[] {
  return gigabytes !== undefined && gigabytes <= 2 ? STRENGTHS.slice(1) : STRENGTHS
}

export function deviceMemory(): number | undefined {
  return (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory
}

/** The key that wraps the vault's; WebAssembly is loaded with the first one. Rejects when the memory is not to be had. */
export async function keyFrom(secret: string, salt: Bytes, { memory, passes }: Strength): Promise<CryptoKey> {
  const { address, hash } = await import('./argon2.ts')
  const asked: Asked = { password: secret, salt, memorySize: memory, iterations: passes }
  const bytes = (await apart(address, asked)) ?? (await hash(asked))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** Done by a worker, while the screen goes on; null where the browser gives none. Rejects when the memory is not to be had. */
function apart(address: string, asked: Asked): Promise<Bytes | null> {
  const worker = workerAt(address)
  if (!worker) return Promise.resolve(null)
  return new Promise<Bytes | null>((done, failed) => {
    worker.onmessage = ({ data: { bytes } }: MessageEvent<Answered>) => (bytes ? done(bytes) : failed(new Error('no memory')))
    worker.onerror = (event) => {
      event.preventDefault()
      done(null)
    }
    worker.postMessage(asked)
  }).finally(() => worker.terminate())
}

function workerAt(address: string): Worker | null {
  try {
    return typeof Worker === 'undefined' ? null : new Worker(address, { type: 'module' })
  } catch {
    return null
  }
}

/** The strongest that this phone can do, and the key made with it. */
export async function strongestKey(secret: string, salt: Bytes, strengths: Strength[]): Promise<{ key: CryptoKey; strength: Strength }> {
  const [strength, ...weaker] = strengths as [Strength, ...Strength[]]
  try {
    return { key: await keyFrom(secret, salt, strength), strength }
  } catch (error) {
    if (weaker.length === 0) throw error
    return strongestKey(secret, salt, weaker)
  }
}

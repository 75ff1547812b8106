/** From what a person remembers to a key: Argon2id (RFC 9106) in WebAssembly, as heavy as the phone can bear. */
import type { Bytes } from '../outbox/records.ts'

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
  const { argon2id } = await import('./argon2.ts')
  const bytes = await argon2id({
    password: secret, salt, memorySize: memory, iterations: passes, parallelism: 1, hashLength: 32, outputType: 'binary',
  })
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt'])
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

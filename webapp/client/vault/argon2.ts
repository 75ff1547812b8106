/**
 * The one function of its library that the phone needs; a part of the build by itself, loaded with the first secret.
 * The page makes a worker of this very file: there it answers, so that the screen does not stand still meanwhile.
 */
import { argon2id } from 'hash-wasm'

export interface Asked {
  password: string
  salt: Uint8Array<ArrayBuffer>
  memorySize: number
  iterations: number
}

/** What a worker answers; null where the memory was not to be had. */
export interface Answered {
  bytes: Uint8Array<ArrayBuffer> | null
}

/** Where this file is. */
export const address = import.meta.url

/** 32 bytes. Rejects when the memory is not to be had. */
export async function hash(asked: Asked): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await argon2id({ ...asked, parallelism: 1, hashLength: 32, outputType: 'binary' }))
}

interface WorkerScope {
  onmessage: (event: { data: Asked }) => void
  postMessage(answer: Answered): void
}

if ('DedicatedWorkerGlobalScope' in globalThis) {
  const scope = globalThis as unknown as WorkerScope
  scope.onmessage = ({ data }) => {
    void hash(data).then((bytes) => scope.postMessage({ bytes }), () => scope.postMessage({ bytes: null }))
  }
}

/** The phone's own key: it says which phone finished an interview, whoever hands it in. */
import { base64url, utf8 } from './bytes.ts'
import type { WorkStore } from './databases.ts'
import type { KeyRow } from './records.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

export interface Device {
  id: string
  public_key: JsonWebKey
  /** ECDSA P-256 with SHA-256, raw r‖s, base64url without padding. */
  sign(text: string): Promise<string>
}

/** The device of this phone, made at the first call; two tabs get the same one. */
export async function deviceOf(phone: { work: WorkStore }): Promise<Device> {
  const row = (await heldDevice(phone)) ?? (await keepFirst(phone, await newDevice()))
  return {
    id: row.device,
    public_key: row.public_key,
    sign: async (text) => base64url(new Uint8Array(await signature(row.keys.privateKey, text))),
  }
}

export function authorContext(interview: string, digest: string): string {
  return `jpt/1 author ${interview} ${digest}`
}

type DeviceRow = Extract<KeyRow, { kind: 'device' }>

async function heldDevice({ work }: { work: WorkStore }): Promise<DeviceRow | undefined> {
  return work.read(['keys'], (keys) => keys.objectStore('keys').get('device')) as Promise<DeviceRow | undefined>
}

async function newDevice(): Promise<DeviceRow> {
  const keys = await crypto.subtle.generateKey(P256, false, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey)
  return { id: 'device', kind: 'device', device: crypto.randomUUID(), keys, public_key: { kty, crv, x, y } as JsonWebKey }
}

function keepFirst({ work }: { work: WorkStore }, made: DeviceRow): Promise<DeviceRow> {
  return work.write(['keys'], async (transaction) => {
    const keys = transaction.objectStore('keys')
    const held = (await keys.get('device')) as DeviceRow | undefined
    if (!held) await keys.put(made)
    return held ?? made
  })
}

function signature(key: CryptoKey, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(text))
}

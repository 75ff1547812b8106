/** What came back from the network: the register's answer, its problem, or no answer at all. */
import { retryAfter } from './back-off.ts'
import type { World } from './phone.ts'
import type { Bytes } from './records.ts'

export interface Call {
  method: 'GET' | 'POST' | 'PUT'
  address: string
  headers?: Record<string, string>
  /** Bytes go as they are, anything else as JSON. */
  body?: unknown
  /** In the session's place: lets a signed-out phone hand in, and nothing else. */
  token?: string | null
}

export type Retry = 'now' | 'after' | 'after-fix' | 'never'

export interface Answered {
  kind: 'answer'
  status: number
  json: Record<string, unknown>
}

export interface Refused {
  kind: 'problem'
  status: number
  code: string
  retry: Retry
  after_ms: number | null
}

/** Nobody there, or somebody who is not the register: a Wi-Fi's sign-in page says 200 too. */
export interface Silence {
  kind: 'none'
  reason: 'offline' | 'portal' | 'server'
  after_ms: number | null
}

export type Answer = Answered | Refused | Silence

/** A photo of 400 KB at 64 kbit/s takes 50 seconds. */
const PATIENCE_MS = 120_000

/** A connection that says nothing any more is given up: sending waits behind it. */
export function patience(): { signal?: AbortSignal } {
  return AbortSignal.timeout ? { signal: AbortSignal.timeout(PATIENCE_MS) } : {}
}

export async function ask(world: World, call: Call): Promise<Answer> {
  try {
    return await read(await world.fetch(call.address, requestOf(world, call)), world.now())
  } catch {
    return { kind: 'none', reason: 'offline', after_ms: null }
  }
}

function requestOf({ app }: World, { method, headers, body, token }: Call): RequestInit {
  const raw = body instanceof Uint8Array
  const all: Record<string, string> = { Accept: 'application/json', 'Jpt-App': app, ...headers }
  if (body !== undefined) all['Content-Type'] = raw ? 'application/octet-stream' : 'application/json'
  if (token) all.Authorization = `Hand-In ${token}`
  return {
    method,
    headers: all,
    body: raw ? (body as Bytes) : body === undefined ? undefined : JSON.stringify(body),
    credentials: token ? 'omit' : 'same-origin',
    redirect: 'manual',
    cache: 'no-store',
    ...patience(),
  }
}

async function read(response: Response, now: number): Promise<Answer> {
  const after_ms = retryAfter(response.headers.get('Retry-After'), now)
  const type = response.headers.get('Content-Type')?.split(';')[0]?.trim()
  const json = /^application\/(problem\+)?json$/.test(type ?? '') ? await response.json().catch(() => null) : null
  if (!json || typeof json !== 'object') return silence(response.status, after_ms)
  if (response.ok && type === 'application/json') return { kind: 'answer', status: response.status, json }
  if (type !== 'application/problem+json') return silence(response.status, after_ms)
  return problemOf(json, response.status, after_ms)
}

/** The problem in an answer, or in one item of a batch's answer. */
export function problemOf(json: Record<string, unknown>, status: number, after_ms: number | null): Refused {
  const { code = '', retry = 'after' } = json as { code?: string; retry?: Retry }
  return { kind: 'problem', status: Number(json.status ?? status), code, retry, after_ms }
}

function silence(status: number, after_ms: number | null): Silence {
  return { kind: 'none', reason: status >= 500 ? 'server' : 'portal', after_ms }
}

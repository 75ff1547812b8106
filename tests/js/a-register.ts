/** A register for the phone's tests: it opens envelopes, keeps them in memory and signs receipts, or misbehaves when told. */
import { inflateSync } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { base64url, fromBase64url, sha256, textOf, utf8 } from '../../webapp/client/outbox/bytes.ts'
import { evidenceContext, interviewContext, seal } from '../../webapp/client/outbox/seal.ts'

export const SUITE = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const JSON_TYPE = { 'Content-Type': 'application/json' }
const PROBLEM_TYPE = { 'Content-Type': 'application/problem+json' }

export interface Asked {
  method: string
  path: string
  headers: Headers
  body: unknown
}

type Misbehaviour = (asked: Asked) => Response | 'lost reply' | null | Promise<Response | null>

export interface ARegister {
  fetch(address: string, init: RequestInit): Promise<Response>
  asked: Asked[]
  revisions: Map<string, { interview: string; document: Record<string, any> }>
  evidence: Set<string>
  /** Called before each request is served. */
  misbehave: Misbehaviour
  /** Who is signed in on the phone it greets. */
  account: string
  role: string
  epoch: string
  time: string
  level: 'custody' | null
  /** Its disk is full: of a household sent whole it keeps the interview only. */
  full: boolean
  vault_keys: Map<string, Uint8Array>
  /** What it says of a phone that asks whether it may still read. */
  reading: boolean
  openFile(bytes: Uint8Array, interview: string, plainDigest: string): Promise<Uint8Array>
}

export const problem = (code: string, status: number, more: object = {}, headers: object = {}) =>
  new Response(JSON.stringify({ code, status, retry: 'after', ...more }), { status, headers: { ...PROBLEM_TYPE, ...headers } })

export const portal = () => new Response('<html>กรุณาลงชื่อเข้าใช้</html>', { headers: { 'Content-Type': 'text/html' } })

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: JSON_TYPE })

export async function aRegister(): Promise<ARegister> {
  const ingest = await SUITE.kem.generateKeyPair()
  const signing = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const register: ARegister = {
    asked: [], revisions: new Map(), evidence: new Set(), misbehave: () => null, account: 'a1', role: 'volunteer', epoch: 'e1', level: null, full: false, vault_keys: new Map(),
    reading: true, time: '2026-11-23T02:00:00Z',
    openFile: async (bytes, interview, plainDigest) => open(ingest, evidenceContext(interview, plainDigest), bytes),
    fetch: async (address, init) => {
      const asked = readRequest(address, init)
      register.asked.push(asked)
      const instead = await register.misbehave(asked)
      if (instead instanceof Response) return instead
      const answer = await serve(register, ingest, signing, asked)
      if (instead === 'lost reply') throw new TypeError('network')
      return answer
    },
  }
  return register
}

function readRequest(address: string, init: RequestInit): Asked {
  const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
  return { method: init.method!, path: address, headers: new Headers(init.headers), body }
}

type Keys = CryptoKeyPair

async function serve(register: ARegister, ingest: Keys, signing: Keys, { path, body, headers }: Asked) {
  const put = path.match(/^\/api\/v1\/interviews\/([^/]+)\/(revisions|evidence)\/([^/]+)$/)
  const whole = path.match(/^\/api\/v1\/interviews\/([^/]+)\/whole\/([^/]+)$/)
  if (whole) return json(await keepWhole(register, ingest, signing, whole, headers.get('Jpt-Parts')!, body as Uint8Array), 201)
  if (path === '/api/v1/hello') return hello(register, ingest, signing, body as { nonce: string })
  if (path === '/api/v1/plan') return plan(register, signing, body as { items: Item[] })
  if (path === '/api/v1/revisions') return batch(register, ingest, signing, body as { items: BatchItem[] })
  if (put?.[2] === 'revisions') return json(await keep(register, ingest, signing, put[1]!, put[3]!, body as Uint8Array), 201)
  if (put) return evidence(register, signing, put[1]!, put[3]!, body as Uint8Array<ArrayBuffer>)
  const custody = path.match(/^\/api\/v1\/vault-keys\/([^/]+)(\/hand-back)?$/)
  if (custody?.[2]) return handBack(register, ingest, custody[1]!, body as { public_key: string })
  if (custody) return keepKey(register, custody[1]!, body as { sealed: string })
  if (path === '/api/v1/standing') return json({ reading: register.reading })
  return problem('not-found', 404, { retry: 'never', asked: headers.get('Accept') })
}

async function hello(register: ARegister, ingest: Keys, signing: Keys, { nonce }: { nonce: string }) {
  const raw = new Uint8Array(await SUITE.kem.serializePublicKey(ingest.publicKey))
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', signing.publicKey)
  const { time, epoch } = register
  return json({
    signed: await jws(signing, { nonce, time, epoch }), time, epoch,
    ingest_key: { id: 'i1', public_key: base64url(raw) },
    receipt_keys: { keys: [{ kty, crv, x, y, kid: 'r1' }] },
    hand_in_token: register.account === 'a1' ? 'token-of-this-phone' : `token-of-${register.account}`,
    session: 'session-of-this-phone',
    account: { id: register.account, name: 'สมหญิง ใจดี', role: register.role },
    round: { id: '2569', name_th: 'ปี 2569', questionnaire: { id: 'tiny', url: '/questionnaires/tiny/x.json' }, recording: { opens: '', closes: '', open: true }, notice_version: '1' },
    limits: {}, demo: true,
  })
}

interface Item {
  interview: string
  digest: string
}

interface BatchItem extends Item {
  envelope: string
}

function keepKey(register: ARegister, vault: string, { sealed }: { sealed: string }) {
  register.vault_keys.set(vault, fromBase64url(sealed))
  return json({ vault }, 201)
}

/** Opens what the phone sealed, and seals it to the key the phone made for this answer. */
async function handBack(register: ARegister, ingest: Keys, vault: string, { public_key }: { public_key: string }) {
  const held = register.vault_keys.get(vault)
  if (!held) return problem('not-found', 404)
  const key = await open(ingest, `jpt/1 vault a1 ${vault}`, held)
  const sealed = await seal(public_key, `jpt/1 vault-back a1 ${vault}`, new Uint8Array(key))
  return json({ vault, sealed: base64url(sealed) })
}

async function plan(register: ARegister, signing: Keys, { items }: { items: Item[] }) {
  const answers = items.map(async ({ interview, digest }) => {
    if (!register.revisions.has(digest)) return { interview, digest, receipt: null, needs: 'revision', missing: [] }
    const { receipt, missing } = await receiptFor(register, signing, digest)
    return { interview, digest, receipt, needs: missing.length ? 'evidence' : null, missing }
  })
  return json({ items: await Promise.all(answers) })
}

async function batch(register: ARegister, ingest: Keys, signing: Keys, { items }: { items: BatchItem[] }) {
  const answers = items.map(async ({ interview, digest, envelope }) => {
    const bytes = Uint8Array.from(atob(envelope), (letter) => letter.charCodeAt(0))
    return { digest, status: 201, ...(await keep(register, ingest, signing, interview, digest, bytes)) }
  })
  return json({ items: await Promise.all(answers) })
}

async function keep(register: ARegister, ingest: Keys, signing: Keys, interview: string, digest: string, sealed: Uint8Array) {
  const plain = unpacked(await open(ingest, interviewContext(interview, digest), sealed))
  if ((await sha256(new Uint8Array(plain))) !== digest) throw new Error('the digest is not of these bytes')
  register.revisions.set(digest, { interview, document: JSON.parse(textOf(plain)) })
  return receiptFor(register, signing, digest)
}

/** The interview, and those files behind it that it lists. */
async function keepWhole(register: ARegister, ingest: Keys, signing: Keys, [, interview, digest]: string[], sizes: string, body: Uint8Array) {
  let at = 0
  const [envelope, ...files] = sizes.split(',').map((size) => new Uint8Array(body.slice(at, (at += Number(size)))))
  if (at !== body.length) throw new Error('the sizes are not the body\'s')
  await keep(register, ingest, signing, interview!, digest!, envelope!)
  for (const file of register.full ? [] : files) register.evidence.add(await sha256(file))
  return receiptFor(register, signing, digest!)
}

/** As the register does: a first byte of 1 says that the rest is packed. */
function unpacked(opened: Uint8Array): Uint8Array {
  return opened[0] === 1 ? new Uint8Array(inflateSync(opened.subarray(1))) : opened
}

async function evidence(register: ARegister, signing: Keys, interview: string, digest: string, sealed: Uint8Array<ArrayBuffer>) {
  if ((await sha256(sealed)) !== digest) return problem('hash-mismatch', 422)
  register.evidence.add(digest)
  const [revision] = [...register.revisions].filter(([, held]) => held.interview === interview).at(-1) ?? []
  const { receipt, level, missing } = await receiptFor(register, signing, revision!)
  return json({ receipt: missing.length ? null : receipt, level }, 201)
}

async function receiptFor(register: ARegister, signing: Keys, digest: string) {
  const { interview, document } = register.revisions.get(digest)!
  const files: string[] = document.evidence.map((one: any) => one.sealed_sha256).filter(Boolean)
  const held = files.filter((file) => register.evidence.has(file)).sort()
  const missing = files.filter((file) => !register.evidence.has(file))
  const level = register.level ?? (missing.length ? 'data' : 'complete')
  const receipt = await jws(signing, { interview, digest, level, evidence: held, at: register.time, epoch: register.epoch })
  return { receipt, level, missing }
}

async function open(ingest: Keys, context: string, sealed: Uint8Array): Promise<Uint8Array> {
  const recipient = await SUITE.createRecipientContext({
    recipientKey: ingest, enc: new Uint8Array(sealed.slice(0, 65)).buffer, info: utf8(context).buffer,
  })
  return new Uint8Array(await recipient.open(new Uint8Array(sealed.slice(65)).buffer))
}

export async function jws(signing: Keys, payload: unknown, header: object = { alg: 'ES256', kid: 'r1', typ: 'receipt' }) {
  const text = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(payload)))}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signing.privateKey, utf8(text))
  return `${text}.${base64url(new Uint8Array(signature))}`
}

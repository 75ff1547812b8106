/** Hello: the phone says how it stands, the register says its keys, its time and what is open. */
import { type Answered, ask, type Refused } from './answers.ts'
import { base64url } from './bytes.ts'
import { deviceOf } from './device.ts'
import type { Phone } from './phone.ts'
import { verifiedPayload } from './receipts.ts'
import type { ReceiptKey, Register, RoundInfo } from './records.ts'
import { registerOf } from './register.ts'
import { retire } from './retention.ts'
import { clearLists, endSession, signedIn } from './sign-out.ts'
import { outboxStatus } from './status.ts'

export interface Account {
  id: string
  name: string
  role: string
}

/** How the greeting went; only 'welcome' brings news. */
export type Hello =
  | { kind: 'welcome'; register: Register; account: Account }
  | { kind: 'signed-out' }
  | { kind: 'update' } // the app is too old to read; it may still hand in
  | { kind: 'no-answer'; reason: 'offline' | 'portal' | 'server' }

export interface Greeting {
  /** What people call this phone in the list of devices. */
  deviceName: string
  /** Whether the browser promised to keep its storage. */
  persisted: boolean
}

interface Reply {
  signed: string
  time: string
  epoch: string
  ingest_key: { id: string; public_key: string }
  receipt_keys: { keys: ReceiptKey[] }
  hand_in_token?: string
  session?: string
  account: Account
  round: RoundInfo
  limits: Record<string, number>
  demo: boolean
}

/** Keys, time and token are on the phone afterwards, the age rule has run, and a new epoch makes everything held be asked for. */
export async function sayHello(phone: Phone, greeting: Greeting): Promise<Hello> {
  if (!(await endSession(phone))) return { kind: 'no-answer', reason: 'offline' }
  const known = await registerOf(phone)
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const body = await bodyOf(phone, greeting, nonce, !known?.hand_in_token)
  const answer = await ask(phone.world, { method: 'POST', address: '/api/v1/hello', body })
  if (answer.kind === 'none') return { kind: 'no-answer', reason: answer.reason }
  if (answer.kind === 'problem') return turnedAway(answer)
  return welcome(phone, known, answer, nonce)
}

async function bodyOf(phone: Phone, { deviceName, persisted }: Greeting, nonce: string, need_token: boolean) {
  const { id, public_key } = await deviceOf(phone)
  const { counts } = await outboxStatus(phone)
  const rows = await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').getAll())
  const drafts = rows.filter(({ finished }) => !finished).length
  return {
    nonce,
    app: phone.world.app,
    device: { id, public_key, name: deviceName },
    counts: { drafts, waiting: counts.waiting + counts.sending, parked: counts.parked },
    persisted,
    need_token,
  }
}

function turnedAway({ status, code }: Refused): Hello {
  if (status === 401 || status === 403) return { kind: 'signed-out' }
  return status === 426 || code === 'update' ? { kind: 'update' } : { kind: 'no-answer', reason: 'server' }
}

async function welcome(phone: Phone, known: Register | null, { json }: Answered, nonce: string): Promise<Hello> {
  const reply = json as unknown as Reply
  const signed = await verifiedPayload<{ nonce: string; time: string; epoch: string }>(reply.signed, reply.receipt_keys?.keys ?? [])
  if (!signed || signed.nonce !== nonce) return { kind: 'no-answer', reason: 'portal' }
  const register = remembered(phone, known, reply, signed)
  // What follows from the news is done before it is remembered: a phone that dies in between does it the next time.
  if (known && known.epoch !== register.epoch) await askAboutEverything(phone)
  if (known && known.account.id !== register.account.id) await clearLists(phone)
  await keep(phone, register)
  await retire(phone, register)
  await signedIn(phone)
  return { kind: 'welcome', register, account: reply.account }
}

function remembered(
  { world }: Phone,
  known: Register | null,
  reply: Reply,
  { time, epoch }: { time: string; epoch: string },
): Register {
  const { account, ingest_key, round, limits, demo, session } = reply
  const tokens = { ...known?.tokens, ...(known?.hand_in_token ? { [known.account.id]: known.hand_in_token } : {}) }
  return {
    id: 'register',
    account: { id: account.id, role: account.role },
    ingest_key,
    receipt_keys: pinned(known?.receipt_keys ?? [], reply.receipt_keys.keys),
    epoch,
    hand_in_token: reply.hand_in_token ?? tokens[account.id] ?? null,
    tokens,
    ...(session ? { session } : {}),
    round,
    limits,
    demo,
    time,
    heard: { clock: world.now(), origin: world.origin, uptime: world.uptime() },
  }
}

/** Keys of receipts already held stay known when the register signs with a new one. */
function pinned(known: ReceiptKey[], told: ReceiptKey[]): ReceiptKey[] {
  const kids = new Set(told.map(({ kid }) => kid))
  return [...told, ...known.filter(({ kid }) => !kids.has(kid))]
}

async function keep(phone: Phone, register: Register): Promise<void> {
  await phone.work.write(['account'], (transaction) => transaction.objectStore('account').put(register))
  phone.notices.tell('account')
}

/** The register was restored from a backup: what it has forgotten is sent again, receipts or not. */
async function askAboutEverything(phone: Phone): Promise<void> {
  const due = phone.world.now()
  await phone.work.write(['entries'], async (transaction) => {
    let cursor = await transaction.objectStore('entries').openCursor()
    for (; cursor; cursor = await cursor.continue()) await cursor.update({ ...cursor.value, due })
  })
}

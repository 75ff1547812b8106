/** The volunteer's own quality card, kept sealed to be read without a signal; replies wait until there is one. */
import { newInterviewId, type Phone } from '../outbox/index.ts'
import { ask } from '../outbox/answers.ts'
import type { Bytes, ReplyRow } from '../outbox/records.ts'
import type { Vault } from '../vault/index.ts'
import { metaOf } from './changes.ts'

export interface CardReply {
  id: string
  text: string
  /** When the register took it; null while it waits on this phone. */
  at: string | null
}

/** Something noticed about an interview, in words, with what else could explain it. */
export interface CardFinding {
  id: number
  code: string
  state: string
  th: string
  en: string
  besides_th: string
  besides_en: string
  opened_at: string
  village: string | null
  house_number: string | null
  replies: CardReply[]
}

export interface Card {
  counts: Record<string, number>
  returns: { given: number; waiting: number; late: number }
  findings: CardFinding[]
}

const AT_ONCE = 20

/** Sends what was replied here, then takes the newest card; what is on the phone stays when nobody answers. */
export async function fetchCard(phone: Phone, vault: Vault): Promise<boolean> {
  if (!(await sendReplies(phone, vault))) return false
  const answer = await ask(phone.world, { method: 'GET', address: '/api/v1/card' })
  if (answer.kind !== 'answer' || !Array.isArray(answer.json.findings)) return false
  const sealed = await vault.seal('card', vault.account, answer.json)
  await phone.cache.write(['meta'], (transaction) => transaction.objectStore('meta').put({ id: 'card', value: sealed }))
  return true
}

/** As last fetched, with the replies that still wait here; null before the first. */
export async function cardOf(phone: Phone, vault: Vault): Promise<Card | null> {
  const sealed = await metaOf<Bytes>(phone, 'card')
  const card = sealed ? await vault.open<Card>('card', vault.account, sealed).catch(() => null) : null
  if (!card) return null
  const waiting = await opened(vault, await repliesHeld(phone, vault))
  const findings = card.findings.map((one) => ({ ...one, replies: [...one.replies, ...waiting.filter(({ id, finding }) => finding === one.id && !one.replies.some((told) => told.id === id))] }))
  return { ...card, findings }
}

/** On disk when it returns, under an id made here: sent twice it is one reply. */
export async function writeReply(phone: Phone, vault: Vault, finding: number, text: string): Promise<void> {
  const id = newInterviewId(phone.world.now())
  const row = { id, account: vault.account, body: await vault.seal('reply', id, { finding, text }) }
  await phone.work.write(['replies', 'keys'], async (transaction) => {
    await vault.keepKey(transaction)
    await transaction.objectStore('replies').put(row)
  })
  phone.notices.tell('lists')
}

async function repliesHeld({ work }: Phone, { account }: Vault): Promise<ReplyRow[]> {
  const rows = await work.read(['replies'], (transaction) => transaction.objectStore('replies').getAll())
  return rows.filter((row) => row.account === account)
}

interface Waiting extends CardReply {
  finding: number
}

function opened(vault: Vault, rows: ReplyRow[]): Promise<Waiting[]> {
  return Promise.all(rows.map(async ({ id, body }) => ({ id, at: null, ...(await vault.open<{ finding: number; text: string }>('reply', id, body)) })))
}

/** True when none is left to send; one that has no place at the register is not sent again. */
async function sendReplies(phone: Phone, vault: Vault): Promise<boolean> {
  const rows = (await repliesHeld(phone, vault)).filter(({ refused }) => !refused)
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE)
    const items = (await opened(vault, some)).map(({ id, finding, text }) => ({ id, finding, text }))
    const answer = await ask(phone.world, { method: 'POST', address: '/api/v1/card/replies', body: { items } })
    if (answer.kind !== 'answer' || !Array.isArray(answer.json.items)) return false
    await settle(phone, some, answer.json.items as { id: string; kept: boolean }[])
  }
  return true
}

async function settle({ work }: Phone, rows: ReplyRow[], told: { id: string; kept: boolean }[]): Promise<void> {
  const kept = new Map(told.map((one) => [one.id, one.kept]))
  await work.write(['replies'], async (transaction) => {
    for (const row of rows) {
      if (kept.get(row.id) === true) await transaction.objectStore('replies').delete(row.id)
      else if (kept.get(row.id) === false) await transaction.objectStore('replies').put({ ...row, refused: true })
    }
  })
}

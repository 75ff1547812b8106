/** What the screens say about the outbox: counts from the indexes, entries a page at a time, no blob ever loaded. */
import type { Vault } from '../vault/vault.ts'
import { dueAt } from './back-off.ts'
import { nextDue } from './entries.ts'
import type { Phone } from './phone.ts'
import type { Entry, Link, State, Stopped } from './records.ts'

export interface OutboxStatus {
  counts: Record<State, number>
  /** Not yet at the register: waiting, sending or parked; what was redone since and arrived is not counted. */
  unsent: number
  /** Answers received, photos still on the phone. */
  awaiting_evidence: number
  total: number
  stopped: Stopped | null
  /** When the next attempt is, in milliseconds since 1970. */
  next_at: number | null
}

const STATES: State[] = ['waiting', 'sending', 'custody', 'data', 'complete', 'purgeable', 'parked']

export async function outboxStatus(phone: Phone): Promise<OutboxStatus> {
  const [counted, redone] = await Promise.all([countsOf(phone), redoneEntries(phone)])
  const counts = { ...counted, parked: counted.parked - redone.size }
  const link = await linkOf(phone)
  const due = await nextDue(phone)
  return {
    counts,
    unsent: counts.waiting + counts.sending + counts.parked,
    awaiting_evidence: counts.data,
    total: STATES.reduce((sum, state) => sum + counted[state], 0),
    stopped: link?.stopped ?? null,
    next_at: due === null ? null : Math.max(due, dueAt(link?.next_at ?? 0, phone.world.now())),
  }
}

async function countsOf({ work }: Phone): Promise<Record<State, number>> {
  return work.read(['entries'], async (transaction) => {
    const index = transaction.objectStore('entries').index('state')
    const counts = await Promise.all(STATES.map(async (state) => [state, await index.count(state)] as const))
    return Object.fromEntries(counts) as Record<State, number>
  })
}

const ARRIVED = new Set<State>(['custody', 'data', 'complete', 'purgeable'])

/** Digests of parked entries whose household was done again since, and that arrived: they stay, sealed, and nobody need look. */
export async function redoneEntries({ work }: Phone): Promise<Set<string>> {
  return work.read(['entries'], async (transaction) => {
    const entries = transaction.objectStore('entries')
    const redone = new Set<string>()
    for (const parked of await entries.index('state').getAll('parked')) {
      const others = await entries.index('household').getAll(parked.household)
      const isRedone = others.some((one) => one.account === parked.account && one.forum === parked.forum && one.finished_at > parked.finished_at && ARRIVED.has(one.state))
      if (isRedone) redone.add(parked.digest)
    }
    return redone
  })
}

export async function linkOf({ work }: Phone): Promise<Link | null> {
  const row = await work.read(['account'], (transaction) => transaction.objectStore('account').get('link'))
  return (row as Link | undefined) ?? null
}

/** The latest finished first; `before` is the last entry of the page above. */
export function entriesPage({ work }: Phone, limit: number, before: Entry | null = null): Promise<Entry[]> {
  const range = before ? IDBKeyRange.upperBound([before.finished_at, before.digest], true) : null
  return work.read(['entries'], async (transaction) => {
    const page: Entry[] = []
    let cursor = await transaction.objectStore('entries').index('finished_at').openCursor(range, 'prev')
    for (; cursor && page.length < limit; cursor = await cursor.continue()) page.push(cursor.value)
    return page
  })
}

/** The latest revision of each household that has an interview in the outbox: what the home list says of it. Of one interview the highest number, whatever the clock was. */
export async function statesByHousehold({ work }: Phone): Promise<Map<string, Entry>> {
  return work.read(['entries'], async (transaction) => {
    const latest = new Map<string, Entry>()
    let cursor = await transaction.objectStore('entries').index('finished_at').openCursor()
    for (; cursor; cursor = await cursor.continue()) {
      const before = latest.get(cursor.value.household)
      const isEarlier = before?.interview === cursor.value.interview && before.number > cursor.value.number
      if (!cursor.value.forum && !isEarlier) latest.set(cursor.value.household, cursor.value)
    }
    return latest
  })
}

export interface EntryLabel {
  village: string
  house_number: string
  /** Of a forum's result. */
  outcome?: string
}

/** Village and house number, if this vault's volunteer finished it; null for what others brought. */
export async function labelOf(entry: Entry, vault: Vault): Promise<EntryLabel | null> {
  if (!entry.label || entry.account !== vault.account) return null
  return vault.open<EntryLabel>('label', entry.interview, entry.label).catch(() => null)
}

/** One household asked again at a forum, or why it could not be, as this phone finished it. */
export interface ForumResult {
  forum: string
  household: string
  outcome: string
  entry: Entry
}

/** This volunteer's results of forums that are still on the phone, the earliest first. */
export async function forumResults({ work }: Phone, vault: Vault): Promise<ForumResult[]> {
  const all = await work.read(['entries'], (transaction) => transaction.objectStore('entries').index('finished_at').getAll())
  const results = all.flatMap((entry) => (entry.forum && entry.account === vault.account ? [{ entry, forum: entry.forum }] : []))
  return Promise.all(results.map(async ({ entry, forum }) => ({
    forum, entry, household: entry.household, outcome: (await labelOf(entry, vault))?.outcome ?? '',
  })))
}

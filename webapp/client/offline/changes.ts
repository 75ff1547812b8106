/** The register's news for this volunteer, taken page by page into the phone's cache, sealed by the vault. */
import type { Phone, Returned } from '../outbox/index.ts'
import { ask } from '../outbox/answers.ts'
import type { CacheSchema, SealedRow } from '../outbox/records.ts'
import type { Writing } from '../outbox/store.ts'
import type { Vault } from '../vault/index.ts'
import type { Household, Village } from './lists.ts'

interface Page {
  cursor: string
  more: boolean
  /** False while the register keeps changes back that are not yet all committed. */
  settled?: boolean
  /** The round whose households these are. */
  round?: string
  villages: Village[]
  /** Households assigned by themselves, in villages that are not this volunteer's as a whole. */
  alone: string[]
  households: (Household & { removed: boolean })[]
  /** What came back since the cursor. */
  returned: Returned[]
  /** Every interview that is theirs to correct now; an older register does not say. */
  open_returns?: string[]
  subdistricts: string[]
}

/** A page, and the cursor that it was asked after. */
interface Taken {
  page: Page
  after: string | null
}

interface SealedPage {
  households: SealedRow[]
  villages: SealedRow[]
  returned: SealedRow[]
}

const [LOOKS_AT_MOST, UNSETTLED_MS] = [5, 2_000] // an import under way keeps the newest rows back for a moment
const PAGES_AT_MOST = 500 // a cursor that never ends must not keep the phone busy for ever

/**
 * True when the lists are up to date afterwards; an interruption keeps the pages already taken. A page that comes when
 * the lists have been cleared, or taken further by another tab, is not kept: the cursor would pass over what is lacking.
 * Every page names all the volunteer's villages: one that is new or has become theirs as a whole is fetched from its
 * beginning, one that is gone goes, and so does a single household that is no longer theirs.
 */
export async function fetchChanges(phone: Phone, vault: Vault): Promise<boolean> {
  let looks = 0
  for (let pages = 0; pages < PAGES_AT_MOST; pages += 1) {
    const taken = await nextPage(phone)
    if (!taken) return false
    const { page } = taken
    if (await isOfAnotherRound(phone, page)) {
      await forgetRound(phone, page.round ?? '')
      continue
    }
    if (await bringsWholeVillage(phone, page)) {
      await startAnew(phone)
      continue
    }
    if (!(await keepPage(phone, taken, await sealedPage(vault, page)))) continue
    if (!page.more && page.settled === false && looks < LOOKS_AT_MOST) {
      looks += 1
      await new Promise((resolve) => setTimeout(resolve, UNSETTLED_MS))
    } else if (!page.more) {
      phone.notices.tell('lists')
      return true
    }
  }
  return false
}

async function nextPage(phone: Phone): Promise<Taken | null> {
  const after = await metaOf<string>(phone, 'cursor')
  const query = after ? `?after=${encodeURIComponent(after)}` : ''
  const answer = await ask(phone.world, { method: 'GET', address: `/api/v1/changes${query}` })
  return answer.kind === 'answer' && typeof answer.json.cursor === 'string' ? { page: answer.json as unknown as Page, after } : null
}

/** The households of a village assigned later may have changed long before the cursor. */
async function bringsWholeVillage(phone: Phone, { villages }: Page): Promise<boolean> {
  if ((await metaOf(phone, 'cursor')) === null) return false
  const held = (await metaOf<string[]>(phone, 'whole')) ?? []
  return villages.some(({ code, whole }) => whole && !held.includes(code))
}

async function isOfAnotherRound(phone: Phone, { round }: Page): Promise<boolean> {
  const held = await metaOf<string>(phone, 'round')
  return Boolean(held && round && held !== round)
}

/** Another year has begun: its list is fetched from the beginning; drafts and finished interviews stay. */
async function forgetRound({ cache }: Phone, round: string): Promise<void> {
  await cache.write(['households', 'returned', 'meta'], async (transaction) => {
    await transaction.objectStore('households').clear()
    await transaction.objectStore('returned').clear()
    await transaction.objectStore('meta').delete('cursor')
    await transaction.objectStore('meta').put({ id: 'round', value: round })
  })
}

async function startAnew({ cache }: Phone): Promise<void> {
  await cache.write(['meta'], (transaction) => transaction.objectStore('meta').delete('cursor'))
}

async function sealedPage(vault: Vault, page: Page): Promise<SealedPage> {
  const seal = async (kind: string, id: string, village: string, value: unknown): Promise<SealedRow> => {
    return { id, village, body: await vault.seal(kind, id, value) }
  }
  const kept = page.households.filter(({ removed }) => !removed)
  return {
    households: await Promise.all(kept.map((one) => seal('household', one.id, one.village, one))),
    villages: await Promise.all(page.villages.map((one) => seal('village', one.code, one.code, one))),
    returned: await Promise.all(page.returned.map((one) => seal('returned', one.interview, one.village, one))),
  }
}

/** Rows and cursor in one transaction: a page is taken whole or asked for again. False when the lists are no longer those it follows. */
async function keepPage(phone: Phone, { page, after }: Taken, sealed: SealedPage): Promise<boolean> {
  return phone.cache.write(['households', 'villages', 'returned', 'meta'], async (transaction) => {
    const held = await transaction.objectStore('meta').get('cursor')
    if ((held?.value ?? null) !== after) return false
    for (const name of ['households', 'villages', 'returned'] as const) {
      for (const row of sealed[name]) await transaction.objectStore(name).put(row)
    }
    for (const { id, removed } of page.households) if (removed) await transaction.objectStore('households').delete(id)
    await dropOthers(transaction, page)
    await dropSettled(transaction, page)
    await transaction.objectStore('meta').put({ id: 'whole', value: page.villages.filter(({ whole }) => whole).map(({ code }) => code) })
    await transaction.objectStore('meta').put({ id: 'cursor', value: page.cursor })
    if (page.round) await transaction.objectStore('meta').put({ id: 'round', value: page.round })
    if (page.subdistricts.length) await transaction.objectStore('meta').put({ id: 'subdistricts', value: page.subdistricts })
    return true
  })
}

/** What is no longer this volunteer's to visit leaves the phone; drafts and finished interviews stay. */
async function dropOthers(transaction: Writing<CacheSchema>, { villages, alone }: Page): Promise<void> {
  const assigned = new Map(villages.map(({ code, whole }) => [code, whole]))
  const single = new Set(alone)
  for (const code of await transaction.objectStore('villages').getAllKeys()) {
    if (!assigned.has(code)) await transaction.objectStore('villages').delete(code)
    if (assigned.get(code)) continue
    const households = await transaction.objectStore('households').index('village').getAllKeys(code)
    for (const id of households) if (!single.has(id)) await transaction.objectStore('households').delete(id)
  }
}

/** Corrected, withdrawn or given to somebody else; a correction under way stays, as every draft does. */
async function dropSettled(transaction: Writing<CacheSchema>, { open_returns }: Page): Promise<void> {
  if (!open_returns) return
  for (const interview of await transaction.objectStore('returned').getAllKeys()) {
    if (!open_returns.includes(interview)) await transaction.objectStore('returned').delete(interview)
  }
}

export async function metaOf<T>(phone: Phone, id: string): Promise<T | null> {
  const row = await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').get(id))
  return (row?.value as T | undefined) ?? null
}

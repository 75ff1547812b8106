/** Is this phone ready for a day without a network? Each thing it needs, how much of it is here, and whether that is enough. */
import { type Phone, registerOf } from '../outbox/index.ts'
import type { Vault } from '../vault/index.ts'
import { canary } from './canary.ts'
import { metaOf } from './changes.ts'
import { forumsOf } from './forums.ts'
import { persistence } from './persistence.ts'
import { keptFiles } from './worker.ts'

export type CheckName =
  | 'app' | 'questionnaire' | 'households' | 'forum' | 'boundaries' | 'persistence' | 'writing' | 'register' | 'browser'

export interface Check {
  name: CheckName
  ok: boolean
  /** Things held, and how many are wanted where that is known. */
  count: number
  wanted: number | null
  /** Bytes. */
  size: number
}

/** In the order a person would read them; the words are the screens'. */
export async function readyChecks(phone: Phone, vault: Vault): Promise<Check[]> {
  const role = (await registerOf(phone).catch(() => null))?.account.role
  const checks = await Promise.all([
    made('app', appCheck()),
    made('questionnaire', questionnaireCheck(phone)),
    role === 'volunteer' ? made('households', householdsCheck(phone)) : null, // nobody else has households of their own
    made('forum', forumCheck(phone, vault)),
    made('boundaries', boundariesCheck(phone)),
    made('register', registerCheck(phone)),
    writingCheck(phone, vault),
    made('persistence', persistenceCheck()),
    browserCheck(),
  ])
  return checks.filter((check) => check !== null)
}

/** What cannot be looked at is not ready. */
function made(name: CheckName, check: Promise<Check | null>): Promise<Check | null> {
  return check.catch(() => nothing(name))
}

async function appCheck(): Promise<Check> {
  const kept = await keptFiles()
  const [files, missing] = [kept?.files ?? 0, kept?.missing ?? 0]
  return { name: 'app', ok: files > 0 && missing === 0, count: files - missing, wanted: files, size: kept?.size ?? 0 }
}

async function questionnaireCheck(phone: Phone): Promise<Check> {
  const id = (await registerOf(phone))?.round.questionnaire.id ?? ''
  const row = await phone.cache.read(['definition'], (transaction) => transaction.objectStore('definition').get(id))
  return { name: 'questionnaire', ok: row !== undefined, count: row ? 1 : 0, wanted: 1, size: row?.bytes.length ?? 0 }
}

async function householdsCheck(phone: Phone): Promise<Check> {
  const taken = (await metaOf<string>(phone, 'cursor')) !== null
  const { count, size } = await phone.cache.read(['households'], async (transaction) => {
    let [count, size] = [0, 0]
    let cursor = await transaction.objectStore('households').openCursor()
    for (; cursor; cursor = await cursor.continue()) {
      count += 1
      size += cursor.value.body.length
    }
    return { count, size }
  })
  return { name: 'households', ok: taken, count, wanted: null, size }
}

/** Households that a forum may call up; of no interest to who asks at none. */
async function forumCheck(phone: Phone, vault: Vault): Promise<Check | null> {
  const forums = await forumsOf(phone, vault)
  const count = forums.reduce((sum, { houses }) => sum + houses.length, 0)
  return forums.length ? { ...nothing('forum'), ok: true, count } : null
}

async function boundariesCheck(phone: Phone): Promise<Check> {
  const wanted = (await metaOf<string[]>(phone, 'subdistricts')) ?? []
  const rows = await phone.cache.read(['boundaries'], (transaction) => transaction.objectStore('boundaries').getAll())
  const held = rows.filter(({ code }) => wanted.includes(code))
  const size = held.reduce((sum, row) => sum + row.size, 0)
  return { name: 'boundaries', ok: held.length === wanted.length, count: held.length, wanted: wanted.length, size }
}

/** The key to seal to, and the token to hand in with. */
async function registerCheck(phone: Phone): Promise<Check> {
  const register = await registerOf(phone)
  return { ...nothing('register'), ok: Boolean(register?.ingest_key && register.hand_in_token) }
}

async function writingCheck(phone: Phone, vault: Vault): Promise<Check> {
  return { ...nothing('writing'), ok: await canary(phone, vault).catch(() => false) }
}

async function persistenceCheck(): Promise<Check> {
  return { ...nothing('persistence'), ok: (await persistence()) === 'granted' }
}

/** Browsers inside chat apps keep nothing for long. */
async function browserCheck(): Promise<Check> {
  return { ...nothing('browser'), ok: !/\bLine\/|FBAN|FBAV|; wv\)/.test(navigator.userAgent) }
}

function nothing(name: CheckName): Check {
  return { name, ok: false, count: 0, wanted: null, size: 0 }
}

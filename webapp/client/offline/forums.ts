/** The forums at which this account asks households again, kept sealed: houses to find and questions to ask, no earlier answers. */
import { listForumDrafts, type Phone } from '../outbox/index.ts'
import { ask } from '../outbox/answers.ts'
import type { Bytes } from '../outbox/records.ts'
import type { Vault } from '../vault/index.ts'
import { metaOf } from './changes.ts'

export type HouseState = 'waiting' | 'asked' | 'absent' | 'refused' | 'moved'

/** A household of the sample or its reserve. */
export interface ForumHouse {
  id: string
  /** Its turn within the sample, or within the reserve. */
  place: number
  /** Houses of one first interviewer have the same; who that is nobody tells. */
  stratum: number
  reserve: boolean
  house_number: string
  head_name: string | null
  /** This account interviewed it first: somebody else asks. */
  own: boolean
  /** What the register has by now, from anybody. */
  state: HouseState
}

/** A question of the round's questionnaire by its id alone, or one with words of its own. */
export interface ForumQuestion {
  id: string
  kind?: 'number'
  text_th?: string
  text_en?: string
  min?: number
  max?: number
}

export interface Forum {
  id: string
  round: string
  questionnaire: string
  held_on: string
  /** Of the list of questions. */
  version: number
  village: { code: string; name_th: string; moo: number | null; kind: string; subdistrict_th: string; district_th: string }
  notice: { version: string; text_th: string; text_en: string }
  questions: ForumQuestion[]
  houses: ForumHouse[]
  /** The register no longer names it; only what was begun here is left. */
  over?: true
}

/** The register's list takes the place of what was here, but for what was begun; without an answer that stays. */
export async function fetchForums(phone: Phone, vault: Vault): Promise<boolean> {
  const answer = await ask(phone.world, { method: 'GET', address: '/api/v1/forums' })
  const none = answer.kind === 'problem' && answer.status === 403
  if (!none && (answer.kind !== 'answer' || !Array.isArray(answer.json.forums))) return false
  const told = answer.kind === 'answer' ? (answer.json.forums as Forum[]) : []
  const value = await vault.seal('forums', vault.account, [...told, ...(await leftOver(phone, vault, told))])
  await phone.cache.write(['meta'], (transaction) => transaction.objectStore('meta').put({ id: 'forums', value }))
  return true
}

/** Households whose asking was begun before their forum ended for this account: they can be finished or given up, the others go. */
async function leftOver(phone: Phone, vault: Vault, told: Forum[]): Promise<Forum[]> {
  const begun = new Set((await listForumDrafts(phone, vault)).map(({ household }) => household))
  const gone = (await forumsOf(phone, vault)).filter(({ id }) => !told.some((one) => one.id === id))
  const left = gone.map((forum) => ({ ...forum, over: true as const, houses: forum.houses.filter(({ id }) => begun.has(id)) }))
  return left.filter(({ houses }) => houses.length)
}

/** As last fetched, the earliest day first. */
export async function forumsOf(phone: Phone, vault: Vault): Promise<Forum[]> {
  const sealed = await metaOf<Bytes>(phone, 'forums')
  const forums = sealed ? await vault.open<Forum[]>('forums', vault.account, sealed).catch(() => []) : []
  return forums.sort((one, other) => one.held_on.localeCompare(other.held_on))
}

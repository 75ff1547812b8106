/** Notices of the offices, kept sealed to be read without a signal; what was read here is told when there is one. */
import type { Phone } from '../outbox/index.ts'
import { ask } from '../outbox/answers.ts'
import type { Bytes } from '../outbox/records.ts'
import type { Vault } from '../vault/index.ts'
import { metaOf } from './changes.ts'

export interface Announced {
  id: number
  title_th: string
  text_th: string
  area_th: string
  held_on: string | null
  video_url: string | null
  published_at: string
  read: boolean
  files: { name: string; size: number; media_type: string; url: string }[]
}

interface Kept {
  notices: Announced[]
  /** Read on this phone, not yet told to the register. */
  untold: number[]
}

const NOTHING: Kept = { notices: [], untold: [] }

/** Tells what was read here, then takes the newest; what is on the phone stays when nobody answers. */
export async function fetchAnnounced(phone: Phone, vault: Vault): Promise<boolean> {
  const { untold } = await kept(phone, vault)
  if (untold.length) {
    const told = await ask(phone.world, { method: 'POST', address: '/api/v1/notices/read', body: { notices: untold } })
    if (told.kind !== 'answer') return false
  }
  const answer = await ask(phone.world, { method: 'GET', address: '/api/v1/notices' })
  if (answer.kind !== 'answer' || !Array.isArray(answer.json.notices)) return false
  const now = await kept(phone, vault)
  const since = now.untold.filter((id) => !untold.includes(id))
  const notices = (answer.json.notices as Announced[]).map((one) => ({ ...one, read: one.read || since.includes(one.id) }))
  await keep(phone, vault, { notices, untold: since })
  return true
}

/** As last fetched, the newest first. */
export async function announcedOf(phone: Phone, vault: Vault): Promise<Announced[]> {
  return (await kept(phone, vault)).notices
}

/** Read from now on, with or without a signal. */
export async function markAnnouncedRead(phone: Phone, vault: Vault, id: number): Promise<void> {
  const { notices, untold } = await kept(phone, vault)
  if (!notices.some((one) => one.id === id && !one.read)) return
  await keep(phone, vault, { notices: notices.map((one) => (one.id === id ? { ...one, read: true } : one)), untold: [...untold, id] })
  phone.notices.tell('lists')
}

async function kept(phone: Phone, vault: Vault): Promise<Kept> {
  const sealed = await metaOf<Bytes>(phone, 'announced')
  return sealed ? vault.open<Kept>('announced', vault.account, sealed).catch(() => NOTHING) : NOTHING
}

async function keep(phone: Phone, vault: Vault, value: Kept): Promise<void> {
  const sealed = await vault.seal('announced', vault.account, value)
  await phone.cache.write(['meta'], (transaction) => transaction.objectStore('meta').put({ id: 'announced', value: sealed }))
}

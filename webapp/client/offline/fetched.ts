/** Files anybody may see, kept for the field: the questionnaire as published and the boundaries of the subdistricts. */
import type { Phone, RoundInfo } from '../outbox/index.ts'
import { ask, patience } from '../outbox/answers.ts'
import { sha256 } from '../outbox/bytes.ts'
import { metaOf } from './changes.ts'

/** True when the round's questionnaire is on the phone afterwards, byte for byte as its address says. */
export async function fetchDefinition(phone: Phone, { questionnaire: { id, url } }: RoundInfo): Promise<boolean> {
  const held = await phone.cache.read(['definition'], (transaction) => transaction.objectStore('definition').get(id))
  if (held?.url === url) return true
  const response = await phone.world.fetch(url, { method: 'GET', redirect: 'error', ...patience() }).catch(() => null)
  const body = response?.ok ? await response.arrayBuffer().catch(() => null) : null
  if (!body) return false
  const bytes = new Uint8Array(body)
  const digest = await sha256(bytes)
  if (!url.includes(digest)) return false // a portal's page, or half a file
  await phone.cache.write(['definition'], (transaction) =>
    transaction.objectStore('definition').put({ id, url, sha256: digest, bytes }),
  )
  return true
}

/** Fetches the boundaries not held yet; true when none is lacking. */
export async function fetchBoundaries(phone: Phone): Promise<boolean> {
  const wanted = (await metaOf<string[]>(phone, 'subdistricts')) ?? []
  const held = await phone.cache.read(['boundaries'], (transaction) => transaction.objectStore('boundaries').getAllKeys())
  const lacking = wanted.filter((code) => !held.includes(code))
  const fetched = await Promise.all(lacking.map((code) => fetchBoundary(phone, code)))
  return fetched.every(Boolean)
}

/** A subdistrict without a boundary is remembered as such: positions there are not compared. */
async function fetchBoundary(phone: Phone, code: string): Promise<boolean> {
  const answer = await ask(phone.world, { method: 'GET', address: `/api/v1/boundaries/${code}` })
  const none = answer.kind === 'problem' && answer.status === 404
  if (answer.kind !== 'answer' && !none) return false
  const geometry = answer.kind === 'answer' ? answer.json : null
  const size = JSON.stringify(geometry).length
  await phone.cache.write(['boundaries'], (transaction) => transaction.objectStore('boundaries').put({ code, geometry, size }))
  return true
}

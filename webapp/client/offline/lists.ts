/** What the phone keeps of the register's lists, opened for its volunteer. */
import type { Account, InterviewBeingAsked, Phone, Returned } from '../outbox/index.ts'
import { textOf } from '../outbox/bytes.ts'
import type { SealedRow } from '../outbox/records.ts'
import type { Vault } from '../vault/index.ts'

export interface Household {
  id: string
  village: string
  house_number: string
  house_code: string | null
  head_name: string | null
  people: number | null
  state: string
  lat: number | null
  lon: number | null
  /** Last year's members, as far as the register may tell: names, births, relations; no ID number. */
  roster?: Record<string, string>[]
}

export interface Village {
  code: string
  name_th: string
  moo: number | null
  kind: string
  subdistrict_code: string
  subdistrict_th: string
  district_th: string
  province_th: string
  local_administration: { name: string; type: string } | null
  point: [number, number] | null
  /** The volunteer's as a whole; false where they have only some of its households. */
  whole: boolean
}

/** Of one village, or all that are assigned. */
export async function householdsOf(phone: Phone, vault: Vault, village?: string): Promise<Household[]> {
  const rows = await phone.cache.read(['households'], (transaction) => {
    const households = transaction.objectStore('households')
    return village ? households.index('village').getAll(village) : households.getAll()
  })
  return opened<Household>(vault, 'household', rows)
}

export async function villagesOf(phone: Phone, vault: Vault): Promise<Village[]> {
  const rows = await phone.cache.read(['villages'], (transaction) => transaction.objectStore('villages').getAll())
  return opened<Village>(vault, 'village', rows)
}

/** Interviews to correct, the earliest deadline first. */
export async function returnedOf<D extends InterviewBeingAsked>(phone: Phone, vault: Vault): Promise<Returned<D>[]> {
  const rows = await phone.cache.read(['returned'], (transaction) => transaction.objectStore('returned').getAll())
  const found = await opened<Returned<D>>(vault, 'returned', rows)
  const due = ({ deadline, decision }: Returned<D>) => `${deadline ?? '9999'} ${String(decision).padStart(20, '0')}`
  return found.filter((one) => one.base).sort((one, other) => due(one).localeCompare(due(other)))
}

function opened<T>(vault: Vault, kind: string, rows: SealedRow[]): Promise<T[]> {
  return Promise.all(rows.map(({ id, body }) => vault.open<T>(kind, id, body)))
}

/** Who signed in on this phone; null before the first hello. */
export async function profileOf(phone: Phone, vault: Vault): Promise<Account | null> {
  const row = await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').get('profile'))
  return row ? vault.open<Account>('profile', vault.account, row.value as Uint8Array<ArrayBuffer>).catch(() => null) : null
}

export async function keepProfile(phone: Phone, vault: Vault, account: Account): Promise<void> {
  const value = await vault.seal('profile', vault.account, account)
  await phone.cache.write(['meta'], (transaction) => transaction.objectStore('meta').put({ id: 'profile', value }))
}

/** The questionnaire of that id as published; drafts stay with the one they began with. */
export async function definitionOf<D>(phone: Phone, id: string): Promise<D | null> {
  const row = await phone.cache.read(['definition'], (transaction) => transaction.objectStore('definition').get(id))
  return row ? (JSON.parse(textOf(row.bytes)) as D) : null
}

/** GeoJSON geometry of a subdistrict, EPSG:4326; null when the register has none. */
export async function boundaryOf<G>(phone: Phone, subdistrict: string): Promise<G | null> {
  const row = await phone.cache.read(['boundaries'], (transaction) => transaction.objectStore('boundaries').get(subdistrict))
  return (row?.geometry as G | undefined) ?? null
}

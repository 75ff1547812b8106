/** The two databases: what must not be lost, and what can be fetched again. Upgrades are only ever added to. */
import type { CacheSchema, WorkSchema } from './records.ts'
import { type MakeRoom, openStore, type Store, type Upgrade } from './store.ts'

export type WorkStore = Store<WorkSchema>
export type CacheStore = Store<CacheSchema>

export const WORK_UPGRADES: readonly Upgrade<WorkSchema>[] = [
  function firstStores(database) {
    database.createObjectStore('drafts', { keyPath: 'id' }).createIndex('account', 'account')
    database.createObjectStore('draft_files', { keyPath: ['draft', 'sha256'] })
    const entries = database.createObjectStore('entries', { keyPath: 'digest' })
    entries.createIndex('due', 'due') // holds only what has something left to do
    entries.createIndex('state', 'state')
    entries.createIndex('finished_at', ['finished_at', 'digest'])
    entries.createIndex('blobs', 'blobs', { multiEntry: true })
    entries.createIndex('household', 'household')
    database.createObjectStore('sealed', { keyPath: 'sha256' })
    database.createObjectStore('keys', { keyPath: 'id' })
    database.createObjectStore('account', { keyPath: 'id' })
  },
  function repliesToFindings(database) {
    database.createObjectStore('replies', { keyPath: 'id' })
  },
]

export const CACHE_UPGRADES: readonly Upgrade<CacheSchema>[] = [
  function firstStores(database) {
    database.createObjectStore('households', { keyPath: 'id' }).createIndex('village', 'village')
    database.createObjectStore('villages', { keyPath: 'id' })
    database.createObjectStore('returned', { keyPath: 'id' })
    database.createObjectStore('boundaries', { keyPath: 'code' })
    database.createObjectStore('definition', { keyPath: 'id' })
    database.createObjectStore('meta', { keyPath: 'id' })
  },
]

export function openWork(makeRoom?: MakeRoom): WorkStore {
  return openStore<WorkSchema>('jpt-work', WORK_UPGRADES, makeRoom)
}

export function openCache(): CacheStore {
  return openStore<CacheSchema>('jpt-cache', CACHE_UPGRADES)
}

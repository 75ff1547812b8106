/** The phone's databases: strict, opened again when the system closes them, and honest when they are full. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { beforeEach, describe, mock, test } from 'node:test'
import { CACHE_UPGRADES, openWork, WORK_UPGRADES } from '../../webapp/client/outbox/databases.ts'
import { openStore, type Store } from '../../webapp/client/outbox/store.ts'

interface Notes {
  notes: { key: string; value: { id: string; text: string } }
}

const UPGRADES = [(database: any) => database.createObjectStore('notes', { keyPath: 'id' })]
const open = (makeRoom?: () => Promise<void>): Store<Notes & any> => openStore<any>('notes', UPGRADES, makeRoom)
const put = (store: Store<any>, id: string) => store.write(['notes'], (transaction) => transaction.objectStore('notes').put({ id, text: id }))
const count = (store: Store<any>) => store.read(['notes'], (transaction) => transaction.objectStore('notes').count())

/** The next `times` transactions fail as a browser's would. */
function failing(t: { after(act: () => void): void }, name: string, times: number) {
  const original = IDBDatabase.prototype.transaction
  let left = times
  const failed = mock.method(IDBDatabase.prototype, 'transaction', function (this: IDBDatabase, ...args: any[]) {
    if (args[1] !== 'versionchange' && (left -= 1) >= 0) throw new DOMException('for the test', name)
    return (original as any).apply(this, args)
  })
  t.after(() => failed.mock.restore())
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('a write', () => {
  test('is strict, a read need not be', async (t) => {
    const calls = mock.method(IDBDatabase.prototype, 'transaction')
    t.after(() => calls.mock.restore())
    const store = open()
    await put(store, 'a')
    await count(store)
    const [, write, read] = calls.mock.calls.map(({ arguments: [, mode, options] }) => [mode, options])
    assert.deepEqual(write, ['readwrite', { durability: 'strict' }])
    assert.equal(read?.[0], 'readonly')
    await store.close()
  })

  test('goes on after the system closed the database under us', async (t) => {
    const store = open()
    await put(store, 'a')
    failing(t, 'InvalidStateError', 1)
    await put(store, 'b')
    assert.equal(await count(store), 2)
    await store.close()
  })

  for (const [name, kind] of [
    ['QuotaExceededError', 'full'], ['UnknownError', 'broken'], ['InvalidStateError', 'closed'], ['AbortError', 'closed'],
  ] as const) {
    test(`that fails twice with ${name} says "${kind}"`, async (t) => {
      const store = open()
      failing(t, name, 2)
      await assert.rejects(put(store, 'a'), { name: 'StorageTrouble', kind })
      await put(store, 'a')
      assert.equal(await count(store), 1)
      await store.close()
    })
  }

  test('makes room once before it is tried again on a full disk', async (t) => {
    let rooms = 0
    const store: Store<any> = open(async () => {
      rooms += 1
      await put(store, 'room')
    })
    failing(t, 'QuotaExceededError', 4)
    await assert.rejects(put(store, 'a'), { kind: 'full' })
    assert.equal(rooms, 1)
    await store.close()
  })

  test('whose act fails leaves nothing half done and is not repeated', async () => {
    const store = open()
    let acts = 0
    const half = store.write(['notes'], async (transaction) => {
      acts += 1
      await transaction.objectStore('notes').put({ id: 'half', text: '' })
      throw new Error('changed my mind')
    })
    await assert.rejects(half, /changed my mind/)
    assert.deepEqual([acts, await count(store)], [1, 0])
    await store.close()
  })
})

describe('another tab', () => {
  test('with a newer database is let in; the old page is told to start again', async () => {
    const old = open()
    await put(old, 'a')
    const newer = openStore<any>('notes', [...UPGRADES, (database: any) => database.createObjectStore('more')])
    assert.equal(await count(newer), 1)
    await assert.rejects(put(old, 'b'), { kind: 'newer' })
    await newer.close()
  })

  test('that deletes the database finds no lock; writing goes on in a new one', async () => {
    const store = open()
    await put(store, 'a')
    await new Promise((done) => {
      indexedDB.deleteDatabase('notes').onsuccess = done
    })
    await put(store, 'b')
    assert.equal(await count(store), 1)
    await store.close()
  })
})

test('upgrades are only ever added to: these are the ones that phones have run', () => {
  assert.deepEqual(WORK_UPGRADES.map(({ name }) => name), ['firstStores', 'repliesToFindings'])
  assert.deepEqual(CACHE_UPGRADES.map(({ name }) => name), ['firstStores'])
})

test('an interview\'s entry is found by what is due, by state and by date', async () => {
  const work = openWork()
  const indexes = await work.read(['entries'], async (transaction) => [...transaction.objectStore('entries').indexNames])
  assert.deepEqual(indexes, ['blobs', 'due', 'finished_at', 'household', 'state'])
  await work.close()
})

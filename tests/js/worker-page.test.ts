/** The page's side of the worker: a newer one is announced, and takes over only while nobody writes. */
import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { askPersistence, persistence, registerWorker, takeOver, wantBackgroundSync } from '../../webapp/client/offline/index.ts'
import { keptFiles } from '../../webapp/client/offline/worker.ts'

class AWorker extends EventTarget {
  state = 'installing'
  told: unknown[] = []
  postMessage(message: unknown, ports: MessagePort[] = []) {
    this.told.push(message)
    ports[0]?.postMessage({ version: 'v1', files: 3, missing: 0, size: 9 })
  }
}

class AContainer extends EventTarget {
  controller: AWorker | null = new AWorker()
  registration = Object.assign(new EventTarget(), {
    waiting: null as AWorker | null,
    installing: null as AWorker | null,
    updates: 0,
    async update() {
      this.updates += 1
    },
  })
  registered: unknown[] = []
  async register(...args: unknown[]) {
    this.registered = args
    return this.registration
  }
}

const asContainer = (container: AContainer) => container as unknown as ServiceWorkerContainer

async function watched(newer = () => {}) {
  const container = new AContainer()
  const watch = (await registerWorker(newer, asContainer(container)))!
  return { container, watch }
}

describe('a newer worker', () => {
  test('that has installed beside the one in charge is announced', async () => {
    let announced = 0
    const { container } = await watched(() => (announced += 1))
    const installing = new AWorker()
    container.registration.installing = installing
    container.registration.dispatchEvent(new Event('updatefound'))
    assert.equal(announced, 0)
    container.registration.waiting = installing
    installing.dispatchEvent(new Event('statechange'))
    assert.equal(announced, 1)
  })

  test('is not announced when it is the first', async () => {
    const { container } = await watched(() => assert.fail('announced'))
    container.controller = null
    container.registration.installing = new AWorker()
    container.registration.dispatchEvent(new Event('updatefound'))
    container.registration.waiting = container.registration.installing
    container.registration.installing.dispatchEvent(new Event('statechange'))
  })

  test('takes over when told, and the page starts again with it', async () => {
    const { container, watch } = await watched()
    const waiting = (container.registration.waiting = new AWorker())
    let reloads = 0
    assert.equal(await takeOver(watch, () => (reloads += 1), null), true)
    assert.deepEqual(waiting.told, ['take-over'])
    container.dispatchEvent(new Event('controllerchange'))
    container.dispatchEvent(new Event('controllerchange'))
    assert.equal(reloads, 1)
  })

  test('is looked for when the app is brought back to the front, once an hour and no oftener', async (t) => {
    let now = 0
    const clock = mock.method(performance, 'now', () => now)
    t.after(() => clock.mock.restore())
    const container = new AContainer()
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    await registerWorker(() => {}, asContainer(container), page)
    for (const minutes of [1, 59, 61, 62, 119, 122]) {
      now = minutes * 60_000
      page.dispatchEvent(new Event('visibilitychange'))
    }
    assert.equal(container.registration.updates, 2)
  })

  test('waits while any tab writes a draft', async () => {
    const { container, watch } = await watched()
    const waiting = (container.registration.waiting = new AWorker())
    const locks = { query: async () => ({ held: [{ name: 'draft:i1' }] }) } as unknown as LockManager
    assert.equal(await takeOver(watch, () => assert.fail('reloaded'), locks), false)
    assert.deepEqual(waiting.told, [])
  })
})

test('the worker is registered for the whole site and never from the HTTP cache', async () => {
  const { container } = await watched()
  assert.deepEqual(container.registered, ['/service-worker.js', { scope: '/', updateViaCache: 'none' }])
  assert.equal(await registerWorker(() => {}, undefined), null)
})

test('the worker goes on sending when the page is left', async () => {
  const container = new AContainer()
  const tags: string[] = []
  Object.assign(container.registration, { sync: { register: async (tag: string) => void tags.push(tag) } })
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  await registerWorker(() => {}, asContainer(container), page)
  page.dispatchEvent(new Event('visibilitychange'))
  assert.deepEqual(tags, [])
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  assert.deepEqual(tags, ['outbox'])
})

test('the worker in charge tells what it keeps; without one nothing is known', async () => {
  const { container } = await watched()
  assert.equal((await keptFiles(asContainer(container)))?.files, 3)
  container.controller = null
  assert.equal(await keptFiles(asContainer(container)), null)
})

test('Background Sync is asked for where there is one, and its refusal harms nothing', async () => {
  const { container, watch } = await watched()
  assert.equal(await wantBackgroundSync(watch), false)
  Object.assign(container.registration, { sync: { register: async () => undefined } })
  assert.equal(await wantBackgroundSync(watch), true)
  Object.assign(container.registration, { sync: { register: async () => assert.fail('not allowed') } })
  assert.equal(await wantBackgroundSync(watch), false)
})

test('the browser\'s promise to keep the storage is told as it is', async () => {
  const storage = { persisted: async () => false, persist: async () => true } as unknown as StorageManager
  assert.deepEqual([await persistence(storage), await askPersistence(storage)], ['refused', 'granted'])
  assert.deepEqual([await persistence({} as StorageManager), await askPersistence({} as StorageManager)], ['unknown', 'unknown'])
})

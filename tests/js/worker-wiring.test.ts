/** The service worker as the browser runs it: which events it answers, and that it lets the others be. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'

class Worker extends EventTarget {
  KEPT = [{ url: '/app/', digest: '00' }]
  VERSION = 'v1'
  APP = '0.1.0'
  location = new URL('http://localhost:8000/service-worker.js')
  skips = 0
  clients = { claim: async () => undefined }
  async skipWaiting() {
    this.skips += 1
  }
}

const worker = new Worker()

/** Sends an event and waits for what it was told to wait for. */
async function send(type: string, more: object) {
  const promises: unknown[] = []
  const event = Object.assign(new Event(type), {
    ports: [], waitUntil: (promise: unknown) => promises.push(promise), respondWith: (promise: unknown) => promises.push(promise), ...more,
  })
  worker.dispatchEvent(event)
  await Promise.all(promises)
  return promises.length
}

before(async () => {
  globalThis.indexedDB = new IDBFactory()
  const cache = { match: async () => new Response('<html>') }
  Object.assign(globalThis, { self: worker, caches: { open: async () => cache, match: async () => undefined } })
  await import('../../service-worker/service-worker.ts')
})

const request = (path: string, method = 'GET', mode = 'cors') => ({ request: { url: `http://localhost:8000${path}`, method, mode } })

test('the shell is answered', async () => {
  assert.equal(await send('fetch', request('/app/outbox', 'GET', 'navigate')), 1)
})

test('whatever is not a GET of our own files is let be', async () => {
  assert.equal(await send('fetch', request('/app/', 'POST')), 0)
  assert.equal(await send('fetch', request('/api/v1/plan', 'POST')), 0)
  assert.equal(await send('fetch', request('/api/v1/changes')), 0)
})

test('a newer worker takes over when a page says so, and only then', async () => {
  await send('message', { data: 'kept', ports: [] })
  assert.equal(worker.skips, 0)
  await send('message', { data: 'take-over' })
  assert.equal(worker.skips, 1)
})

test('a page is told what is kept', async () => {
  const told: unknown[] = []
  await send('message', { data: 'kept', ports: [{ postMessage: (answer: unknown) => told.push(answer) }] })
  assert.deepEqual(told, [{ version: 'v1', files: 1, missing: 0, size: 6 }])
})

test('Background Sync sends the outbox, and nothing else does', async () => {
  assert.equal(await send('sync', { tag: 'something' }), 0)
  assert.equal(await send('sync', { tag: 'outbox' }), 1)
})

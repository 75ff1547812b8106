/** The service worker: keeps our own files whole or not at all, answers GET for them and nothing else. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sha256, utf8 } from '../../webapp/client/outbox/bytes.ts'
import { answeredAddress, dropOlder, keepAll, kept, type Shelf, tally } from '../../service-worker/kept.ts'

const ORIGIN = 'http://localhost:8000'

/** Cache Storage as far as the worker uses it. */
function someCaches(): CacheStorage {
  const stores = new Map<string, Map<string, Response>>()
  const cacheOf = (held: Map<string, Response>) => ({
    match: async (url: string) => held.get(url)?.clone(),
    put: async (url: string, response: Response) => void held.set(url, response),
  })
  return {
    open: async (name: string) => cacheOf(stores.get(name) ?? stores.set(name, new Map()).get(name)!),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (url: string) => [...stores.values()].map((held) => held.get(url)).find(Boolean)?.clone(),
  } as unknown as CacheStorage
}

async function aShelf(version: string, files: Record<string, string>, caches = someCaches()) {
  const asked: string[] = []
  const listed = await Promise.all(Object.entries(files).map(async ([url, text]) => ({ url, digest: await sha256(utf8(text)) })))
  const served: Record<string, string> = { ...files }
  const shelf: Shelf = {
    files: listed, version, caches,
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      asked.push(`${pathname} ${request.cache}`)
      return served[pathname] === undefined ? new Response('', { status: 404 }) : new Response(served[pathname])
    },
  }
  return { shelf, asked, served }
}

// Node's Request wants whole addresses; the browser's takes ours as they are.
const Original = globalThis.Request
globalThis.Request = class extends Original {
  constructor(address: any, init?: any) {
    super(new URL(address, ORIGIN), init)
  }
} as typeof Request

const FILES = { '/app/': '<html lang="th">', '/static/dist/app-A1.js': 'app()', '/manifest.webmanifest': '{}' }
const request = (path: string, more = {}) => ({ method: 'GET', mode: 'cors', url: new URL(path, ORIGIN).href, ...more }) as Request
const answered = (shelf: Shelf, path: string, more = {}) => answeredAddress(shelf, request(path, more), ORIGIN)

describe('installing', () => {
  test('keeps every listed file, fetched past the HTTP cache', async () => {
    const { shelf, asked } = await aShelf('v1', FILES)
    await keepAll(shelf)
    assert.deepEqual(asked.sort(), Object.keys(FILES).map((url) => `${url} reload`).sort())
    assert.deepEqual(await tally(shelf), { version: 'v1', files: 3, missing: 0, size: 16 + 5 + 2 })
  })

  for (const [what, page] of [['a portal\'s page', '<html>portal'], ['half a file', 'ap']] as const) {
    test(`keeps nothing when ${what} comes in a file's place`, async () => {
      const { shelf, served } = await aShelf('v1', FILES)
      served['/static/dist/app-A1.js'] = page
      await assert.rejects(keepAll(shelf), /not the file/)
      assert.deepEqual(await shelf.caches.keys(), [])
    })
  }

  test('takes what has not changed from the version before', async () => {
    const before = await aShelf('v1', FILES)
    await keepAll(before.shelf)
    const { shelf, asked } = await aShelf('v2', { ...FILES, '/static/dist/app-B2.js': 'better()' }, before.shelf.caches)
    await keepAll(shelf)
    assert.deepEqual(asked, ['/static/dist/app-B2.js reload'])
  })
})

describe('activating', () => {
  test('drops all but this version and the one before, and nobody else\'s cache', async () => {
    const caches = someCaches()
    for (const name of ['app-v1', 'other', 'app-v2', 'app-v3']) await caches.open(name)
    const { shelf } = await aShelf('v3', {}, caches)
    await dropOlder(shelf)
    assert.deepEqual(await caches.keys(), ['other', 'app-v2', 'app-v3'])
  })
})

describe('a request', () => {
  test('for the app, wherever in it, is answered with the shell', async () => {
    const { shelf } = await aShelf('v1', FILES)
    for (const path of ['/app/', '/app/outbox', '/app/?source=home']) {
      assert.equal(answered(shelf, path, { mode: 'navigate' }), '/app/')
    }
  })

  test('for a kept file is answered, without a network', async () => {
    const { shelf } = await aShelf('v1', FILES)
    await keepAll(shelf)
    shelf.fetch = async () => assert.fail('asked the network')
    const address = answered(shelf, '/static/dist/app-A1.js')!
    assert.equal(await (await kept(shelf, address)).text(), 'app()')
  })

  test('of an older page for one of its parts is answered from the version before', async () => {
    const before = await aShelf('v1', { '/static/dist/part-OLD.js': 'old()' })
    await keepAll(before.shelf)
    const { shelf } = await aShelf('v2', FILES, before.shelf.caches)
    assert.equal(await (await kept(shelf, answered(shelf, '/static/dist/part-OLD.js')!)).text(), 'old()')
  })

  for (const [what, path, more] of [
    ['a POST', '/static/dist/app-A1.js', { method: 'POST' }],
    ['a PUT to the API', '/api/v1/interviews/i/evidence/e', { method: 'PUT' }],
    ['a GET of the API', '/api/v1/changes', {}],
    ['a page of the register', '/map', { mode: 'navigate' }],
    ['the sign-in page', '/sign-in', { mode: 'navigate' }],
    ['a questionnaire', '/questionnaires/bmn-31/abc.json', {}],
    ['another origin', 'https://tiles.example/static/dist/app-A1.js', {}],
  ] as const) {
    test(`that is ${what} goes to the network untouched`, async () => {
      const { shelf } = await aShelf('v1', FILES)
      assert.equal(answered(shelf, path, more), null)
    })
  }
})

test('a file that vanished is counted as missing', async () => {
  const { shelf } = await aShelf('v1', FILES)
  await keepAll(shelf)
  shelf.files = [...shelf.files, { url: '/static/dist/new.js', digest: 'x' }]
  assert.equal((await tally(shelf)).missing, 1)
})

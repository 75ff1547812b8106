/** What the phone fetches for the field: lists sealed by the vault, boundaries and the questionnaire as they are. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sha256, utf8 } from '../../webapp/client/outbox/bytes.ts'
import { boundaryOf, canary, comeOnline, definitionOf, fetchChanges, householdsOf, profileOf, readyChecks, villagesOf } from '../../webapp/client/offline/index.ts'
import { fetchBoundaries, fetchDefinition } from '../../webapp/client/offline/fetched.ts'
import { openSession } from '../../webapp/client/interview/session.ts'
import { clearLists, StorageTrouble } from '../../webapp/client/outbox/index.ts'
import { aGreetedPhone, type APhone, aPhone, aVault } from './a-phone.ts'
import { aRegister, portal, problem } from './a-register.ts'

const aHousehold = (id: string, more = {}) => ({
  id, village: '43010101', house_number: `9/${id}`, house_code: null, head_name: 'นายใจดี มีสุข', people: 3, state: 'todo', lat: null, lon: null, removed: false, ...more,
})
const aVillage = { code: '43010101', name_th: 'บ้านตัวอย่าง', subdistrict_code: '430101', point: [102.7, 17.8], whole: true }
const aPage = (cursor: string, households: unknown[], more = false, codes = ['43010101', '43010102']) => ({
  cursor, more, households, villages: codes.map((code) => ({ ...aVillage, code })), alone: [] as string[], returned: [], subdistricts: ['430101'],
})

async function listing(t: Parameters<typeof aPhone>[0], pages: Record<string, unknown>) {
  const phone = await aPhone(t, async (address) => {
    const page = pages[address]
    return page ? Response.json(page) : problem('not-found', 404)
  })
  return phone
}

const numbers = async (phone: APhone, village?: string) =>
  (await householdsOf(phone, phone.vault, village)).map(({ house_number }) => house_number).sort()

describe('the household list', () => {
  const pages = {
    '/api/v1/changes': aPage('c1', [aHousehold('1'), aHousehold('2', { village: '43010102' })], true),
    '/api/v1/changes?after=c1': aPage('c2', [aHousehold('3')]),
    '/api/v1/changes?after=c2': aPage('c3', [aHousehold('1', { removed: true }), aHousehold('3', { house_number: '9/33' })]),
  }

  test('comes page by page and is opened for its volunteer', async (t) => {
    const phone = await listing(t, pages)
    assert.equal(await fetchChanges(phone, phone.vault), true)
    assert.deepEqual(await numbers(phone), ['9/1', '9/2', '9/3'])
    assert.deepEqual(await numbers(phone, '43010102'), ['9/2'])
    assert.equal((await villagesOf(phone, phone.vault))[0]?.name_th, 'บ้านตัวอย่าง')
  })

  test('takes only what changed the next time', async (t) => {
    const phone = await listing(t, pages)
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/2', '9/33'])
  })

  test('is not readable in the database', async (t) => {
    const phone = await listing(t, pages)
    await fetchChanges(phone, phone.vault)
    const rows = await phone.cache.read(['households'], (transaction) => transaction.objectStore('households').getAll())
    for (const { body } of rows) assert.ok(!Buffer.from(body).includes(Buffer.from('ใจดี')))
  })

  test('of a village no longer assigned leaves the phone', async (t) => {
    const phone = await listing(t, { ...pages, '/api/v1/changes?after=c2': aPage('c3', [], false, ['43010101']) })
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/1', '9/3'])
    assert.equal((await villagesOf(phone, phone.vault)).length, 1)
  })

  test('of a village assigned later comes whole, though nothing in it changed', async (t) => {
    const codes = ['43010101', '43010102', '43010103']
    const phone = await listing(t, { ...pages, '/api/v1/changes?after=c2': aPage('c3', [], false, codes) })
    await fetchChanges(phone, phone.vault)
    phone.world.fetch = async (address) =>
      Response.json(address.includes('after') ? aPage('c3', [], false, codes) : aPage('c3', [aHousehold('4', { village: codes[2] })], false, codes))
    assert.equal(await fetchChanges(phone, phone.vault), true)
    assert.deepEqual(await numbers(phone, codes[2]), ['9/4'])
  })

  test('of a village that becomes theirs as a whole comes whole', async (t) => {
    const part = (cursor: string, households: unknown[]) => ({ ...aPage(cursor, households, false, ['43010101']), villages: [{ ...aVillage, whole: false }], alone: ['1'] })
    const phone = await listing(t, { '/api/v1/changes': part('c1', [aHousehold('1')]) })
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/1'])
    phone.world.fetch = async (address) =>
      Response.json(address.includes('after') ? aPage('c2', [], false, ['43010101']) : aPage('c2', [aHousehold('1'), aHousehold('2')], false, ['43010101']))
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/1', '9/2'])
  })

  test('of a single household no longer theirs loses just that one', async (t) => {
    const part = (cursor: string, households: unknown[], alone: string[]) => ({ ...aPage(cursor, households, false, ['43010101']), villages: [{ ...aVillage, whole: false }], alone })
    const phone = await listing(t, { '/api/v1/changes': part('c1', [aHousehold('1'), aHousehold('2')], ['1', '2']), '/api/v1/changes?after=c1': part('c2', [], ['2']) })
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/2'])
  })

  test('interrupted keeps the pages it has and goes on from there', async (t) => {
    const phone = await listing(t, { '/api/v1/changes': pages['/api/v1/changes'] })
    assert.equal(await fetchChanges(phone, phone.vault), false)
    assert.deepEqual(await numbers(phone), ['9/1', '9/2'])
    phone.world.fetch = async (address) => Response.json((pages as Record<string, unknown>)[address])
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/1', '9/2', '9/3'])
  })

  test('asked for before a sign-out and answered after it does not pass over what was cleared', async (t) => {
    const phone = await listing(t, pages)
    await fetchChanges(phone, phone.vault)
    const { fetch } = phone.world
    phone.world.fetch = async (address, init) => {
      phone.world.fetch = fetch
      await clearLists(phone)
      return fetch(address, init)
    }
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await numbers(phone), ['9/2', '9/33'])
  })

  test('is not a portal\'s page', async (t) => {
    const phone = await aPhone(t, async () => portal())
    assert.equal(await fetchChanges(phone, phone.vault), false)
  })
})

describe('boundaries', () => {
  test('are fetched once; a subdistrict without one is remembered as such', async (t) => {
    const shape = { type: 'Polygon', coordinates: [[[102, 17], [103, 17], [103, 18], [102, 17]]] }
    const page = { ...aPage('c1', []), subdistricts: ['430101', '430102'] }
    const phone = await listing(t, { '/api/v1/changes': page, '/api/v1/boundaries/430101': shape })
    await fetchChanges(phone, phone.vault)
    assert.equal(await fetchBoundaries(phone), true)
    phone.world.fetch = async () => assert.fail('asked again')
    assert.equal(await fetchBoundaries(phone), true)
    assert.deepEqual(await boundaryOf(phone, '430101'), shape)
    assert.equal(await boundaryOf(phone, '430102'), null)
  })
})

describe('the questionnaire', () => {
  const text = '{"id":"tiny","name_th":"สามคำถาม"}'
  const round = async (digest?: string) =>
    ({ questionnaire: { id: 'tiny', url: `/questionnaires/tiny/${digest ?? (await sha256(utf8(text)))}.json` } }) as any

  test('is kept when its bytes are those of its address', async (t) => {
    const phone = await aPhone(t, async () => new Response(text))
    assert.equal(await fetchDefinition(phone, await round()), true)
    assert.deepEqual(await definitionOf(phone, 'tiny'), JSON.parse(text))
  })

  test('whose connection breaks off is fetched another time', async (t) => {
    const broken = () => new ReadableStream({ start: (stream) => stream.error(new TypeError('network')) })
    const phone = await aPhone(t, async (_, { signal }) => new Response(signal ? broken() : text))
    assert.equal(await fetchDefinition(phone, await round()), false)
  })

  test('is not kept otherwise', async (t) => {
    const phone = await aPhone(t, async () => new Response(text))
    assert.equal(await fetchDefinition(phone, await round('0'.repeat(64))), false)
    assert.equal(await definitionOf(phone, 'tiny'), null)
  })
})

test('coming online brings the volunteer their name, sealed in their vault', async (t) => {
  const register = await aRegister()
  const phone = await aPhone(t, register.fetch)
  const { hello, ready } = await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: false }, phone.vault)
  assert.deepEqual([hello.kind, ready], ['welcome', false])
  assert.equal((await profileOf(phone, phone.vault))?.name, 'สมหญิง ใจดี')
})

test('a locked phone is greeted, and fetches nothing it could not seal', async (t) => {
  const register = await aRegister()
  const phone = await aPhone(t, register.fetch)
  const { hello, ready } = await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: false }, null)
  assert.deepEqual([hello.kind, ready], ['welcome', false])
  assert.ok(register.asked.every(({ path }) => !path.includes('changes')))
  assert.equal(await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').count()), 0)
})

test('another volunteer on the same phone finds none of the first one\'s lists', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  await phone.cache.write(['households'], (transaction) =>
    transaction.objectStore('households').put({ id: 'h', village: 'v', body: new Uint8Array(3) }),
  )
  register.misbehave = () => null
  const asOther = async (address: string, init: RequestInit) => {
    const answer = await register.fetch(address, init)
    return address === '/api/v1/hello' ? Response.json({ ...(await answer.json()), account: { id: 'a2', name: 'อื่น', role: 'volunteer' } }) : answer
  }
  phone.world.fetch = asOther
  await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: false }, phone.vault)
  assert.deepEqual(await householdsOf(phone, phone.vault), [])
  assert.equal(await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').get('profile')), undefined)
})

test('lists that another volunteer\'s tab wrote last keep nobody out: they are fetched anew', async (t) => {
  const phone = await aGreetedPhone(t, await aRegister())
  const body = await (await aVault('a2')).seal('household', 'h', { id: 'h' })
  await phone.cache.write(['households'], (transaction) => transaction.objectStore('households').put({ id: 'h', village: 'v', body }))
  const session = await openSession(phone, phone.vault)
  assert.deepEqual([session?.households, await phone.cache.read(['households'], (transaction) => transaction.objectStore('households').count())], [[], 0])
})

test('a phone whose storage fails is told what is not ready, not kept waiting', async (t) => {
  const phone = await aPhone(t)
  phone.cache.read = phone.work.read = () => Promise.reject(new StorageTrouble('broken', null))
  const checks = await readyChecks(phone, phone.vault)
  assert.deepEqual(checks.filter(({ name, ok }) => name !== 'browser' && ok), [])
  assert.ok(checks.length > 5)
})

test('the canary is written, read back and gone', async (t) => {
  const phone = await aPhone(t)
  assert.equal(await canary(phone, phone.vault), true)
  assert.equal(await phone.work.read(['draft_files'], (transaction) => transaction.objectStore('draft_files').count()), 0)
})

test('a list that the register keeps back for a moment is asked for again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let asked = 0
  const phone = await aPhone(t, async () => {
    asked += 1
    return Response.json(asked === 1 ? { ...aPage('c0', []), settled: false } : { ...aPage('c1', [aHousehold('1')]), settled: true })
  })
  let done: boolean | null = null
  void fetchChanges(phone, phone.vault).then((taken) => {
    done = taken
  })
  while (done === null) {
    t.mock.timers.tick(2_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal(done, true)
  assert.deepEqual(await numbers(phone), ['9/1'])
})

/** Sending: asked first, answers before pictures, and 'sent' only by a signed receipt. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { change } from '../../webapp/client/outbox/entries.ts'
import { drain, entriesPage, type Entry, outboxStatus } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, type APhone, entryNow } from './a-phone.ts'
import { type ARegister, aRegister, portal, problem } from './a-register.ts'

const paths = ({ asked }: ARegister) => asked.slice(1).map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{64}|[0-9a-f-]{36}/g, '…')}`)
const statesOf = (phone: APhone, entries: Entry[]) => Promise.all(entries.map(async (entry) => (await entryNow(phone, entry)).state))

async function waiting(t: Parameters<typeof aGreetedPhone>[0], photos: number[]) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entries: Entry[] = []
  for (const count of photos) entries.push(await aFinished(phone, count))
  return { register, phone, entries }
}

/** One request with all of it breaks off on the way. */
async function failWhole(register: ARegister, phone: APhone) {
  register.misbehave = ({ path }) => {
    if (path.includes('/whole/')) throw new TypeError('no network')
    return null
  }
  assert.equal((await drain(phone)).stopped, 'offline')
  register.misbehave = () => null
  register.asked.splice(1)
}

describe('a phone whose clock was set back', () => {
  test('sends what was finished or put off by the wrong date, and says that it is due', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    phone.pass(400 * 24 * 3600_000)
    register.misbehave = ({ path }) => (path === '/api/v1/plan' ? null : problem('busy', 409))
    await drain(phone)
    entries.push(await aFinished(phone))
    register.misbehave = () => null
    phone.pass(-400 * 24 * 3600_000)
    assert.ok((await outboxStatus(phone)).next_at! <= phone.world.now() + 15 * 60_000)
    assert.equal((await drain(phone)).sent, 2)
    assert.deepEqual(await statesOf(phone, entries), ['complete', 'complete'])
  })
})

describe('a household whose files fit one request', () => {
  test('goes whole', async (t) => {
    const { register, phone, entries } = await waiting(t, [2, 1])
    assert.equal((await drain(phone)).sent, 2)
    assert.deepEqual(paths(register), ['POST /api/v1/plan', ...Array(2).fill('PUT /api/v1/interviews/…/whole/…')])
    assert.deepEqual(await statesOf(phone, entries), ['complete', 'complete'])
  })

  test('goes in parts at once when the register cannot read it whole', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    register.misbehave = ({ path }) => (path.includes('/whole/') ? problem('malformed', 400) : null)
    assert.equal((await drain(phone)).sent, 1)
    assert.equal(register.asked.filter(({ path }) => path.includes('/evidence/')).length, 1)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
  })

  test('sends again only the files that arrived damaged', async (t) => {
    const { register, phone, entries } = await waiting(t, [2])
    register.full = true
    await drain(phone)
    assert.equal(register.asked.filter(({ path }) => path.includes('/evidence/')).length, 2)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
  })

  test('whose reply was lost costs a question, not a second sending', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    register.misbehave = ({ path }) => (path.includes('/whole/') ? 'lost reply' : null)
    assert.equal((await drain(phone)).stopped, 'offline')
    register.misbehave = () => null
    await drain(phone)
    assert.deepEqual(paths(register).slice(2), ['POST /api/v1/plan'])
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
  })

  test('is "sending" on the disk before the first byte leaves', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    let seen: unknown
    register.misbehave = async ({ path }) => {
      if (path.includes('/whole/')) seen = await entryNow(phone, entries[0]!)
      return null
    }
    await drain(phone)
    assert.deepEqual([(seen as Entry).state, (seen as Entry).apart], ['sending', true])
  })

  test('waits behind the answers of all when more is waiting than one request holds', async (t) => {
    const { register, phone } = await waiting(t, [1, 1])
    for (const entry of await entriesPage(phone, 9)) await change(phone, entry, { evidence: entry.evidence.map((file) => ({ ...file, size: 600_000 })) })
    await drain(phone)
    assert.equal(paths(register)[1], 'POST /api/v1/revisions')
  })
})

describe('what waits', () => {
  test('is sent after asking, its answers first and its files smallest first', async (t) => {
    const { register, phone, entries } = await waiting(t, [2])
    await failWhole(register, phone)
    assert.deepEqual(await drain(phone), { sent: 1, stopped: 'empty', next_at: null })
    const [, , one, other] = register.asked.slice(1)
    assert.deepEqual(paths(register), [
      'POST /api/v1/plan', 'PUT /api/v1/interviews/…/revisions/…', 'PUT /api/v1/interviews/…/evidence/…', 'PUT /api/v1/interviews/…/evidence/…',
    ])
    assert.ok((one!.body as Uint8Array).length < (other!.body as Uint8Array).length)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
  })

  test('goes many to a request when there are many', async (t) => {
    const { register, phone, entries } = await waiting(t, Array(23).fill(0))
    assert.equal((await drain(phone)).sent, 23)
    const batches = register.asked.filter(({ path }) => path === '/api/v1/revisions')
    assert.deepEqual(batches.map(({ body }) => (body as { items: unknown[] }).items.length), [20, 3])
    assert.deepEqual(new Set(await statesOf(phone, entries)), new Set(['complete']))
  })

  test('is "sending" on the disk before the first byte leaves', async (t) => {
    const { register, phone, entries } = await waiting(t, [0])
    let seen = ''
    register.misbehave = async ({ path }) => {
      if (path.includes('/revisions/')) seen = (await entryNow(phone, entries[0]!)).state
      return null
    }
    await drain(phone)
    assert.equal(seen, 'sending')
  })

  test('carries its key, its device and its author\'s signature', async (t) => {
    const { register, phone, entries } = await waiting(t, [0])
    await drain(phone)
    const { headers } = register.asked.at(-1)!
    const told = ['Jpt-App', 'Jpt-Ingest-Key', 'Jpt-Device', 'Jpt-Signature', 'Content-Type'].map((name) => headers.get(name))
    assert.deepEqual(told, ['0.1.0', 'i1', entries[0]!.device, entries[0]!.signature, 'application/octet-stream'])
  })

  test('waits on without a network and says when the next attempt is', async (t) => {
    const { register, phone, entries } = await waiting(t, [1, 0])
    register.misbehave = () => {
      throw new TypeError('no network')
    }
    const { stopped, sent, next_at } = await drain(phone)
    assert.deepEqual([stopped, sent], ['offline', 0])
    assert.ok(next_at! > phone.world.now())
    assert.deepEqual(await statesOf(phone, entries), ['waiting', 'waiting'])
    assert.equal((await outboxStatus(phone)).next_at, next_at)
  })
})

describe('a reply that was lost after the register kept the interview', () => {
  test('costs no second sending: the plan brings the receipt', async (t) => {
    const { register, phone, entries } = await waiting(t, [0])
    register.misbehave = ({ path }) => (path.includes('/revisions/') ? 'lost reply' : null)
    assert.equal((await drain(phone)).stopped, 'offline')
    assert.deepEqual(await statesOf(phone, entries), ['waiting'])
    register.misbehave = () => null
    await drain(phone)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
    assert.equal(register.asked.filter(({ path }) => path.includes('/revisions/')).length, 1)
  })

  test('of a photo leaves the answers received and only that photo to do', async (t) => {
    const { register, phone, entries } = await waiting(t, [2])
    let photos = 0
    await failWhole(register, phone)
    register.misbehave = ({ path }) => (path.includes('/evidence/') && (photos += 1) === 2 ? 'lost reply' : null)
    await drain(phone)
    const entry = await entryNow(phone, entries[0]!)
    assert.deepEqual([entry.state, entry.missing.length], ['data', 1])
    await drain(phone)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
    assert.equal(photos, 2)
  })
})

describe('an answer that is not the register\'s', () => {
  test('is no answer, though it says 200', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    register.misbehave = () => portal()
    assert.equal((await drain(phone)).stopped, 'portal')
    assert.deepEqual(await statesOf(phone, entries), ['waiting'])
  })

  for (const forged of [{ receipt: 'a.b.c' }, {}, { receipt: null, level: 'complete' }]) {
    test(`is no answer with ${JSON.stringify(forged)}`, async (t) => {
      const { register, phone, entries } = await waiting(t, [0])
      register.misbehave = ({ path }) => (path.includes('/revisions/') ? Response.json(forged, { status: 201 }) : null)
      assert.equal((await drain(phone)).stopped, 'portal')
      assert.deepEqual(await statesOf(phone, entries), ['waiting'])
    })
  }

  test('is no answer with the receipt of another interview', async (t) => {
    const { register, phone, entries } = await waiting(t, [0])
    await drain(phone)
    const { receipt } = await entryNow(phone, entries[0]!)
    const second = await aFinished(phone)
    register.misbehave = ({ path }) => (path.includes('/revisions/') ? Response.json({ receipt }, { status: 201 }) : null)
    assert.equal((await drain(phone)).stopped, 'portal')
    assert.deepEqual(await statesOf(phone, [second]), ['waiting'])
  })
})

describe('custody', () => {
  test('ends the phone\'s duty for now, with its files; asked again later it may be complete', async (t) => {
    const { register, phone, entries } = await waiting(t, [1])
    register.level = 'custody'
    await drain(phone)
    const entry = await entryNow(phone, entries[0]!)
    assert.deepEqual([entry.state, entry.missing], ['custody', []])
    assert.ok(entry.due! > phone.world.now() + 5 * 3600_000)
    register.level = null
    phone.pass(7 * 3600_000)
    await drain(phone)
    assert.deepEqual(await statesOf(phone, entries), ['complete'])
  })
})

test('two senders at once send everything once', async (t) => {
  const { register, phone, entries } = await waiting(t, [0, 1, 0])
  const trips = await Promise.all([drain(phone), drain(phone)])
  assert.deepEqual(trips.map(({ sent }) => sent), [3, 0])
  assert.deepEqual(new Set(await statesOf(phone, entries)), new Set(['complete']))
  assert.equal(register.asked.filter(({ path }) => path === '/api/v1/plan').length, 1)
})

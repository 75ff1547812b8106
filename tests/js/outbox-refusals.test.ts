/** What each of the register's refusals makes the phone do: one interview's trouble is nobody else's. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { drain, type Entry, outboxStatus, releaseParked } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, type APhone, entryNow, START } from './a-phone.ts'
import { type Asked, aRegister, problem } from './a-register.ts'

const about = ({ digest }: Entry) => ({ path }: Asked) => path.endsWith(digest)
const revisionOf = (path: string) => path.includes('/revisions')

async function waiting(t: Parameters<typeof aGreetedPhone>[0], photos: number[]) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entries: Entry[] = []
  for (const count of photos) entries.push(await aFinished(phone, count))
  return { register, phone, entries, first: entries[0]! }
}

describe('twenty interviews with one that the register will not take', () => {
  test('are nineteen received and one parked with its code', async (t) => {
    const { register, phone, entries } = await waiting(t, Array(20).fill(0))
    const poisoned = entries[7]!
    register.misbehave = (asked) => {
      if (asked.path === '/api/v1/revisions') return problem('malformed', 400, { retry: 'after-fix' })
      return about(poisoned)(asked) ? problem('unknown-key', 422, { retry: 'after-fix' }) : null
    }
    const { sent, stopped } = await drain(phone)
    assert.deepEqual([sent, stopped], [19, 'empty'])
    const { state, code } = await entryNow(phone, poisoned)
    assert.deepEqual([state, code], ['parked', 'unknown-key'])
  })

  test('told item by item in one answer, likewise', async (t) => {
    const { register, phone } = await waiting(t, [0, 0, 0])
    register.misbehave = ({ path, body }) => {
      if (path !== '/api/v1/revisions') return null
      const { items } = body as { items: { digest: string }[] }
      const refusal = { status: 422, problem: { code: 'too-large', retry: 'after-fix' } }
      return Response.json({ items: items.map(({ digest }) => ({ digest, ...refusal })) })
    }
    await drain(phone)
    assert.equal((await outboxStatus(phone)).counts.parked, 3)
  })

  test('where the answer forgets one, that one rests', async (t) => {
    const { register, phone, entries } = await waiting(t, [0, 0])
    register.misbehave = ({ path }) => (path === '/api/v1/revisions' ? Response.json({ items: [] }) : null)
    await drain(phone)
    assert.deepEqual((await entryNow(phone, entries[0]!)).code, 'not-answered')
    register.misbehave = () => null
    phone.pass(60_000)
    assert.equal((await drain(phone)).sent, 2)
  })
})

describe('a refusal', () => {
  for (const [code, status, retry] of [
    ['too-large', 413, 'after-fix'], ['unsupported', 415, 'after-fix'], ['unknown-key', 422, 'after-fix'], ['of-the-future', 400, 'never'],
  ] as const) {
    test(`"${code}" parks it until a person has it tried again`, async (t) => {
      const { register, phone, first } = await waiting(t, [0])
      register.misbehave = ({ path }) => (revisionOf(path) ? problem(code, status, { retry }) : null)
      await drain(phone)
      assert.deepEqual([(await entryNow(phone, first)).state, (await entryNow(phone, first)).code], ['parked', code])
      register.misbehave = () => null
      phone.pass(3600_000)
      assert.equal((await drain(phone)).sent, 0)
      await releaseParked(phone, first.digest)
      assert.equal((await drain(phone)).sent, 1)
    })
  }

  for (const [code, status] of [['busy', 409], ['unknown', 404], ['update', 426], ['server', 500], ['of-the-future', 500]] as const) {
    test(`"${code}" lets it rest and try again`, async (t) => {
      const { register, phone, first } = await waiting(t, [0])
      register.misbehave = ({ path }) => (revisionOf(path) ? problem(code, status) : null)
      await drain(phone)
      const entry = await entryNow(phone, first)
      assert.deepEqual([entry.state, entry.code, entry.tries], ['waiting', code, 1])
      assert.ok(entry.due! > phone.world.now())
    })
  }

  for (const [code, status, reason] of [['slow-down', 429, 'slow-down'], ['maintenance', 503, 'maintenance'], ['read-only', 503, 'maintenance']] as const) {
    test(`"${code}" stops the trip for as long as Retry-After says`, async (t) => {
      const { register, phone } = await waiting(t, [0, 0])
      register.misbehave = () => problem(code, status, {}, { 'Retry-After': '120' })
      const { stopped, next_at } = await drain(phone)
      assert.deepEqual([stopped, next_at], [reason, START + 120_000])
    })
  }

  test('for damaged bytes that are whole here is tried thrice more, then parked', async (t) => {
    const { register, phone, first } = await waiting(t, [0])
    register.misbehave = ({ path }) => (revisionOf(path) ? problem('hash-mismatch', 422) : null)
    for (let tries = 0; tries < 4; tries += 1) {
      await drain(phone)
      phone.pass(900_000)
    }
    assert.deepEqual([(await entryNow(phone, first)).state, (await entryNow(phone, first)).code], ['parked', 'hash-mismatch'])
  })

  for (const code of ['hash-mismatch', 'unreadable']) {
    test(`("${code}") for bytes that were damaged on this phone parks at once`, async (t) => {
      const { register, phone, first } = await waiting(t, [0])
      await phone.work.write(['sealed'], (transaction) =>
        transaction.objectStore('sealed').put({ sha256: first.envelope.sha256, bytes: new Uint8Array(9) }),
      )
      register.misbehave = ({ path }) => (revisionOf(path) ? problem(code, 422) : null)
      await drain(phone)
      assert.equal((await entryNow(phone, first)).code, 'damaged')
    })
  }

  test('five times in a row by a register in trouble ends the trip', async (t) => {
    const { register, phone } = await waiting(t, Array(8).fill(0))
    register.misbehave = ({ path }) => (revisionOf(path) ? problem('server', 500) : null)
    assert.equal((await drain(phone)).stopped, 'server')
    assert.equal(register.asked.filter(({ path }) => revisionOf(path)).length, 5)
  })
})

describe('evidence', () => {
  const lose = (phone: APhone, entry: Entry) =>
    phone.work.write(['sealed'], (transaction) => transaction.objectStore('sealed').delete(entry.evidence[0]!.sha256))

  test('that is no longer on the phone parks the interview; it is never "sent"', async (t) => {
    const { phone, entries } = await waiting(t, [2, 0])
    await lose(phone, entries[0]!)
    await drain(phone)
    const { state, code, missing } = await entryNow(phone, entries[0]!)
    assert.deepEqual([state, code, missing], ['parked', 'evidence-missing', [entries[0]!.evidence[0]!.sha256]])
    assert.equal((await entryNow(phone, entries[1]!)).state, 'complete')
  })

  test('the register has no room for waits, while answers go on', async (t) => {
    const { register, phone, entries } = await waiting(t, [1, 1])
    register.full = true
    register.misbehave = ({ path }) => (path.includes('/evidence/') ? problem('no-space', 507) : null)
    assert.equal((await drain(phone)).sent, 2)
    for (const entry of entries) {
      const { state, code } = await entryNow(phone, entry)
      assert.deepEqual([state, code], ['data', 'no-space'])
    }
    assert.equal(register.asked.filter(({ path }) => path.includes('/evidence/')).length, 1)
  })

  test('that is not an acceptable picture parks it; the answers stay received', async (t) => {
    const { register, phone, first } = await waiting(t, [1])
    register.full = true
    register.misbehave = ({ path }) => (path.includes('/evidence/') ? problem('image', 422) : null)
    await drain(phone)
    const entry = await entryNow(phone, first)
    assert.deepEqual([entry.state, entry.code], ['parked', 'image'])
    assert.ok(entry.receipt)
  })
})

test('a sealed interview that is no longer on the phone is parked', async (t) => {
  const { phone, entries, first } = await waiting(t, [0, 0, 0])
  await phone.work.write(['sealed'], (transaction) => transaction.objectStore('sealed').delete(first.envelope.sha256))
  assert.equal((await drain(phone)).sent, 2)
  assert.equal((await entryNow(phone, entries[0]!)).code, 'revision-missing')
})

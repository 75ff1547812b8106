/** What is said about the outbox, and two hundred interviews that never come into memory together. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { drain, entriesPage, finish, holdDraft, labelOf, outboxStatus, redoneEntries, reopenDraft, statesByHousehold } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, type APhone } from './a-phone.ts'
import { aRegister, problem } from './a-register.ts'

describe('the outbox', () => {
  test('counts what waits, what is received and what needs a person', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const [poisoned] = [await aFinished(phone), await aFinished(phone, 1)]
    register.full = true
    register.misbehave = ({ path }) => {
      if (path.includes('/evidence/') || path === '/api/v1/revisions') return problem('busy', 409)
      return path.endsWith(poisoned!.digest) ? problem('unknown-key', 422, { retry: 'after-fix' }) : null
    }
    await drain(phone)
    await aFinished(phone)
    const { counts, unsent, awaiting_evidence, total } = await outboxStatus(phone)
    assert.deepEqual([counts.parked, counts.data, counts.waiting], [1, 1, 1])
    assert.deepEqual([unsent, awaiting_evidence, total], [2, 1, 3])
  })

  test('no longer asks for a person once the household was done again and has arrived', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const poisoned = await aFinished(phone)
    register.misbehave = ({ path }) => (path.endsWith(poisoned.digest) ? problem('unreadable', 422, { retry: 'never' }) : null)
    for (let tries = 0; tries < 5; tries += 1) {
      await drain(phone)
      phone.pass(900_000)
    }
    assert.equal((await outboxStatus(phone)).counts.parked, 1)
    await aFinished(phone, 0, poisoned.household)
    assert.equal((await outboxStatus(phone)).counts.parked, 1)
    await drain(phone)
    const { counts, unsent, total } = await outboxStatus(phone)
    assert.deepEqual([counts.parked, unsent, total], [0, 0, 2])
    assert.deepEqual([...(await redoneEntries(phone))], [poisoned.digest])
  })

  test('tells of every change', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const heard: string[] = []
    const stop = phone.notices.listen((topic) => heard.push(topic))
    await aFinished(phone)
    assert.ok(heard.includes('outbox') && heard.includes('drafts'))
    stop()
    const before = heard.length
    await drain(phone)
    assert.equal(heard.length, before)
  })

  test('is read a page at a time, the latest first, with labels for its own volunteer', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const finished = []
    for (let count = 0; count < 5; count += 1) {
      finished.unshift((await aFinished(phone)).digest)
      phone.pass(1000)
    }
    const first = await entriesPage(phone, 3)
    const second = await entriesPage(phone, 3, first.at(-1))
    assert.deepEqual([...first, ...second].map(({ digest }) => digest), finished)
    assert.deepEqual(await labelOf(first[0]!, phone.vault), { village: '43010101', house_number: '12/3' })
  })

  test('knows the latest of each household', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const entry = await aFinished(phone)
    assert.equal((await statesByHousehold(phone)).get(entry.household)?.digest, entry.digest)
  })
})

test('a household stands where its latest revision does, also when the clock was set back in between', async (t) => {
  const phone = await aGreetedPhone(t, await aRegister())
  const first = await aFinished(phone)
  const hold = await holdDraft(phone, first.interview)
  phone.pass(-3600_000)
  const second = await finish(phone, phone.vault, hold, (await reopenDraft(phone, phone.vault, hold))!)
  hold.release()
  assert.equal((await statesByHousehold(phone)).get(first.household)?.digest, second.digest)
})

/** Counts the sealed bytes handed out and how many reads asked for more than one blob. */
function watched(phone: APhone) {
  let [reads, most] = [0, 0]
  const { read } = phone.work
  phone.work.read = async (stores, act) => {
    const result = await read(stores, act)
    if (stores.includes('sealed')) {
      reads += 1
      most = Math.max(most, Array.isArray(result) ? result.length : 1)
    }
    return result
  }
  return () => ({ reads, most })
}

test('two hundred interviews with a photo each fit, are counted and sent, one blob at a time', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  for (let count = 0; count < 200; count += 1) await aFinished(phone, 1)
  const seen = watched(phone)
  assert.equal((await outboxStatus(phone)).counts.waiting, 200)
  assert.equal((await entriesPage(phone, 20)).length, 20)
  assert.equal(seen().reads, 0)
  assert.equal((await drain(phone)).sent, 200)
  assert.equal((await outboxStatus(phone)).counts.complete, 200)
  assert.deepEqual(seen(), { reads: 400, most: 1 })
  assert.equal(register.asked.filter(({ path }) => path === '/api/v1/plan').length, 4)
})

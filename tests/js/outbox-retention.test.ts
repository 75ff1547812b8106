/** What is deleted and when: nothing but what the register has held whole for thirty of its own days. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { drain, finish, holdDraft, reopenDraft, sayHello } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, type APhone, draftNow, entryNow, silence } from './a-phone.ts'
import { aRegister } from './a-register.ts'

const DAY = 24 * 3600_000
const GREETING = { deviceName: 'ทดสอบ', persisted: true }
const held = (phone: APhone) =>
  phone.work.read(['entries', 'sealed'], async (transaction) => [
    await transaction.objectStore('entries').count(), await transaction.objectStore('sealed').count(),
  ])

async function received(t: Parameters<typeof aGreetedPhone>[0]) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entry = await aFinished(phone, 1)
  await drain(phone)
  return { register, phone, entry }
}

describe('an interview that the register holds whole', () => {
  test('stays sealed on the phone for thirty days, then goes', async (t) => {
    const { register, phone } = await received(t)
    register.time = '2026-12-23T01:00:00Z'
    await sayHello(phone, GREETING)
    assert.deepEqual(await held(phone), [1, 2])
    register.time = '2026-12-23T03:00:00Z'
    await sayHello(phone, GREETING)
    assert.deepEqual(await held(phone), [0, 0])
  })

  test('is not lost to a phone whose date jumps ahead', async (t) => {
    const { phone } = await received(t)
    phone.pass(400 * DAY)
    await sayHello(phone, GREETING)
    assert.deepEqual(await held(phone), [1, 2])
  })

  test('is not deleted in the hello that tells of a restored register, however old', async (t) => {
    const { register, phone } = await received(t)
    register.time = '2027-11-23T03:00:00Z'
    register.epoch = 'e2'
    await sayHello(phone, GREETING)
    assert.deepEqual(await held(phone), [1, 2])
  })

  test('leaves a photo that a later revision shares', async (t) => {
    const { register, phone, entry } = await received(t)
    register.revisions.clear()
    const second = await aFinished(phone)
    await phone.work.write(['entries'], async (transaction) => {
      const shared = { ...second, blobs: [...second.blobs, entry.evidence[0]!.sha256] }
      await transaction.objectStore('entries').put(shared)
    })
    register.time = '2027-01-23T03:00:00Z'
    await sayHello(phone, GREETING)
    assert.deepEqual(await held(phone), [1, 2])
  })
})

test('what only waits, is parked or in custody never goes', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entries = [await aFinished(phone, 1), await aFinished(phone), await aFinished(phone)]
  for (const [at, state] of (['parked', 'custody', 'data'] as const).entries()) {
    await phone.work.write(['entries'], (transaction) =>
      transaction.objectStore('entries').put({ ...entries[at]!, state, receipt_at: '2020-01-01T00:00:00Z' }),
    )
  }
  register.time = '2030-01-01T00:00:00Z'
  await sayHello(phone, GREETING)
  for (const entry of entries) assert.ok(await entryNow(phone, entry))
})

describe('the draft of a finished interview', () => {
  test('can be corrected for a day and is then forgotten; the sealed copy waits on', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone, 1)
    phone.pass(DAY - 1000)
    await sayHello(phone, GREETING)
    assert.ok(await draftNow(phone, entry))
    phone.pass(2000)
    await sayHello(phone, GREETING)
    assert.equal(await draftNow(phone, entry), null)
    assert.equal(await phone.work.read(['draft_files'], (transaction) => transaction.objectStore('draft_files').count()), 0)
    assert.deepEqual(await held(phone), [1, 2])
  })

  test('that is open again is not forgotten', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone)
    const hold = await holdDraft(phone, entry.interview)
    const draft = (await reopenDraft(phone, phone.vault, hold))!
    phone.pass(3 * DAY)
    await sayHello(phone, GREETING)
    assert.ok(await draftNow(phone, entry))
    phone.world.fetch = silence
    assert.equal((await finish(phone, phone.vault, hold, draft)).number, 2)
    hold.release()
  })
})

/** Hello, what is remembered of it, and a register that was restored from a backup. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clockNow, drain, registerOf, sayHello, serverTimeNow } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, type APhone, aPhone, entryNow, START } from './a-phone.ts'
import { aRegister, portal, problem } from './a-register.ts'

const GREETING = { deviceName: 'โทรศัพท์', persisted: true }

describe('hello', () => {
  test('says who calls and how things stand, and asks for a token once', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    await aFinished(phone)
    await sayHello(phone, GREETING)
    const [first, second] = register.asked.map(({ body }) => body as any)
    assert.deepEqual([first.need_token, second.need_token], [true, false])
    assert.deepEqual(second.counts, { drafts: 0, waiting: 1, parked: 0 })
    assert.deepEqual(Object.keys(second.device.public_key).sort(), ['crv', 'kty', 'x', 'y'])
    assert.equal(first.device.id, second.device.id)
    assert.notEqual(first.nonce, second.nonce)
  })

  test('keeps no name in the clear', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    assert.ok(!JSON.stringify(await registerOf(phone)).includes('สมหญิง'))
  })

  for (const [what, answer, kind] of [
    ['a portal', () => portal(), 'no-answer'],
    ['no session', () => problem('session', 401), 'signed-out'],
    ['an app too old', () => problem('update', 426), 'update'],
    ['trouble', () => problem('server', 500), 'no-answer'],
    ['an unsigned answer', () => Response.json({ signed: 'a.b.c', receipt_keys: { keys: [] } }), 'no-answer'],
  ] as const) {
    test(`that meets ${what} changes nothing`, async (t) => {
      const register = await aRegister()
      const phone = await aPhone(t, register.fetch)
      register.misbehave = answer
      assert.equal((await sayHello(phone, GREETING)).kind, kind)
      assert.equal(await registerOf(phone), null)
    })
  }

  test('answered to another nonce is no answer', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    let replay: Response | null = null
    phone.world.fetch = async (address, init) => {
      replay ??= await register.fetch(address, init)
      return replay.clone()
    }
    assert.equal((await sayHello(phone, GREETING)).kind, 'welcome')
    assert.equal((await sayHello(phone, GREETING)).kind, 'no-answer')
  })
})

describe('the register\'s time', () => {
  test('goes on by the steady clock while the page lives, whatever the phone\'s date does', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const register = (await registerOf(phone))!
    phone.pass(5000)
    const world = { ...phone.world, now: () => START + 10 * 365 * 86400_000 }
    assert.deepEqual(clockNow(register, world), { server_time: '2026-11-23T02:00:00Z', elapsed_ms: 5000 })
    assert.equal(serverTimeNow(register, world), START + 5000)
  })

  test('after a restart goes on by the phone\'s clock', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    phone.pass(7000)
    const restarted = { ...phone.world, origin: START + 6000, uptime: () => 1000 }
    assert.equal(clockNow((await registerOf(phone))!, restarted).elapsed_ms, 7000)
  })

  test('far ahead of the phone\'s explains a network that seems dead', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    await aFinished(phone)
    phone.pass(-3 * 86400_000)
    phone.world.fetch = async () => {
      throw new TypeError('certificate not yet valid')
    }
    await phone.work.write(['entries'], async (transaction) => {
      const [entry] = await transaction.objectStore('entries').getAll()
      await transaction.objectStore('entries').put({ ...entry!, due: 0 })
    })
    assert.equal((await drain(phone)).stopped, 'clock')
  })
})

describe('a register restored from a backup', () => {
  test('is sent again what it lost, and only that', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const [kept, lost] = [await aFinished(phone, 1), await aFinished(phone, 1)]
    await drain(phone)
    register.revisions.delete(lost.digest)
    lost.evidence.forEach(({ sha256 }) => register.evidence.delete(sha256))
    const before = register.asked.length
    register.epoch = 'e2'
    await sayHello(phone, GREETING)
    assert.equal((await entryNow(phone, lost)).state, 'complete')
    await drain(phone)
    assert.ok(register.revisions.has(lost.digest))
    assert.equal(register.asked.slice(before).filter(({ path }) => path.includes(kept.interview)).length, 0)
    for (const entry of [kept, lost]) assert.equal((await entryNow(phone, entry)).state, 'complete')
  })

  test('is sent again what it lost, although the phone died as it heard of it', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const lost = await aFinished(phone)
    await drain(phone)
    register.revisions.clear()
    register.epoch = 'e2'
    for (let writes = 1; writes < 3; writes += 1) await diesAfter(phone, writes, () => sayHello(phone, GREETING))
    await sayHello(phone, GREETING)
    await drain(phone)
    assert.ok(register.revisions.has(lost.digest))
  })
})

/** What is on the disk when the battery is pulled after so many writes. */
async function diesAfter({ work }: APhone, writes: number, act: () => Promise<unknown>) {
  const { write } = work
  let left = writes
  work.write = (stores, change) => ((left -= 1) < 0 ? new Promise(() => undefined) : write(stores, change))
  await Promise.race([act(), new Promise((resolve) => setTimeout(resolve, 50))])
  work.write = write
}

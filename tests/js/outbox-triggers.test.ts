/** When the outbox is sent: at start, seen again, network back, a button, a timer; patiently when asked. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { backOff, retryAfter } from '../../webapp/client/outbox/back-off.ts'
import { type Drained, keepSending } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, entryNow, silence } from './a-phone.ts'
import { aRegister, problem } from './a-register.ts'

class Page extends EventTarget {
  visibilityState = 'visible'
}

async function started(t: any, before: (phone: Awaited<ReturnType<typeof aGreetedPhone>>, register: Awaited<ReturnType<typeof aRegister>>) => void = () => {}) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  before(phone, register)
  const [page, network] = [new Page(), new EventTarget()]
  const trips: Drained[] = []
  let hellos = 0
  const hello = async () => {
    hellos += 1
  }
  let heard = () => {}
  const drained = (trip: Drained) => {
    trips.push(trip)
    heard()
  }
  const next = (count: number) => new Promise<void>((done) => {
    heard = () => trips.length >= count && done()
    heard()
  })
  const triggers = keepSending(phone, { page, network, hello, drained })
  t.after(() => triggers.stop())
  return { register, phone, page, network, trips, triggers, next, hellos: () => hellos }
}

/** A phone whose year was set as people write it, in พ.ศ. */
const YEARS_543 = 543 * 365.2425 * 24 * 3600_000

describe('sending starts', () => {
  test('at start, after a hello', async (t) => {
    const { next, hellos } = await started(t)
    await next(1)
    assert.equal(hellos(), 1)
  })

  test('when the page is seen again, not when it is hidden', async (t) => {
    const { page, next, trips } = await started(t)
    await next(1)
    page.visibilityState = 'hidden'
    page.dispatchEvent(new Event('visibilitychange'))
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    await next(2)
    assert.equal(trips.length, 2)
  })

  test('when the network is back, with another hello', async (t) => {
    const { phone, network, next, hellos, register } = await started(t, (phone) => {
      phone.world.fetch = silence
    })
    await next(1)
    const entry = await aFinished(phone)
    phone.world.fetch = register.fetch
    network.dispatchEvent(new Event('online'))
    await next(2)
    assert.equal(hellos(), 2)
    assert.equal((await entryNow(phone, entry)).state, 'complete')
  })

  test('by the button, which gives the outcome', async (t) => {
    const { phone, triggers, next } = await started(t)
    await next(1)
    await aFinished(phone)
    assert.equal((await triggers.now())?.sent, 1)
  })

  test('by itself after a failure', async (t) => {
    const { phone, register, triggers, next } = await started(t, (phone) => {
      phone.world.fetch = silence
    })
    await next(1)
    const entry = await aFinished(phone)
    await triggers.now()
    phone.world.fetch = register.fetch
    phone.pass(60_000)
    await next(3)
    assert.equal((await entryNow(phone, entry)).state, 'complete')
  })

  test('not before the time the register asked for, not even by the button', async (t) => {
    const { phone, register, triggers, next } = await started(t)
    await next(1)
    await aFinished(phone)
    register.misbehave = () => problem('slow-down', 429, {}, { 'Retry-After': '60' })
    assert.equal((await triggers.now())?.stopped, 'slow-down')
    register.misbehave = () => null
    assert.equal(await triggers.now(), null)
    phone.pass(60_000)
    assert.equal((await triggers.now())?.sent, 1)
  })

  test('and goes on when the date it was put off by is set right', async (t) => {
    const { phone, register, triggers, next } = await started(t)
    await next(1)
    phone.pass(YEARS_543)
    await aFinished(phone)
    register.misbehave = () => problem('slow-down', 429, {}, { 'Retry-After': '60' })
    assert.equal((await triggers.now())?.stopped, 'slow-down')
    register.misbehave = () => null
    phone.pass(-YEARS_543)
    assert.equal((await triggers.now())?.sent, 1)
  })

  test('no more after stop', async (t) => {
    const { network, triggers, next, trips } = await started(t)
    await next(1)
    triggers.stop()
    network.dispatchEvent(new Event('online'))
    assert.equal(await triggers.now(), null)
    assert.equal(trips.length, 1)
  })
})

test('waiting doubles from two seconds to fifteen minutes, with full jitter', () => {
  const longest = [1, 2, 3, 9, 10, 11, 1000].map((failures) => backOff(failures, 0.999999))
  assert.deepEqual(longest, [2000, 4000, 8000, 511_999, 899_999, 899_999, 899_999])
  assert.equal(backOff(5, 0), 500)
})

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-23T02:00:00Z')
  const asked = ['7', 'Mon, 23 Nov 2026 02:00:30 GMT', 'Mon, 23 Nov 2026 01:00:00 GMT', 'soon', '', null]
  assert.deepEqual(asked.map((header) => retryAfter(header, now)), [7000, 30_000, 0, null, null, null])
})

/** When the phone locks by itself. */
import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { watchIdle } from '../../webapp/client/interview/idle.ts'

const MINUTE = 60_000

function aWatch(t: { after(act: () => void): void }, grace = MINUTE) {
  mock.timers.enable({ apis: ['setInterval'] })
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  let [clock, uptime, locks] = [0, 0, 0]
  const stop = watchIdle({ page, now: () => clock, uptime: () => uptime }, { idle: 5 * MINUTE, grace: () => grace }, () => {
    locks += 1
  })
  t.after(() => {
    stop()
    mock.timers.reset()
  })
  const pass = (ms: number, slept = false) => {
    clock += ms
    if (!slept) uptime += ms
    if (!slept) mock.timers.tick(ms)
  }
  const turn = (state: string) => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { pass, turn, touch: () => page.dispatchEvent(new Event('pointerdown')), locks: () => locks, setBack: (ms: number) => (clock -= ms) }
}

describe('a phone that nobody touches', () => {
  test('locks after five minutes, counted from the last touch', (t) => {
    const phone = aWatch(t)
    phone.pass(4 * MINUTE)
    phone.touch()
    phone.pass(4 * MINUTE)
    assert.equal(phone.locks(), 0)
    phone.pass(MINUTE)
    assert.ok(phone.locks() > 0)
  })

  test('does not stay open because its clock was set back', (t) => {
    const phone = aWatch(t)
    phone.pass(3 * MINUTE)
    phone.setBack(60 * MINUTE)
    phone.pass(2 * MINUTE)
    assert.ok(phone.locks() > 0)
  })

  test('is not kept open by the touch that comes too late', (t) => {
    const phone = aWatch(t)
    phone.pass(10 * MINUTE, true) // asleep: no timer ran, the steady clock stood still
    phone.touch()
    phone.pass(5_000)
    assert.ok(phone.locks() > 0)
  })
})

describe('a phone put away', () => {
  test('is still open when it is back within the grace, as from taking a picture', (t) => {
    const phone = aWatch(t)
    phone.turn('hidden')
    phone.pass(50_000)
    phone.turn('visible')
    assert.equal(phone.locks(), 0)
  })

  test('is locked when the grace is over, even if it slept', (t) => {
    const phone = aWatch(t)
    phone.turn('hidden')
    phone.pass(2 * MINUTE, true)
    phone.turn('visible')
    assert.equal(phone.locks(), 1)
  })

  test('locks at once where the volunteer wants it so', (t) => {
    const phone = aWatch(t, 0)
    phone.turn('hidden')
    assert.equal(phone.locks(), 1)
  })
})

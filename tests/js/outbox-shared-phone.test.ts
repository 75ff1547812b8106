/** Two volunteers on one phone: what each finished goes out in their own name. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { drain, sayHello } from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, entryNow } from './a-phone.ts'
import { type Asked, aRegister, problem } from './a-register.ts'

const GREETING = { deviceName: 'ทดสอบ', persisted: false }
const carries = (asked: Asked) => /revisions|evidence/.test(asked.path)
const right = ({ headers }: Asked) => headers.get('Authorization')

async function aSharedPhone(t: Parameters<typeof aGreetedPhone>[0], photos = 1) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entries = [await aFinished(phone, photos), await aFinished(phone)]
  register.account = 'b2'
  assert.equal((await sayHello(phone, GREETING)).kind, 'welcome')
  return { register, phone, entries }
}

describe('a phone on which somebody else has signed in', () => {
  test("sends the first volunteer's work with the first volunteer's token", async (t) => {
    const { register, phone, entries } = await aSharedPhone(t)
    assert.equal((await drain(phone)).sent, 2)
    const rights = new Set(register.asked.filter(carries).map(right))
    assert.deepEqual([...rights], ['Hand-In token-of-this-phone'])
    for (const entry of entries) assert.equal((await entryNow(phone, entry)).state, 'complete')
  })

  test('hands it in for them where that token serves no more', async (t) => {
    const { register, phone } = await aSharedPhone(t, 0)
    register.misbehave = (asked) => (right(asked) === 'Hand-In token-of-this-phone' ? problem('session', 401) : null)
    assert.equal((await drain(phone)).sent, 2)
    assert.ok(register.asked.some((asked) => carries(asked) && right(asked) === null))
  })

  test('knows the first again when they come back', async (t) => {
    const { register, phone } = await aSharedPhone(t, 0)
    register.account = 'a1'
    await sayHello(phone, GREETING)
    await drain(phone)
    assert.deepEqual([...new Set(register.asked.filter(carries).map(right))], [null])
  })
})

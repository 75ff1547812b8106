/** The lock on the vault: only its secret opens it, guessing is slow and ends, and forgetting loses nothing. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isOutOfTouch, READING_DAYS, askForKey, chooseSecret, deliverKey, dropWrap, lockedVault, mayRead, unlock } from '../../webapp/client/vault/index.ts'
import { strengthsFor } from '../../webapp/client/vault/derive.ts'
import { FREE_TRIES, TRIES } from '../../webapp/client/vault/lock.ts'
import { knownRegister } from '../../webapp/client/outbox/register.ts'
import { aGreetedPhone, type APhone, silence } from './a-phone.ts'
import { type ARegister, aRegister, problem } from './a-register.ts'

const PIN = { kind: 'pin', typed: '739182' } as const
const LIGHT = [{ memory: 64, passes: 1 }]
const DAY = 24 * 3600_000

async function aLockedPhone(t: Parameters<typeof aGreetedPhone>[0]) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const vault = await chooseSecret(phone, 'a1', PIN, null, LIGHT)
  return { register, phone, sealed: await vault.seal('draft', 'd', 'สมหญิง') }
}

async function opens(phone: APhone, typed: string, sealed: Uint8Array<ArrayBuffer>) {
  const attempt = await unlock(phone, 'a1', typed)
  return attempt.kind === 'open' ? attempt.vault.open<string>('draft', 'd', sealed) : attempt.kind
}

async function guess(phone: APhone, times: number) {
  for (let made = 0; made < times; made += 1) {
    phone.pass(DAY)
    await unlock(phone, 'a1', '000000')
  }
}

describe('a locked vault', () => {
  test('is opened by its secret alone, in Thai digits too', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    assert.equal(await opens(phone, '739182', sealed), 'สมหญิง')
    assert.equal(await opens(phone, '๗๓๙๑๘๒', sealed), 'สมหญิง')
    assert.equal(await opens(phone, '739183', sealed), 'wrong')
  })

  test('keeps its key nowhere in clear', async (t) => {
    const { phone } = await aLockedPhone(t)
    const attempt = await unlock(phone, 'a1', PIN.typed)
    assert.ok(attempt.kind === 'open')
    const row = await lockedVault(phone, 'a1')
    const bytes = [row!.wrap!.sealed, row!.wrap!.salt, row!.custody.sealed]
    for (const one of bytes) assert.ok(!Buffer.from(one).includes(Buffer.from(attempt.raw)))
    assert.deepEqual(Object.keys(row!).sort(), ['custody', 'id', 'kind', 'tries', 'vault', 'wait_until', 'wrap'])
  })

  test('of another account is another', async (t) => {
    const { phone } = await aLockedPhone(t)
    assert.deepEqual(await unlock(phone, 'a2', PIN.typed), { kind: 'gone' })
  })

  test('takes a new secret for the same key, and the old one no longer', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    const attempt = await unlock(phone, 'a1', PIN.typed)
    assert.ok(attempt.kind === 'open')
    await chooseSecret(phone, 'a1', { kind: 'passphrase', typed: 'ข้ามโขงตอนเช้า' }, attempt.raw, LIGHT)
    assert.equal(await opens(phone, PIN.typed, sealed), 'wrong')
    assert.equal(await opens(phone, 'ข้ามโขงตอนเช้า ', sealed), 'สมหญิง')
  })
})

describe('a phone that is signed out', () => {
  test('while its secret is being tried stays shut, in that tab too', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    const { write } = phone.work
    phone.work.write = async (stores, act) => {
      phone.work.write = write
      const counted = await write(stores, act)
      await dropWrap(phone, 'a1')
      return counted
    }
    assert.deepEqual([await opens(phone, PIN.typed, sealed), (await lockedVault(phone, 'a1'))?.wrap], ['gone', null])
  })
})

describe('guessing', () => {
  test(`is free ${FREE_TRIES} times, then waits, twice as long each time`, async (t) => {
    const { phone } = await aLockedPhone(t)
    for (let made = 1; made < FREE_TRIES; made += 1) assert.deepEqual(await unlock(phone, 'a1', '1'), { kind: 'wrong', left: TRIES - made, wait_until: phone.world.now() })
    const waits = []
    for (let made = FREE_TRIES; made < TRIES; made += 1) {
      const attempt = await unlock(phone, 'a1', '1')
      assert.ok(attempt.kind === 'wrong')
      waits.push(attempt.wait_until - phone.world.now())
      phone.pass(waits.at(-1)!)
    }
    assert.deepEqual(waits, [30_000, 60_000, 120_000, 240_000, 480_000])
  })

  test('is not even tried while it must wait, whatever the phone was restarted or its clock set to', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    await guess(phone, FREE_TRIES)
    const again = { ...phone, world: { ...phone.world } } as APhone // a page opened anew: only the disk remembers
    assert.equal(await opens(again, PIN.typed, sealed), 'wait')
    phone.pass(-400 * DAY)
    assert.equal(await opens(phone, PIN.typed, sealed), 'wait')
    phone.pass(30_001)
    assert.equal(await opens(phone, PIN.typed, sealed), 'wait')
    phone.pass(400 * DAY)
    assert.equal(await opens(phone, PIN.typed, sealed), 'สมหญิง')
  })

  test('counts a try before it is made', async (t) => {
    const { phone } = await aLockedPhone(t)
    const made = unlock(phone, 'a1', '1')
    await new Promise((resolve) => setTimeout(resolve))
    while ((await lockedVault(phone, 'a1'))?.tries === 0) await new Promise((resolve) => setTimeout(resolve))
    assert.equal((await lockedVault(phone, 'a1'))?.tries, 1)
    await made
  })

  test('is forgiven by the right one', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    await guess(phone, FREE_TRIES)
    phone.pass(DAY)
    assert.equal(await opens(phone, PIN.typed, sealed), 'สมหญิง')
    assert.equal((await lockedVault(phone, 'a1'))?.tries, 0)
  })

  test(`ends after ${TRIES} times: then no secret opens it, and the register still does`, async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    await guess(phone, TRIES)
    phone.pass(DAY)
    assert.equal(await opens(phone, PIN.typed, sealed), 'gone')
    assert.equal(await recovered(phone, sealed), 'สมหญิง')
  })
})

/** With the key that the register gives back, under a new secret. */
async function recovered(phone: APhone, sealed: Uint8Array<ArrayBuffer>) {
  const back = await askForKey(phone, 'a1')
  if (back.kind !== 'key') return back.kind
  const vault = await chooseSecret(phone, 'a1', { kind: 'pin', typed: '480137' }, back.raw, LIGHT)
  return vault.open<string>('draft', 'd', sealed)
}

describe('a forgotten secret', () => {
  test('loses nothing, also when the key never reached the register before', async (t) => {
    const { phone, register, sealed } = await aLockedPhone(t)
    assert.equal(register.vault_keys.size, 0)
    await dropWrap(phone, 'a1')
    assert.equal(await recovered(phone, sealed), 'สมหญิง')
    assert.equal(register.vault_keys.size, 1)
  })

  test('loses nothing at a register that was restored from a backup older than the key', async (t) => {
    const { phone, register, sealed } = await aLockedPhone(t)
    await deliverKey(phone, 'a1')
    register.vault_keys.clear()
    await dropWrap(phone, 'a1')
    assert.equal(await recovered(phone, sealed), 'สมหญิง')
  })

  test('waits for a network', async (t) => {
    const { phone, sealed } = await aLockedPhone(t)
    phone.world.fetch = silence
    assert.equal(await recovered(phone, sealed), 'offline')
  })

  test('waits for a fresh sign-in', async (t) => {
    const { phone, register, sealed } = await aLockedPhone(t)
    register.misbehave = ({ path }) => (path.endsWith('/hand-back') ? problem('proof', 403) : null)
    assert.equal(await recovered(phone, sealed), 'sign-in')
  })
})

describe('the key at the register', () => {
  test('is brought there once, as it was sealed', async (t) => {
    const { phone, register } = await aLockedPhone(t)
    assert.equal(await deliverKey(phone, 'a1'), true)
    assert.equal(await deliverKey(phone, 'a1'), true)
    assert.equal(register.asked.filter(({ path }) => path.includes('vault-keys')).length, 1)
  })

  test('is brought again later where it could not be', async (t) => {
    const { phone, register } = await aLockedPhone(t)
    phone.world.fetch = silence
    assert.equal(await deliverKey(phone, 'a1'), false)
    phone.world.fetch = register.fetch
    assert.equal(await deliverKey(phone, 'a1'), true)
  })
})

describe('reading', () => {
  const asked = async (register: ARegister, phone: APhone) => {
    register.asked.length = 0
    const may = await mayRead(phone)
    return [may, register.asked[0]?.headers.get('Authorization')]
  }
  test('is asked about with the hand-in token', async (t) => {
    const { phone, register } = await aLockedPhone(t)
    assert.deepEqual(await asked(register, phone), [true, 'Hand-In token-of-this-phone'])
    register.reading = false
    assert.deepEqual(await asked(register, phone), [false, 'Hand-In token-of-this-phone'])
  })

  test('is not ended by a register that does not answer', async (t) => {
    const { phone } = await aLockedPhone(t)
    phone.world.fetch = silence
    assert.equal(await mayRead(phone), null)
  })

  test(`waits for the register after ${READING_DAYS} days without it`, async (t) => {
    const { phone } = await aLockedPhone(t)
    const register = await knownRegister(phone)
    phone.pass(READING_DAYS * DAY)
    assert.equal(isOutOfTouch(register, phone.world), false)
    phone.pass(1000)
    assert.equal(isOutOfTouch(register, phone.world), true)
  })
})

describe('the strength of the derivation', () => {
  test('follows the memory of the phone and is never below the least', () => {
    assert.deepEqual(strengthsFor(8)[0], { memory: 65536, passes: 3 })
    assert.deepEqual(strengthsFor(undefined)[0], { memory: 65536, passes: 3 })
    assert.deepEqual(strengthsFor(2)[0], { memory: 32768, passes: 3 })
    assert.deepEqual(strengthsFor(0.5).at(-1), { memory: 19456, passes: 2 })
  })
})

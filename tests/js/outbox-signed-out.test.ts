/** Without a session: handing in with the token, signing out with a full outbox, and coming back. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  draftFiles, drain, endSession, holdDraft, isSignedOut, listDrafts, newDraft, saveDraft, sayHello, signOut,
} from '../../webapp/client/outbox/index.ts'
import { lockedVault } from '../../webapp/client/vault/index.ts'
import { aFinished, aGreetedPhone, anInterview, aPhoto, draftNow, entryNow, silence } from './a-phone.ts'
import { type Asked, aRegister, portal, problem } from './a-register.ts'

const GREETING = { deviceName: 'ทดสอบ', persisted: false }
const withToken = ({ headers }: Asked) => headers.get('Authorization') === 'Hand-In token-of-this-phone'
const unlessToken = (code: string, status: number) => (asked: Asked) =>
  withToken(asked) || !asked.path.startsWith('/api/') ? null : problem(code, status)
const signedOutPage = () => {
  const page = new Response('<html>', { headers: { 'Content-Type': 'text/html' } })
  return Object.defineProperties(page, { redirected: { value: true }, url: { value: 'http://localhost/sign-in' } })
}

describe('a phone whose session is gone', () => {
  for (const [code, status] of [['session', 401], ['revoked', 403], ['forbidden', 403]] as const) {
    test(`("${code}") hands in with its token`, async (t) => {
      const register = await aRegister()
      const phone = await aGreetedPhone(t, register)
      const entries = [await aFinished(phone, 1), await aFinished(phone)]
      register.misbehave = unlessToken(code, status)
      assert.equal((await drain(phone)).sent, 2)
      for (const entry of entries) assert.equal((await entryNow(phone, entry)).state, 'complete')
      assert.equal(register.asked.filter((asked) => !withToken(asked)).length, 2) // hello, and the first that was refused
    })
  }

  test('and whose token is refused too keeps everything and says so', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone)
    register.misbehave = () => problem('session', 401)
    assert.equal((await drain(phone)).stopped, 'signed-out')
    assert.equal((await entryNow(phone, entry)).state, 'waiting')
  })

  test('hands in after closing with its token, for that interview alone', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    await aFinished(phone)
    register.misbehave = (asked) => {
      const late = asked.path.includes('/revisions') && !withToken(asked)
      if (late) return problem('round-closed', 410)
      return null
    }
    assert.equal((await drain(phone)).sent, 1)
  })
})

describe('signing out without a network', () => {
  async function signedOut(t: Parameters<typeof aGreetedPhone>[0]) {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone, 1)
    await phone.cache.write(['meta'], (transaction) => transaction.objectStore('meta').put({ id: 'cursor', value: 'c' }))
    phone.world.fetch = silence
    const { drafts, ended } = await signOut(phone, 'a1')
    assert.equal(await ended, false)
    return { register, phone, entry, drafts }
  }

  test('takes lists, key and readable drafts away; what is sealed stays', async (t) => {
    const { phone, entry, drafts } = await signedOut(t)
    assert.equal(drafts, 0)
    assert.equal(await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').count()), 0)
    const row = await lockedVault(phone, 'a1')
    assert.equal(row?.wrap ?? null, null)
    assert.equal(await draftNow(phone, entry), null)
    assert.equal(await phone.work.read(['sealed'], (transaction) => transaction.objectStore('sealed').count()), 2)
  })

  test('still hands in with the token when the network is back, without trying the session', async (t) => {
    const { register, phone, entry } = await signedOut(t)
    phone.world.fetch = register.fetch
    register.misbehave = unlessToken('session', 401)
    await drain(phone)
    assert.equal((await entryNow(phone, entry)).state, 'complete')
    assert.ok(register.asked.slice(1).every(withToken))
  })

  test('ends the register\'s session at the next contact; a portal\'s page is not that', async (t) => {
    const { phone } = await signedOut(t)
    phone.world.fetch = async () => portal()
    assert.equal(await endSession(phone), false)
    phone.world.fetch = async () => signedOutPage()
    assert.equal(await endSession(phone), true)
    assert.equal(await isSignedOut(phone), true)
  })

  test('names the session it meant, so that one begun meanwhile stays', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    phone.world.fetch = silence
    await signOut(phone, 'a1')
    const told: Headers[] = []
    phone.world.fetch = async (_, init) => {
      told.push(new Headers(init.headers))
      return new Response(null, { status: 204 })
    }
    assert.equal(await endSession(phone), true)
    assert.equal(told[0]?.get('Jpt-Session'), 'session-of-this-phone')
  })

  test('is over when the register greets again', async (t) => {
    const { register, phone } = await signedOut(t)
    phone.world.fetch = async (address, init) => (address === '/sign-out' ? signedOutPage() : register.fetch(address, init))
    assert.equal((await sayHello(phone, GREETING)).kind, 'welcome')
    assert.equal(await isSignedOut(phone), false)
  })
})

describe('an unfinished draft at signing out', () => {
  async function withDraft(t: Parameters<typeof aGreetedPhone>[0], discard: boolean) {
    const phone = await aGreetedPhone(t, await aRegister())
    const hold = await holdDraft(phone, 'unfinished')
    const photo = await aPhoto(phone, 'unfinished')
    await saveDraft(phone, phone.vault, hold, newDraft('a1', anInterview('unfinished'), 'cover'))
    hold.release()
    phone.world.fetch = silence
    return { phone, photo, ...(await signOut(phone, 'a1', discard)) }
  }

  test('exists nowhere else, so it stays, sealed, for its volunteer', async (t) => {
    const { phone, photo, drafts } = await withDraft(t, false)
    assert.equal(drafts, 1)
    assert.equal((await listDrafts(phone, phone.vault))[0]?.id, 'unfinished')
    assert.ok(await draftFiles(phone, phone.vault, 'unfinished').open(photo.sha256))
  })

  test('goes when the volunteer says so', async (t) => {
    const { phone, drafts } = await withDraft(t, true)
    assert.equal(drafts, 0)
    assert.equal(await phone.work.read(['draft_files'], (transaction) => transaction.objectStore('draft_files').count()), 0)
  })
})

/** Opening and leaving interviews as the app does it: in turn, one at a time, and nothing lost or left held on the way. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import '../../webapp/client/ui/texts/app.ts'
import { alone } from '../../webapp/client/interview/alone.ts'
import { type AppState, freshState } from '../../webapp/client/interview/app-state.ts'
import type { InterviewDocument } from '../../webapp/client/interview/context.ts'
import { closeInterview, isInTrouble, openInterview, reopenInterview } from '../../webapp/client/interview/interviews.ts'
import { noParadata } from '../../webapp/client/interview/paradata.ts'
import type { Session } from '../../webapp/client/interview/session.ts'
import { holdDraft, loadDraft, newDraft, registerOf, saveDraft, StorageTrouble } from '../../webapp/client/outbox/index.ts'
import { aGreetedPhone, anInterview, type APhone } from './a-phone.ts'
import { aRegister } from './a-register.ts'
import { saidStrip } from '../../webapp/client/ui/undo.ts'
import { aVersion } from './a-version.ts'

const document = (id: string) => ({
  ...anInterview(id), questionnaire: 'tiny', mode: 'paper', outcome: 'interviewed', date: '2026-11-23', cover: {}, members: [], answers: {}, declined: [], explanations: {}, paradata: noParadata(),
}) as unknown as InterviewDocument

/** Two drafts on a phone, called after the test (locks are the whole process's), and the app around them. */
async function anApp(t: TestContext) {
  const phone = await aGreetedPhone(t, await aRegister())
  for (const id of [`d1 ${t.name}`, `d2 ${t.name}`]) {
    const hold = await holdDraft(phone, id)
    await saveDraft(phone, phone.vault, hold, newDraft('a1', document(id), 'contents'))
    hold.release()
  }
  const session = { phone, vault: phone.vault, account: { id: 'a1', name: '', role: 'volunteer' }, register: await registerOf(phone), definition: aVersion(), households: [], villages: [] } as unknown as Session
  const state: AppState = { ...freshState(phone), session }
  t.after(() => closeInterview(state))
  const surroundings = { session: () => state.session as Session, render: () => undefined, go: () => undefined, sealed: () => undefined }
  const reopen = (id: string) => reopenInterview(state, session, surroundings, `${id} ${t.name}`)
  return { phone, state, reopen, open: (id: string) => openInterview(state, session, surroundings, `${id} ${t.name}`) }
}

const said = async (phone: APhone, id: string) => (await loadDraft<InterviewDocument>(phone, phone.vault, id))?.document.outcome_note

describe('An interview', () => {
  test('left and opened again at once is written here, not read only', async (t) => {
    const { state, open } = await anApp(t)
    await open('d1')
    const leaving = closeInterview(state)
    const again = await open('d1')
    assert.deepEqual([await leaving, again?.readOnly, state.open === again], [true, false, true])
  })
  test('that the phone does not give at first can be written when it does', async (t) => {
    const { phone, open } = await anApp(t)
    const { read } = phone.work
    phone.work.read = () => Promise.reject(new StorageTrouble('broken', null))
    await assert.rejects(open('d1'))
    phone.work.read = read
    assert.equal((await open('d1'))?.readOnly, false)
  })
  test('opened last is the one on screen, however long the one before took', async (t) => {
    const { state, open } = await anApp(t)
    const [, second] = await Promise.all([open('d1'), open('d2')])
    assert.deepEqual([state.open === second, second?.readOnly], [true, false])
  })
  test('finished and shown by another tab is not said to be at the register', async (t) => {
    const { phone, state, reopen, open } = await anApp(t)
    const first = (await open('d1'))!
    await first.finish()
    await closeInterview(state)
    const other = await holdDraft(phone, first.id)
    await assert.rejects(reopen('d1'), { code: 'draft-held' })
    other.release()
    await new Promise((resolve) => setTimeout(resolve))
    assert.equal((await reopen('d1'))?.readOnly, false)
  })
  test('being opened while the phone locks is closed again, and can be written afterwards', async (t) => {
    const { state, open } = await anApp(t)
    const opening = open('d1')
    assert.equal(await closeInterview(state), true)
    await opening
    assert.equal(state.open, null)
    assert.equal((await open('d1'))?.readOnly, false)
  })
})

describe('Answers that no disk takes', () => {
  test('stay on screen when another interview is opened, and are saved once there is room', async (t) => {
    const { phone, state, open } = await anApp(t)
    const first = (await open('d1'))!
    const { write } = phone.work
    phone.work.write = () => Promise.reject(new StorageTrouble('full', null))
    first.change((changed) => Object.assign(changed, { outcome_note: 'last word' }))
    assert.deepEqual([await open('d2'), state.open === first, isInTrouble(state)], [null, true, true])
    phone.work.write = write
    assert.equal((await open('d2'))?.readOnly, false)
    assert.equal(await said(phone, first.id), 'last word')
  })
})

describe('An act', () => {
  test('tapped twice is done once, and can be done again when it is over', async () => {
    let done = 0
    let over = () => undefined as void
    const act = alone(() => {
      done += 1
      return new Promise<void>((resolve) => {
        over = resolve
      })
    })
    act()
    act()
    assert.equal(done, 1)
    over()
    await new Promise((resolve) => setTimeout(resolve))
    act()
    assert.equal(done, 2)
  })
  test('that fails says so, and can be tried again', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] }) // what is said stays for a while
    let tried = 0
    const act = alone(async () => {
      tried += 1
      throw new StorageTrouble('closed', null)
    })
    act()
    await new Promise((resolve) => setImmediate(resolve))
    assert.match(JSON.stringify(saidStrip()), /กรุณาลองอีกครั้ง/)
    act()
    assert.equal(tried, 2)
  })
})

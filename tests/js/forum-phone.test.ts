/** A forum on the phone's disk and on its way: the list, what is being asked, what was finished. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { comeOnline, type Forum, fetchForums, forumsOf } from '../../webapp/client/offline/index.ts'
import {
  drain, dropDraft, type Entry, finish, forumResults, holdDraft, type InterviewBeingAsked, listDrafts, listForumDrafts, loadDraft, newDraft, newInterviewId,
  redoneEntries, saveDraft, signOut, statesByHousehold,
} from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, anInterview, type APhone, aPhone, aVault, entryNow } from './a-phone.ts'
import { aRegister, problem } from './a-register.ts'

const aForum = (id: string, held_on = '2026-11-25') => ({ id, held_on, houses: [{ id: 'h1', house_number: '12/3', head_name: 'นายสมชาย ใจดี' }], questions: [{ id: '8.2' }] }) as unknown as Forum
const ids = async (phone: APhone) => (await forumsOf(phone, phone.vault)).map(({ id }) => id)

/** A phone that is told these, one after the other; `null` is a register that does not answer. */
const told = (t: Parameters<typeof aPhone>[0], ...answers: (Response | null)[]) =>
  aPhone(t, async () => {
    const answer = answers.shift()
    if (!answer) throw new TypeError('no network')
    return answer
  })

describe('The list of a forum', () => {
  test('is kept sealed, the earliest day first', async (t) => {
    const phone = await told(t, Response.json({ forums: [aForum('later', '2026-12-01'), aForum('sooner')] }))
    assert.equal(await fetchForums(phone, phone.vault), true)
    assert.deepEqual(await ids(phone), ['sooner', 'later'])
    const rows = await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').getAll())
    for (const { value } of rows) assert.ok(!Buffer.from(value as Uint8Array).includes(Buffer.from('สมชาย')))
  })
  test('is the register’s last word, stays without a network, and goes when the right to it does', async (t) => {
    const phone = await told(t, Response.json({ forums: [aForum('f1'), aForum('f2')] }), Response.json({ forums: [aForum('f2')] }), null, Response.json({}), problem('forbidden', 403))
    const seen = []
    for (let times = 0; times < 5; times += 1) {
      await fetchForums(phone, phone.vault)
      seen.push(await ids(phone))
    }
    assert.deepEqual(seen, [['f1', 'f2'], ['f2'], ['f2'], ['f2'], []])
  })
  test('of a forum that is over keeps what was begun there, and lets the rest go', async (t) => {
    const begun = { ...aForum('f1'), houses: ['h1', 'h2'].map((id) => ({ ...aForum('f1').houses[0]!, id })) }
    const phone = await told(t, Response.json({ forums: [begun] }), Response.json({ forums: [] }), Response.json({ forums: [] }))
    await fetchForums(phone, phone.vault)
    const { draft, hold } = await asking(phone)
    await fetchForums(phone, phone.vault)
    assert.deepEqual((await forumsOf(phone, phone.vault)).map(({ over, houses }) => [over, houses.map(({ id }) => id)]), [[true, ['h1']]])
    await dropDraft(phone, hold)
    await fetchForums(phone, phone.vault)
    assert.deepEqual([draft.id === hold.id, await ids(phone)], [true, []])
  })
  test('goes with the lists when somebody signs out, and opens for nobody else', async (t) => {
    const phone = await told(t, Response.json({ forums: [aForum('f1')] }))
    await fetchForums(phone, phone.vault)
    assert.deepEqual(await forumsOf(phone, await aVault('b1')), [])
    await signOut(phone, 'a1')
    assert.deepEqual(await ids(phone), [])
  })
  test('comes at every contact, to who has no households of their own too', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const asked = () => register.asked.flatMap(({ path }) => (/forums|changes|card/.test(path) ? [path] : []))
    await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: true }, phone.vault)
    assert.deepEqual(asked(), ['/api/v1/changes', '/api/v1/forums', '/api/v1/card'])
    register.role = 'inspector'
    await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: true }, phone.vault)
    assert.deepEqual(asked(), ['/api/v1/changes', '/api/v1/forums', '/api/v1/card', '/api/v1/forums'])
  })
})

function aBackCheck(id: string, more: object = {}): InterviewBeingAsked & { answers: object } {
  return { ...anInterview(id, { forum: 'f1', outcome: 'asked' }), ...{ kind: 'back_check', answers: { '8.2': 'yes' }, household: { id: 'h1', new: false, village: '43010101', house_number: '12/3' } }, ...more }
}

async function asking(phone: APhone, more: object = {}) {
  const id = newInterviewId(phone.world.now())
  const hold = await holdDraft(phone, id)
  return { hold, draft: await saveDraft(phone, phone.vault, hold, newDraft('a1', aBackCheck(id, more), '3')) }
}

async function asked(phone: APhone, more: object = {}): Promise<Entry> {
  const { hold, draft } = await asking(phone, more)
  const entry = await finish(phone, phone.vault, hold, draft)
  hold.release()
  phone.pass(1000)
  return entry
}

describe('A household being asked again', () => {
  test('is on the disk at every answer, sealed, and in no list of interviews', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const { draft } = await asking(phone)
    assert.deepEqual(await listDrafts(phone, phone.vault), [])
    assert.deepEqual((await listForumDrafts(phone, phone.vault)).map(({ id, household }) => [id, household]), [[draft.id, 'h1']])
    assert.equal((await loadDraft(phone, phone.vault, draft.id))?.step, '3')
    const [row] = await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').getAll())
    assert.ok(!Buffer.from(row!.body).includes(Buffer.from('8.2')))
  })
  test('is hidden from an older app that is still open in another tab: that looks by account', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    await asking(phone)
    const found = await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').index('account').getAll('a1'))
    assert.deepEqual(found, [])
  })
  test('stays sealed when somebody signs out, unless they give it up', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    await asking(phone)
    assert.equal((await signOut(phone, 'a1')).drafts, 1)
    assert.equal((await signOut(phone, 'a1', true)).drafts, 0)
    assert.deepEqual(await listForumDrafts(phone, phone.vault), [])
  })
})

describe('A household asked again', () => {
  test('waits in the outbox, and no readable answer stays on the phone', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const entry = await asked(phone)
    assert.deepEqual([entry.state, entry.forum], ['waiting', 'f1'])
    assert.equal(await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').count()), 0)
    assert.deepEqual((await forumResults(phone, phone.vault)).map(({ household, outcome }) => [household, outcome]), [['h1', 'asked']])
  })
  test('says nothing of the household’s interview, nor the interview of it', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    await asked(phone)
    assert.equal((await statesByHousehold(phone)).size, 0)
    const interview = await aFinished(phone, 0, 'h1')
    assert.equal((await statesByHousehold(phone)).get('h1')?.digest, interview.digest)
    assert.equal((await forumResults(phone, phone.vault)).length, 1)
  })
  test('that must be looked at is not called redone by a later interview', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const { digest } = await asked(phone)
    register.misbehave = ({ path }) => (path.includes(digest) ? problem('unsupported', 422, { retry: 'never' }) : null)
    await drain(phone)
    await aFinished(phone, 0, 'h1')
    await drain(phone)
    assert.deepEqual([(await entryNow(phone, { digest } as Entry)).state, (await redoneEntries(phone)).size], ['parked', 0])
  })
  test('reaches the register as it was sealed, names nobody, and ends with its receipt', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await asked(phone)
    await drain(phone)
    const { document } = register.revisions.get(entry.digest)!
    assert.deepEqual([document.kind, document.forum, document.outcome, document.answers], ['back_check', 'f1', 'asked', { '8.2': 'yes' }])
    assert.equal((await entryNow(phone, entry)).state, 'complete')
  })
  test('is told by the last of several results, in the order in which they were finished', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    await asked(phone, { outcome: 'absent' })
    await asked(phone, { outcome: 'asked' })
    assert.deepEqual((await forumResults(phone, phone.vault)).map(({ outcome }) => outcome), ['absent', 'asked'])
    assert.deepEqual(await forumResults(phone, await aVault('b1')), [])
  })
})

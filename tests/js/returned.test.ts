/** What came back, on the phone's disk: sealed, let go when it is settled, finished with what the register holds; and replies to findings. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cardOf, comeOnline, fetchCard, fetchChanges, returnedOf, writeReply } from '../../webapp/client/offline/index.ts'
import { draftFiles, finish, holdDraft, listDrafts, loadDraft, newInterviewId, type Returned, saveDraft, signOut } from '../../webapp/client/outbox/index.ts'
import { newDraft } from '../../webapp/client/outbox/drafts.ts'
import { aFinished, aGreetedPhone, anInterview, aPhone, aPhoto, entryNow } from './a-phone.ts'
import { aRegister, problem } from './a-register.ts'

const sealed = { kind: 'photo' as const, media_type: 'image/jpeg', size: 9, sha256: 'a'.repeat(64), sealed_sha256: 'b'.repeat(64), sealed_size: 10, taken_at: 'then', earlier: true }
const aReturn = (interview: string, more: Partial<Returned> = {}): Returned => ({
  interview, household: `household of ${interview}`, village: '43010101', house_number: '9', decision: 7, kind: 'returned', reason: 'ดูข้อ 9 อีกครั้ง', deadline: '2026-11-30',
  comments: [{ about: '9.1', comment: 'ไม่ตรงกับปีก่อน' }], answers: anInterview(interview), numbers: [], base: ['d'.repeat(64)], number: 1, ...more,
})
const aPage = (cursor: string, returned: Returned[], open_returns?: string[]) => ({ cursor, more: false, households: [], villages: [], alone: [], returned, subdistricts: [], ...(open_returns ? { open_returns } : {}) })

const phoneTold = (t: Parameters<typeof aPhone>[0], ...pages: object[]) => {
  const left = [...pages]
  return aPhone(t, async (address) => (address.startsWith('/api/v1/changes') && left.length ? Response.json(left.shift()) : problem('not-found', 404)))
}
const told = async (phone: Awaited<ReturnType<typeof aPhone>>) => (await returnedOf(phone, phone.vault)).map(({ interview }) => interview)

describe('What came back', () => {
  test('is kept sealed, the earliest deadline first', async (t) => {
    const phone = await phoneTold(t, aPage('c1', [aReturn('later', { deadline: null }), aReturn('sooner')], ['later', 'sooner']))
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await told(phone), ['sooner', 'later'])
    const rows = await phone.cache.read(['returned'], (transaction) => transaction.objectStore('returned').getAll())
    for (const { body } of rows) assert.ok(!Buffer.from(body).includes(Buffer.from('ปีก่อน')))
  })
  test('leaves the phone when the register no longer names it', async (t) => {
    const phone = await phoneTold(t, aPage('c1', [aReturn('i1'), aReturn('i2')], ['i1', 'i2']), aPage('c2', [], ['i2']))
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await told(phone), ['i2'])
  })
  test('stays with a register that does not name any', async (t) => {
    const phone = await phoneTold(t, aPage('c1', [aReturn('i1')], ['i1']), aPage('c2', []))
    await fetchChanges(phone, phone.vault)
    await fetchChanges(phone, phone.vault)
    assert.deepEqual(await told(phone), ['i1'])
  })
  test('goes with the lists when somebody signs out', async (t) => {
    const phone = await phoneTold(t, aPage('c1', [aReturn('i1')], ['i1']))
    await fetchChanges(phone, phone.vault)
    await signOut(phone, 'a1')
    assert.deepEqual(await told(phone), [])
  })
})

describe('A correction', () => {
  test('lists files that the register holds and sends none of them', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const id = newInterviewId(phone.world.now())
    const hold = await holdDraft(phone, id)
    const photo = await aPhoto(phone, id)
    const returned = aReturn(id)
    const document = anInterview(id, { number: 2, based_on: returned.base, evidence: [photo, sealed], review: { decision: 7 } })
    const entry = await finish(phone, phone.vault, hold, { ...newDraft('a1', document, 'finish'), returned })
    assert.equal(entry.evidence.length, 1)
    assert.equal(entry.returned, 7)
    const held = await loadDraft(phone, phone.vault, id)
    const listed = held!.document.evidence.map((one) => ('sealed_sha256' in one ? one.sealed_sha256 : null))
    assert.deepEqual(listed, [entry.evidence[0]!.sha256, sealed.sealed_sha256])
  })
  test('never takes a file for held that was not sealed before', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const id = newInterviewId(phone.world.now())
    const hold = await holdDraft(phone, id)
    const { sealed_sha256: _, ...unsealed } = sealed
    const draft = newDraft('a1', anInterview(id, { evidence: [unsealed] }), 'finish')
    await assert.rejects(finish(phone, phone.vault, hold, draft), { code: 'evidence-missing' })
  })
  test('of a revision still on the phone uses its sealed files again', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const first = await aFinished(phone, 1)
    const hold = await holdDraft(phone, first.interview)
    const draft = (await loadDraft(phone, phone.vault, first.interview))!
    const evidence = draft.document.evidence.map((one) => ({ ...one, earlier: true }))
    const again = await finish(phone, phone.vault, hold, { ...draft, finished: null, document: { ...draft.document, number: 2, based_on: [first.digest], evidence } })
    assert.deepEqual(again.evidence, first.evidence)
    assert.ok(await draftFiles(phone, phone.vault, first.interview).open(draft.document.evidence.flatMap((one) => ('sha256' in one ? one.sha256 : []))[0]!))
    assert.equal((await entryNow(phone, first)).digest, first.digest)
  })
  test('keeps what it answers, also when the register tells of it no more', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const hold = await holdDraft(phone, 'i1')
    await saveDraft(phone, phone.vault, hold, { ...newDraft('a1', anInterview('i1', { review: { decision: 7 } }), 'review/1'), returned: aReturn('i1') })
    assert.equal((await loadDraft(phone, phone.vault, 'i1'))?.returned?.comments[0]?.comment, 'ไม่ตรงกับปีก่อน')
    assert.equal((await listDrafts(phone, phone.vault))[0]?.returned, 7)
  })
})

const finding = { id: 5, code: 'photo_similar', state: 'open', th: 'ก', en: 'a', besides_th: '', besides_en: '', opened_at: 'then', village: 'v', house_number: '9', replies: [] as object[] }
const aCard = (replies: object[] = []) => ({ counts: { interviews: 3 }, returns: { given: 0, waiting: 0, late: 0 }, findings: [{ ...finding, replies }] })

describe('A reply to a finding', () => {
  test('is shown at once, waits sealed without a network, and is sent once under its own id', async (t) => {
    const sent: { id: string; finding: number; text: string }[] = []
    let online = true
    const phone = await aPhone(t, async (address, init) => {
      if (!online) throw new TypeError('no network')
      if (address === '/api/v1/card') return Response.json(aCard(sent.map(({ id, text }) => ({ id, text, at: 'now' }))))
      sent.push(...JSON.parse(String(init.body)).items)
      return Response.json({ items: sent.map(({ id }) => ({ id, kept: true })) })
    })
    await fetchCard(phone, phone.vault)
    online = false
    await writeReply(phone, phone.vault, 5, 'บ้านสองหลังเหมือนกัน')
    assert.equal(await fetchCard(phone, phone.vault), false)
    assert.deepEqual((await cardOf(phone, phone.vault))?.findings[0]?.replies.map(({ text, at }) => [text, at]), [['บ้านสองหลังเหมือนกัน', null]])
    const rows = await phone.work.read(['replies'], (transaction) => transaction.objectStore('replies').getAll())
    assert.ok(!Buffer.from(rows[0]!.body).includes(Buffer.from('สองหลัง')))
    online = true
    for (let times = 0; times < 2; times += 1) await fetchCard(phone, phone.vault)
    assert.equal(sent.length, 1)
    assert.deepEqual((await cardOf(phone, phone.vault))?.findings[0]?.replies.map(({ id, at }) => [id, at]), [[rows[0]!.id, 'now']])
  })
  test('that was sent and whose answer was lost is sent again with the same id', async (t) => {
    const ids: string[] = []
    const phone = await aPhone(t, async (_, init) => {
      ids.push(JSON.parse(String(init.body)).items[0].id)
      throw new TypeError('lost')
    })
    await writeReply(phone, phone.vault, 5, 'ถามแล้ว')
    for (let times = 0; times < 2; times += 1) await fetchCard(phone, phone.vault)
    assert.deepEqual([ids.length, new Set(ids).size], [2, 1])
  })
  test('without a place at the register is not sent for ever, nor is it lost', async (t) => {
    let asked = 0
    const phone = await aPhone(t, async (address, init) => {
      if (address === '/api/v1/card') return Response.json(aCard())
      asked += 1
      return Response.json({ items: JSON.parse(String(init.body)).items.map(({ id }: { id: string }) => ({ id, kept: false })) })
    })
    await writeReply(phone, phone.vault, 5, 'ถามแล้ว')
    for (let times = 0; times < 3; times += 1) await fetchCard(phone, phone.vault)
    assert.equal(asked, 1)
    assert.equal((await cardOf(phone, phone.vault))?.findings[0]?.replies.length, 1)
  })
  test('of somebody else on this phone is not sent in this one’s name', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    await phone.work.write(['replies'], (transaction) => transaction.objectStore('replies').put({ id: 'r', account: 'b1', body: new Uint8Array(3) }))
    await comeOnline(phone, { deviceName: 'ทดสอบ', persisted: true }, phone.vault)
    assert.equal(register.asked.filter(({ path }) => path === '/api/v1/card/replies').length, 0)
    assert.equal(register.asked.filter(({ path }) => path === '/api/v1/card').length, 1)
  })
})

/** Drafts: kept at every answer, written by one tab, readable by nobody else. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  draftFiles, dropDraft, holdDraft, listDrafts, loadDraft, newDraft, newInterviewId, saveDraft,
} from '../../webapp/client/outbox/index.ts'
import { anInterview, aPhone, type APhone, aPhoto, aVault } from './a-phone.ts'

async function saved(phone: APhone, id: string, step = 'cover') {
  const hold = await holdDraft(phone, id)
  await saveDraft(phone, phone.vault, hold, newDraft('a1', anInterview(id), step))
  return hold
}

describe('a draft', () => {
  test('comes back as it was saved', async (t) => {
    const phone = await aPhone(t)
    const hold = await saved(phone, 'd1', 'question/s6')
    const draft = await loadDraft<ReturnType<typeof anInterview>>(phone, phone.vault, 'd1')
    assert.deepEqual(draft?.document, anInterview('d1'))
    assert.equal(draft?.step, 'question/s6')
    hold.release()
  })

  test('is written by one tab; the second reads and is told', async (t) => {
    const phone = await aPhone(t)
    const first = await saved(phone, 'd2')
    const second = await holdDraft(phone, 'd2')
    assert.deepEqual([first.writable, second.writable], [true, false])
    const draft = (await loadDraft(phone, phone.vault, 'd2'))!
    await assert.rejects(saveDraft(phone, phone.vault, second, draft), { code: 'draft-held' })
    await assert.rejects(dropDraft(phone, second), { code: 'draft-held' })
    first.release()
    await new Promise((tick) => setTimeout(tick, 20))
    const third = await holdDraft(phone, 'd2')
    assert.ok(third.writable)
    third.release()
  })

  test('shows nothing of its people in the database', async (t) => {
    const phone = await aPhone(t)
    const hold = await saved(phone, 'd3')
    const rows = await phone.work.read(['drafts'], (transaction) => transaction.objectStore('drafts').getAll())
    const [{ body, label, ...clear }] = rows as any
    for (const secret of ['สมหญิง', '12/3', '43010101']) {
      assert.ok(!JSON.stringify(clear).includes(secret))
      for (const bytes of [body, label]) assert.ok(!Buffer.from(bytes).includes(Buffer.from(secret)))
    }
    hold.release()
  })

  test('is listed with its house number for its own volunteer only, the latest first', async (t) => {
    const phone = await aPhone(t)
    const holds = [await saved(phone, 'd4')]
    phone.pass(1000)
    holds.push(await saved(phone, 'd5'))
    const list = await listDrafts(phone, phone.vault)
    assert.deepEqual(list.map(({ id, house_number }) => [id, house_number]), [['d5', '12/3'], ['d4', '12/3']])
    const other = await aVault('a2')
    assert.deepEqual(await listDrafts(phone, other), [])
    assert.equal(await loadDraft(phone, other, 'd4'), null)
    holds.forEach((hold) => hold.release())
  })

  test('given up is gone with its files', async (t) => {
    const phone = await aPhone(t)
    const hold = await saved(phone, 'd6')
    const photo = await aPhoto(phone, 'd6')
    await dropDraft(phone, hold)
    assert.equal(await loadDraft(phone, phone.vault, 'd6'), null)
    assert.equal(await draftFiles(phone, phone.vault, 'd6').open(photo.sha256), null)
    hold.release()
  })
})

describe('a file of a draft', () => {
  test('is kept encrypted and given back byte for byte', async (t) => {
    const phone = await aPhone(t)
    const { sha256 } = await aPhoto(phone, 'd7', 3000)
    const files = draftFiles(phone, phone.vault, 'd7')
    assert.equal((await files.open(sha256))?.length, 3000)
    await files.remove(sha256)
    assert.equal(await files.open(sha256), null)
  })

  test('that is not what its digest says is refused', async (t) => {
    const phone = await aPhone(t)
    const files = draftFiles(phone, phone.vault, 'd8')
    await assert.rejects(files.keep(new Uint8Array(3), '00'), { code: 'file-damaged' })
  })
})

test('ids made later sort later and are version 7', () => {
  const [one, other] = [newInterviewId(1_795_000_000_000), newInterviewId(1_795_000_000_001)]
  assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.ok(one < other)
  assert.equal(Number.parseInt(one.slice(0, 13).replace('-', ''), 16), 1_795_000_000_000)
})

/** Finishing an interview: exact bytes once, sealed, in one transaction; and correcting it afterwards. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  draftFiles, drain, finish, holdDraft, loadDraft, newDraft, newInterviewId, reopenDraft, saveDraft, StorageTrouble,
} from '../../webapp/client/outbox/index.ts'
import { textOf } from '../../webapp/client/outbox/bytes.ts'
import { aFinished, aGreetedPhone, anInterview, aPhone, aPhoto, draftNow, entryNow } from './a-phone.ts'
import { aRegister } from './a-register.ts'

describe('an interview that is finished', () => {
  test('waits, and its bytes are readable by the register only', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone, 1)
    assert.equal((await entryNow(phone, entry)).state, 'waiting')
    const blobs = await phone.work.read(['sealed'], (transaction) => transaction.objectStore('sealed').getAll())
    assert.equal(blobs.length, 2)
    for (const { bytes } of blobs) assert.ok(!textOf(bytes).includes('สมหญิง'))
    assert.ok(!JSON.stringify({ ...entry, label: null }).includes('12/3'))
  })

  test('is packed before it is sealed, and arrives the same where a browser cannot pack', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const small = await aFinished(phone)
    t.mock.property(globalThis as { CompressionStream?: unknown }, 'CompressionStream', undefined)
    const large = await aFinished(phone)
    assert.ok(small.envelope.size < large.envelope.size)
    assert.equal((await drain(phone)).sent, 2)
  })

  test('arrives with its author, its clock and its evidence as they were', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    phone.pass(90_000)
    const entry = await aFinished(phone, 1)
    register.full = true
    await drain(phone)
    const { document } = register.revisions.get(entry.digest)!
    assert.deepEqual(document.author, { account: 'a1', device: entry.device })
    assert.deepEqual(document.clock, { server_time: '2026-11-23T02:00:00Z', elapsed_ms: 90_000 })
    assert.equal(document.app, '0.1.0')
    assert.equal(document.finished_at, '2026-11-23T02:01:30.000Z')
    const [photo] = document.evidence
    const sent = register.asked.find(({ path }) => path.includes('/evidence/'))!.body as Uint8Array
    const plain = await register.openFile(sent, entry.interview, photo.sha256)
    assert.equal(plain.length, photo.size)
    assert.deepEqual([photo.sealed_sha256, photo.sealed_size], [entry.evidence[0]!.sha256, sent.length])
  })

  test('is not finished without one of its files', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const hold = await holdDraft(phone, 'lost')
    const photo = await aPhoto(phone, 'lost')
    await draftFiles(phone, phone.vault, 'lost').remove(photo.sha256)
    const draft = newDraft('a1', anInterview('lost', { evidence: [photo] }), 'sign')
    await assert.rejects(finish(phone, phone.vault, hold, draft), { code: 'evidence-missing' })
    hold.release()
  })

  test('cannot be sealed before the register was ever heard', async (t) => {
    const phone = await aPhone(t)
    await assert.rejects(aFinished(phone), { code: 'register-unknown' })
  })

  test('that cannot be written is handed back sealed, to be rescued from memory', async (t) => {
    const phone = await aGreetedPhone(t, await aRegister())
    const hold = await holdDraft(phone, 'full')
    const full = async () => {
      throw new StorageTrouble('full', null)
    }
    const work = { ...phone.work, write: full }
    const trouble = await finish({ ...phone, work }, phone.vault, hold, newDraft('a1', anInterview('full'), 's')).catch((error) => error)
    assert.equal(trouble.kind, 'full')
    assert.equal(trouble.sealed.entry.interview, 'full')
    hold.release()
  })
})

describe('a finished interview that is corrected', () => {
  async function corrected(t: Parameters<typeof aPhone>[0]) {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const first = await aFinished(phone, 1)
    const hold = await holdDraft(phone, first.interview)
    const draft = (await reopenDraft(phone, phone.vault, hold))!
    phone.pass(1000)
    const second = await finish(phone, phone.vault, hold, draft)
    hold.release()
    return { register, phone, first, second }
  }

  test('becomes the next revision, based on the first; both are sent', async (t) => {
    const { register, phone, first, second } = await corrected(t)
    assert.deepEqual([second.number, second.based_on], [2, [first.digest]])
    assert.equal((await drain(phone)).sent, 2)
    assert.deepEqual([...register.revisions.keys()].sort(), [first.digest, second.digest].sort())
  })

  test('seals an unchanged photo once: both revisions are whole with the one file', async (t) => {
    const { register, phone, first, second } = await corrected(t)
    assert.deepEqual(second.evidence, first.evidence)
    await drain(phone)
    phone.pass(2000)
    await drain(phone)
    assert.equal(register.evidence.size, 1)
    for (const entry of [first, second]) assert.equal((await entryNow(phone, entry)).state, 'complete')
  })

  test('starts from the register once it has the answers', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone)
    assert.equal((await draftNow(phone, entry))?.finished?.digest, entry.digest)
    await drain(phone)
    assert.equal(await draftNow(phone, entry), null)
    const hold = await holdDraft(phone, entry.interview)
    assert.equal(await reopenDraft(phone, phone.vault, hold), null)
    hold.release()
  })

  test('and is being corrected when the receipt comes keeps its draft', async (t) => {
    const register = await aRegister()
    const phone = await aGreetedPhone(t, register)
    const entry = await aFinished(phone)
    const hold = await holdDraft(phone, entry.interview)
    await reopenDraft(phone, phone.vault, hold)
    await drain(phone)
    assert.equal((await draftNow(phone, entry))?.document.number, 2)
    hold.release()
  })
})

test('a draft saved while its wrapped key was lost with the database brings that back', async (t) => {
  const phone = await aPhone(t)
  await phone.work.write(['keys'], (transaction) => transaction.objectStore('keys').clear())
  const id = newInterviewId(phone.world.now())
  const hold = await holdDraft(phone, id)
  await saveDraft(phone, phone.vault, hold, newDraft('a1', anInterview(id), 's'))
  const row = await phone.work.read(['keys'], (transaction) => transaction.objectStore('keys').get('vault:a1'))
  assert.equal(row?.kind, 'vault')
  assert.equal((await loadDraft(phone, phone.vault, id))?.id, id)
  hold.release()
})

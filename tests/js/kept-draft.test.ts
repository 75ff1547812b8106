/** A draft that is being answered, left and finished, while the disk, a camera or a second tap get in the way. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { KeptDraft } from '../../webapp/client/interview/kept-draft.ts'
import { entriesPage, holdDraft, loadDraft, newDraft, StorageTrouble } from '../../webapp/client/outbox/index.ts'
import { aGreetedPhone, anInterview, type APhone } from './a-phone.ts'
import { aRegister } from './a-register.ts'

type Document = ReturnType<typeof anInterview>

/** A draft called as the test is: locks are the whole process's. */
async function kept(t: TestContext, phone?: APhone) {
  const on = phone ?? (await aGreetedPhone(t, await aRegister()))
  const hold = await holdDraft(on, t.name)
  t.after(() => hold.release())
  const draft = new KeptDraft<Document>(newDraft('a1', anInterview(t.name), 'cover'), hold, () => ({ phone: on, vault: on.vault }), () => undefined)
  const say = (text: string) => {
    draft.draft.document.answers = { '1.1': text }
    return draft.save()
  }
  const onDisk = async () => (await loadDraft<Document>(on, on.vault, t.name))?.document.answers
  return { phone: on, draft, say, onDisk }
}

/** From now on the disk takes nothing, until what it returns is called. */
function full({ work }: APhone): () => void {
  const { write } = work
  work.write = () => Promise.reject(new StorageTrouble('full', null))
  return () => {
    work.write = write
  }
}

describe('Leaving', () => {
  test('while the disk takes nothing leaves nothing behind: it stays, and is saved when there is room', async (t) => {
    const { phone, draft, say, onDisk } = await kept(t)
    const emptied = full(phone)
    await say('last word')
    assert.deepEqual([await draft.close(), draft.trouble, (await holdDraft(phone, t.name)).writable], [false, 'full', false])
    emptied()
    assert.equal(await draft.close(), true)
    assert.deepEqual(await onDisk(), { '1.1': 'last word' })
  })
  test('waits for the photo that is being kept', async (t) => {
    const { draft, say, onDisk } = await kept(t)
    let taken = () => undefined as void
    const photo = new Promise<void>((resolve) => {
      taken = resolve
    }).then(() => say('with its photo'))
    void draft.during(photo)
    const leaving = draft.close()
    setTimeout(taken, 10)
    await leaving
    assert.deepEqual(await onDisk(), { '1.1': 'with its photo' })
  })
  test('lets nothing that comes late write over what was asked since', async (t) => {
    const { phone, draft, say } = await kept(t)
    await say('before')
    await draft.close()
    const again = await kept(t, phone)
    await again.say('since')
    await say('late')
    assert.deepEqual([await again.onDisk(), draft.readOnly], [{ '1.1': 'since' }, true])
  })
  test('while it is being sealed waits for the outbox: the lock takes the key away afterwards', async (t) => {
    const { phone, draft, say } = await kept(t)
    await say('all said')
    const sealing = draft.finish()
    await draft.close()
    phone.vault.close()
    await sealing
    assert.equal((await entriesPage(phone, 10)).length, 1)
  })
})

describe('Finishing', () => {
  test('lets nothing be changed that would not be in what is sealed', async (t) => {
    const { draft, say, phone } = await kept(t)
    await say('said')
    const emptied = full(phone)
    const sealing = draft.finish()
    await new Promise((resolve) => setTimeout(resolve))
    assert.equal(draft.readOnly, true)
    await assert.rejects(sealing, { kind: 'full' })
    emptied()
    assert.equal(draft.readOnly, false)
    await draft.finish()
    assert.deepEqual([draft.readOnly, draft.trouble], [true, null])
  })
  test('that no disk took goes into the rescue file as it stands then, the same while nothing changes', async (t) => {
    const { draft, say, phone } = await kept(t)
    await say('said')
    full(phone)
    await assert.rejects(draft.finish(), { kind: 'full' })
    const [first] = await draft.sealedNow()
    assert.equal((await draft.sealedNow())[0]?.entry.digest, first?.entry.digest)
    await say('said since')
    assert.notEqual((await draft.sealedNow())[0]?.entry.digest, first?.entry.digest)
  })
})

/** The rescue bundle: what is sealed, carried to another phone and handed in there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  drain, entriesPage, finish, holdDraft, labelOf, newDraft, outboxStatus, rescueBundle, sealInterview, StorageTrouble, takeIn,
} from '../../webapp/client/outbox/index.ts'
import { aFinished, aGreetedPhone, anInterview, entryNow, silence } from './a-phone.ts'
import { aRegister } from './a-register.ts'

async function bundled(t: Parameters<typeof aGreetedPhone>[0]) {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const entries = [await aFinished(phone, 2), await aFinished(phone)]
  return { register, entries, bundle: await rescueBundle(phone) }
}

test('a bundle brought to another phone is sent from there as its author sealed it', async (t) => {
  const { register, entries, bundle } = await bundled(t)
  const other = await aGreetedPhone(t, register)
  assert.deepEqual(await takeIn(other, bundle), { taken: 2, known: 0, damaged: 0 })
  assert.equal((await drain(other)).sent, 2)
  for (const entry of entries) {
    const { state, device, handed_in } = await entryNow(other, entry)
    assert.deepEqual([state, device, handed_in], ['complete', entry.device, true])
  }
  assert.equal(await labelOf(await entryNow(other, entries[0]!), other.vault), null)
})

test('a bundle shows nothing of its people', async (t) => {
  const { bundle } = await bundled(t)
  const text = await bundle.text()
  for (const secret of ['สมหญิง', '12/3', '43010101']) assert.ok(!text.includes(secret))
})

test('taken in twice it is there once', async (t) => {
  const { register, bundle } = await bundled(t)
  const other = await aGreetedPhone(t, register)
  await takeIn(other, bundle)
  assert.deepEqual(await takeIn(other, bundle), { taken: 0, known: 2, damaged: 0 })
  assert.equal((await outboxStatus(other)).total, 2)
})

test('bytes that changed on the way are told; the rest is taken', async (t) => {
  const { register, bundle } = await bundled(t)
  const bytes = new Uint8Array(await bundle.arrayBuffer())
  bytes[bytes.length - 5]! ^= 1
  const other = await aGreetedPhone(t, register)
  assert.deepEqual(await takeIn(other, new Blob([bytes])), { taken: 1, known: 0, damaged: 1 })
})

test('one that was cut off on the way is taken as far as it goes, and says what is lacking', async (t) => {
  const { register, bundle } = await bundled(t)
  const other = await aGreetedPhone(t, register)
  assert.deepEqual(await takeIn(other, bundle.slice(0, bundle.size - 10)), { taken: 1, known: 0, damaged: 1 })
  assert.equal((await drain(other)).sent, 1)
})

test('an interview that the disk does not give keeps no other out of the bundle, and is told', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const [lost, kept] = [await aFinished(phone, 1), await aFinished(phone, 1)]
  const { read } = phone.work
  phone.work.read = (stores, act) => read(stores, (transaction) => act(stores.includes('sealed') ? unreadable(transaction, lost.digest) : transaction))
  const missed: string[] = []
  const bundle = await rescueBundle(phone, [], (digest) => missed.push(digest))
  const other = await aGreetedPhone(t, register)
  assert.deepEqual([missed, (await takeIn(other, bundle)).taken], [[lost.digest], 1])
  assert.deepEqual((await entriesPage(other, 10)).map(({ digest }) => digest), [kept.digest])
})

/** The transaction as it is when the system cannot read one row of the disk. */
function unreadable<T extends object>(transaction: T, key: string): T {
  const objectStore = (name: string) => {
    const store = (transaction as any).objectStore(name)
    const get = async (asked: string) => {
      if (asked === key) throw new StorageTrouble('broken', null)
      return store.get(asked)
    }
    return { get }
  }
  return { objectStore } as unknown as T
}

for (const [what, blob] of [
  ['another file', new Blob(['a photo, perhaps'])], ['the beginning of one', null], ['nonsense after the word', new Blob(['jpt-rescue-1\n\0\0\0\u0002{}'])],
] as const) {
  test(`${what} is not taken for a bundle`, async (t) => {
    const { register, bundle } = await bundled(t)
    const other = await aGreetedPhone(t, register)
    await assert.rejects(takeIn(other, blob ?? bundle.slice(0, 100)), { code: 'not-a-bundle' })
  })
}

test('what a full phone could not keep is in the bundle all the same', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  const sealed = await sealInterview(phone, phone.vault, newDraft('a1', anInterview('unsaved'), 's'))
  const bundle = await rescueBundle(phone, [sealed])
  const other = await aGreetedPhone(t, register)
  assert.equal((await takeIn(other, bundle)).taken, 1)
  const [entry] = await entriesPage(other, 10)
  assert.equal(entry?.interview, 'unsaved')
})

test('what the register holds whole is not carried about', async (t) => {
  const register = await aRegister()
  const phone = await aGreetedPhone(t, register)
  await aFinished(phone)
  await drain(phone)
  phone.world.fetch = silence
  const hold = await holdDraft(phone, 'later')
  const later = await finish(phone, phone.vault, hold, newDraft('a1', anInterview('later'), 's'))
  hold.release()
  const bundle = await rescueBundle(phone)
  const other = await aGreetedPhone(t, await aRegister())
  await takeIn(other, bundle)
  assert.deepEqual((await entriesPage(other, 10)).map(({ digest }) => digest), [later.digest])
})

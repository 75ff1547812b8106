/** Notices on the phone: readable without a signal, sealed, and what was read is told once there is one. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { announcedOf, fetchAnnounced, markAnnouncedRead } from '../../webapp/client/offline/index.ts'
import { aPhone } from './a-phone.ts'

const notice = (id: number, read = false) => ({ id, title_th: `ประชุมลับ ${id}`, text_th: '', area_th: '', held_on: null, video_url: null, published_at: '2026-11-23T00:00:00Z', read, files: [] })

/** A register that keeps what was read; `down` is a place without a signal. */
function anOffice() {
  const office = { down: false, read: [] as number[], notices: [notice(2), notice(1)] }
  const answer = async (address: string, init: RequestInit) => {
    if (office.down) throw new TypeError('network')
    if (address === '/api/v1/notices/read') office.read.push(...JSON.parse(init.body as string).notices)
    return Response.json({ notices: office.notices.map((one) => ({ ...one, read: office.read.includes(one.id) })) })
  }
  return { office, answer }
}

describe('Notices on the phone', () => {
  test('stay as last fetched where there is no signal, sealed', async (t) => {
    const { office, answer } = anOffice()
    const phone = await aPhone(t, answer)
    assert.equal(await fetchAnnounced(phone, phone.vault), true)
    office.down = true
    assert.equal(await fetchAnnounced(phone, phone.vault), false)
    assert.deepEqual((await announcedOf(phone, phone.vault)).map(({ id }) => id), [2, 1])
    const rows = await phone.cache.read(['meta'], (transaction) => transaction.objectStore('meta').getAll())
    assert.ok(rows.every(({ value }) => !(value instanceof Uint8Array) || !Buffer.from(value).includes(Buffer.from('ประชุมลับ'))))
  })
  test('read without a signal are told at the next contact, once', async (t) => {
    const { office, answer } = anOffice()
    const phone = await aPhone(t, answer)
    await fetchAnnounced(phone, phone.vault)
    office.down = true
    await markAnnouncedRead(phone, phone.vault, 2)
    await markAnnouncedRead(phone, phone.vault, 2)
    assert.equal((await announcedOf(phone, phone.vault))[0]?.read, true)
    office.down = false
    await fetchAnnounced(phone, phone.vault)
    await fetchAnnounced(phone, phone.vault)
    assert.deepEqual(office.read, [2])
  })
})

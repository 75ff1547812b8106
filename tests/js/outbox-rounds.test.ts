/** Another year begins: the phone takes its list, and leaves last year's. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fetchChanges, householdsOf } from '../../webapp/client/offline/index.ts'
import { aPhone } from './a-phone.ts'
import { problem } from './a-register.ts'

const household = (id: string, more = {}) => ({
  id, village: '43010101', house_number: `9/${id}`, house_code: null, head_name: null, people: null, state: 'todo', lat: null, lon: null, removed: false, ...more,
})
const village = { code: '43010101', name_th: 'บ้านตัวอย่าง', subdistrict_code: '430101', point: null, whole: true }
const page = (round: string, cursor: string, households: unknown[]) => ({
  round, cursor, more: false, households, villages: [village], alone: [], returned: [], subdistricts: [],
})

describe('A new round', () => {
  test('is fetched from its beginning, and the old list goes', async (t) => {
    let begun = false
    const phone = await aPhone(t, async (address) => {
      const after = new URL(address, 'http://x').searchParams.get('after')
      if (!begun) return Response.json(page('2569', 'c1', [household('old')]))
      if (after) return Response.json(page('2570', 'c9', [])) // nothing of the new round changed since c1
      return address.startsWith('/api/v1/changes') ? Response.json(page('2570', 'c9', [household('new', { roster: [{ first_name: 'สมใจ' }] })])) : problem('not-found', 404)
    })
    await fetchChanges(phone, phone.vault)
    begun = true
    assert.equal(await fetchChanges(phone, phone.vault), true)
    const held = await householdsOf(phone, phone.vault)
    assert.deepEqual(held.map(({ id, roster }) => [id, roster?.[0]?.first_name]), [['new', 'สมใจ']])
    const rows = await phone.cache.read(['households'], (transaction) => transaction.objectStore('households').getAll())
    assert.ok(!Buffer.from(rows[0]!.body).includes(Buffer.from('สมใจ')), 'last year’s members lie sealed')
  })
})

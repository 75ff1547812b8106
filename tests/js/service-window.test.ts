/** The phone says since when and until when, by days in Thailand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import '../../webapp/client/ui/texts/app.ts'
import { dayInThailand, windowWords } from '../../webapp/client/interview/service-window.ts'

const window = { opens: '2026-11-01', closes: '2026-11-23' }
const said = (now: string, of: { opens: string | null; closes: string | null } = window) => windowWords(of, new Date(now), 'recording')

describe('A service window on the phone', () => {
  test('counts days as Thailand does, not as Greenwich', () => assert.equal(dayInThailand(new Date('2026-11-23T17:00:00Z')), '2026-11-24'))
  test('is open on its last day until midnight there', () => {
    assert.equal(said('2026-11-23T16:59:00Z').open, true)
    assert.equal(said('2026-11-23T17:00:00Z').open, false)
  })
  test('says from when, until when and since when', () => {
    assert.match(said('2026-10-01T00:00:00Z').text, /1 พ\.ย\. 2569/)
    assert.match(said('2026-11-10T00:00:00Z').text, /ถึง 23 พ\.ย\. 2569/)
    assert.match(said('2026-12-01T00:00:00Z').text, /แล้วเมื่อ 23 พ\.ย\. 2569/)
    assert.match(said('2026-11-10T00:00:00Z', { opens: '2026-11-01', closes: null }).text, /ตั้งแต่ 1 พ\.ย\. 2569/)
  })
  test('without a last day stays open', () => assert.equal(said('2999-01-01T00:00:00Z', { opens: null, closes: null }).open, true))
})

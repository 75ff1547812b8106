/** The phone says since when and until when, by days in Thailand. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import '../../webapp/client/ui/texts/app.ts'
import { planWords, windowWords } from '../../webapp/client/interview/service-window.ts'
import { dayInThailand } from '../../webapp/client/ui/dates.ts'
import { SERVICES } from '../../webapp/client/interview/service-plan.ts'
import { hasText } from '../../webapp/client/ui/language.ts'

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
  test('of any service of the plan is said in words, planned or not', () => {
    const of = (now: string, one: typeof window | null = window) => planWords(one, new Date(now))
    assert.deepEqual(of('2026-10-01T00:00:00Z'), { text: 'จะเปิด 1 พ.ย. 2569', open: false })
    assert.deepEqual(of('2026-11-23T16:59:00Z'), { text: 'เปิดอยู่ ถึง 23 พ.ย. 2569', open: true })
    assert.deepEqual(of('2026-11-23T17:00:00Z'), { text: 'ปิดเมื่อ 23 พ.ย. 2569', open: false })
    assert.equal(of('2026-11-23T17:00:00Z', null).open, false)
  })
  test('is there for each of the services that the register plans', () => {
    const plan = readFileSync(new URL('../../webapp/domain/service_plan.py', import.meta.url), 'utf8')
    const planned = [...plan.slice(plan.indexOf('SERVICES = {'), plan.indexOf('}', plan.indexOf('SERVICES = {'))).matchAll(/^ {4}"(\w+)":/gm)].map(([, id]) => id)
    assert.deepEqual(SERVICES, planned)
    for (const service of SERVICES) assert.ok(hasText(`plan.${service}`), service)
  })
})

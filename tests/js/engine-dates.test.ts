/** Ages and dates by the engine's own arithmetic. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ageAt, formatThaiDate, parseThaiDate, thaiIdProblem, toArabicDigits } from '../../webapp/client/engine/index.ts'

describe('An age', () => {
  const rows: [birth: string, date: string, years: number | null, months: number | null][] = [
    ['1980-05-17', '2026-05-16', 45, 551],
    ['1980-05-17', '2026-05-17', 46, 552],
    ['2011-11-23', '2026-11-23', 15, 180],
    ['2011-11-24', '2026-11-23', 14, 179],
    ['2020-02-29', '2025-02-28', 4, 59],
    ['2020-02-29', '2025-03-01', 5, 60],
    ['2020-02-29', '2024-02-29', 4, 48],
    ['2026-01-31', '2026-02-28', 0, 0],
    ['2026-01-31', '2026-03-01', 0, 1],
    ['2026-08-31', '2026-09-30', 0, 0],
    ['2026-08-31', '2026-10-01', 0, 1],
    ['1980', '2026-01-01', 46, 552],
    ['1980-05', '2026-04-30', 45, 551],
    ['1980-05', '2026-05-01', 46, 552],
    ['2026-11-23', '2026-11-23', 0, 0],
    ['2026-11-24', '2026-11-23', null, null],
    ['2027', '2026-11-23', null, null],
    ['2023-02-29', '2026-11-23', null, null],
    ['17/05/1980', '2026-11-23', null, null],
    ['1980', '2026-02-30', null, null],
  ]
  for (const [birth, date, years, months] of rows)
    test(`of ${birth} on ${date} is ${years} years, ${months} months`, () => assert.deepEqual(ageAt(birth, date), { years, months }))
  test('of nobody known is unknown', () => assert.deepEqual(ageAt(null, '2026-11-23'), { years: null, months: null }))
})

describe('A date as people write it', () => {
  const read: [text: string, iso: string][] = [
    ['17/5/2523', '1980-05-17'], ['๑๗/๐๕/๒๕๒๓', '1980-05-17'], ['17-05-1980', '1980-05-17'], ['17.5.2523', '1980-05-17'],
    ['17 5 2523', '1980-05-17'], ['17 พ.ค. 2523', '1980-05-17'], ['17พ.ค.2523', '1980-05-17'], ['17 พค 2523', '1980-05-17'],
    ['17 พฤษภาคม พ.ศ. 2523', '1980-05-17'], ['วันที่ 17 เดือน พฤษภาคม พ.ศ.๒๕๒๓', '1980-05-17'], ['17 พฤษภา 2523', '1980-05-17'],
    ['17 พฤษภาคม ค.ศ. 1980', '1980-05-17'], ['1980-05-17', '1980-05-17'], ['2523-5-17', '1980-05-17'], ['17052523', '1980-05-17'],
    ['2523', '1980'], ['พ.ศ. 2523', '1980'], ['ปี ๒๕๒๓', '1980'], ['1980', '1980'], ['5/2523', '1980-05'], ['ก.พ. 2523', '1980-02'],
    ['29/2/2543', '2000-02-29'], ['29 ก.พ. 2567', '2024-02-29'], ['1 ธ.ค. 2400', '1857-12-01'], ['พ.ศ. 2393', '1850'],
  ]
  for (const [text, iso] of read) test(`${text} is ${iso}`, () => assert.equal((parseThaiDate(text) as { iso?: string }).iso, iso))
  const refused: [text: string, problem: string][] = [
    ['', 'empty'], ['  ', 'empty'], ['ไม่ทราบ', 'unreadable'], ['17/5', 'two_digit_year'], ['17/5/23', 'two_digit_year'], ['23', 'two_digit_year'],
    ['29/2/2566', 'day'], ['29/2/2443', 'day'], ['31/4/2566', 'day'], ['0/4/2566', 'day'], ['17/13/2566', 'month'], ['17 ชวด 2566', 'month'],
    ['1/1/2300', 'year'], ['1/1/1849', 'year'], ['พ.ศ. 1980', 'year'], ['ค.ศ. 2523', 'year'], ['1/2/3/2566', 'unreadable'], ['17+5+2523', 'unreadable'],
  ]
  for (const [text, problem] of refused)
    test(`${text || 'nothing'} is refused: ${problem}`, () => assert.deepEqual(parseThaiDate(text), { problem }))
  test('keeps how much of it is known', () => {
    assert.deepEqual(['2523', '5/2523', '17/5/2523'].map((text) => (parseThaiDate(text) as { precision: string }).precision), ['year', 'month', 'day'])
  })
})

describe('A date on the screen', () => {
  test('is in พ.ศ. with as much as is known', () => {
    assert.equal(formatThaiDate('1980-05-17'), '17 พฤษภาคม 2523')
    assert.equal(formatThaiDate('1980-05'), 'พฤษภาคม 2523')
    assert.equal(formatThaiDate('1980'), 'พ.ศ. 2523')
    assert.equal(formatThaiDate('นานแล้ว'), 'นานแล้ว')
  })
  test('reads back as the same date', () => {
    for (const iso of ['1980-05-17', '2000-02-29', '1980-05', '1980'])
      assert.equal((parseThaiDate(formatThaiDate(iso)) as { iso: string }).iso, iso)
  })
})

describe('An ID number', () => {
  const rows: [text: string, problem: string | null][] = [
    ['1990100000011', null], ['๑-๒๓๔๕-๔๕๖๗๘-๗๘-๑', null], ['1 2345 45678 78 1', null],
    ['1990100000012', 'checksum'], ['199010000001', 'length'], ['19901000000111', 'length'], ['199010000001x', 'length'], ['9990100000011', 'first_digit'],
  ]
  for (const [text, problem] of rows) test(`${text}: ${problem ?? 'sound'}`, () => assert.equal(thaiIdProblem(text), problem))
  test('may begin with 0', () => assert.notEqual(thaiIdProblem('0990100000011'), 'first_digit'))
})

test('Thai digits are digits', () => assert.equal(toArabicDigits('๐๑๒๓๔๕๖๗๘๙ บาท 5'), '0123456789 บาท 5'))

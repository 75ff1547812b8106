/** What the boxes of the screens make of what people type. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { digitsOf, ticked } from '../../webapp/client/ui/choices.ts'
import { isoOf, problemOf } from '../../webapp/client/ui/date-field.ts'
import { dayInThailand, daysIn, gregorianYear, thaiDate, thaiTime } from '../../webapp/client/ui/dates.ts'
import { parseNumber, withCommas } from '../../webapp/client/ui/fields.ts'
import { addTexts, hasText, t } from '../../webapp/client/ui/language.ts'
import { interviewPath, parsePath } from '../../webapp/client/ui/router.ts'

describe('A number somebody typed', () => {
  test('may have Thai digits and thousands commas', () => {
    assert.equal(parseNumber('๓๘,๐๐๐'), 38000)
    assert.equal(parseNumber('38 000'), 38000)
  })
  test('is none when it is something else', () => {
    for (const text of ['', 'สามหมื่น', '-5', '1.5', '12a', '1e3']) assert.equal(parseNumber(text), null, text)
    assert.equal(parseNumber('1.5', true), 1.5)
  })
  test('is shown with commas', () => {
    assert.equal(withCommas(1234567), '1,234,567')
    assert.equal(withCommas(999.5), '999.5')
    assert.equal(withCommas(1000.1234), '1,000.1234')
  })
})

describe('A date in three boxes', () => {
  const typed = (day: string, month: string, year: string) => ({ day, month, year })
  test('is in พ.ศ., or in ค.ศ. when it can be nothing else', () => {
    assert.equal(isoOf(typed('17', '5', '2523'), false), '1980-05-17')
    assert.equal(isoOf(typed('๑๗', '5', '๒๕๒๓'), false), '1980-05-17')
    assert.equal(isoOf(typed('17', '5', '1980'), false), '1980-05-17')
  })
  test('may be the year alone where it is a birth date, and nowhere else', () => {
    assert.equal(isoOf(typed('', '', '2523'), true), '1980')
    assert.equal(isoOf(typed('', '5', '2523'), true), '1980-05')
    assert.equal(isoOf(typed('', '', '2523'), false), '')
  })
  test('is no date while it is half typed, or on a day that never was', () => {
    for (const parts of [typed('17', '', '2523'), typed('17', '5', '25'), typed('30', '2', '2523'), typed('29', '2', '2524')]) {
      assert.equal(isoOf(parts, true), '', JSON.stringify(parts))
    }
    assert.equal(isoOf(typed('29', '2', '2523'), true), '1980-02-29')
  })
  test('says what is wrong with it, and nothing while it is being typed', () => {
    assert.equal(problemOf(typed('', '', '25')), '')
    assert.equal(problemOf(typed('', '', '2300')), 'shell.date_year_problem')
    assert.equal(problemOf(typed('32', '', '')), 'shell.date_day_problem')
    assert.equal(problemOf(typed('31', '4', '2523')), 'shell.date_none')
  })
})

describe('A date on screen', () => {
  test('has a Buddhist year and a Thai month', () => {
    assert.equal(thaiDate('2026-11-23'), '23 พ.ย. 2569')
    assert.equal(thaiDate('1980', true), '2523')
    assert.equal(thaiDate('1980-05', true), 'พฤษภาคม 2523')
  })
  test('is left out of a time of today', () => {
    const now = new Date('2026-11-23T18:00:00+07:00')
    assert.equal(thaiTime(new Date('2026-11-23T09:05:00+07:00'), now), '09:05 น.')
    assert.equal(thaiTime(new Date('2026-11-22T09:05:00+07:00'), now), '22 พ.ย. 2569 09:05 น.')
  })
  test('is that of Thailand, wherever the phone thinks it is', () => {
    assert.equal(dayInThailand(new Date('2026-11-23T23:30:00Z')), '2026-11-24')
    assert.equal(dayInThailand(new Date('2026-11-23T16:59:00Z')), '2026-11-23')
    assert.equal(thaiTime('2026-11-23T23:30:00Z', new Date('2026-11-24T01:00:00Z')), '06:30 น.')
  })
  test('knows leap years and which calendar a year is of', () => {
    assert.deepEqual([daysIn(2024, 2), daysIn(1900, 2), daysIn(2000, 2), daysIn(2023, 4)], [29, 28, 29, 30])
    assert.deepEqual([gregorianYear(2569), gregorianYear(1980), gregorianYear(2300), gregorianYear(25)], [2026, 1980, null, null])
  })
})

describe('Options', () => {
  const options = [{ name: 'a', label_th: 'ก' }, { name: 'b', label_th: 'ข' }, { name: 'none', label_th: 'ไม่มี', exclusive: true }]
  test('an exclusive one stands alone', () => {
    assert.deepEqual(ticked(options, ['a', 'b'], 'none'), ['none'])
    assert.deepEqual(ticked(options, ['none'], 'b'), ['b'])
    assert.deepEqual(ticked(options, ['b'], 'a'), ['a', 'b'])
    assert.deepEqual(ticked(options, ['a', 'b'], 'a'), ['b'])
  })
  test('are chosen by the paper form’s codes where all have one digit', () => {
    assert.deepEqual(digitsOf([{ name: 'y', label_th: '', code: '1' }, { name: 'n', label_th: '', code: '0' }]), ['1', '0'])
    assert.deepEqual(digitsOf([{ name: 'y', label_th: '', code: '10' }, { name: 'n', label_th: '' }]), ['1', '2'])
  })
})

describe('An address of the app', () => {
  test('names its screen', () => {
    assert.deepEqual(parsePath('/app/interview/i1/question/s6'), { name: 'interview', id: 'i1', step: 'question', part: 's6' })
    assert.deepEqual(parsePath('/app/interview/i1'), { name: 'interview', id: 'i1', step: 'contents', part: '' })
    assert.deepEqual(parsePath('/app/household/h%2F1'), { name: 'household', id: 'h/1' })
    assert.deepEqual(parsePath('/app/outbox'), { name: 'outbox' })
  })
  test('that is unknown or broken is home', () => {
    for (const path of ['/app/', '/app', '/app/nowhere', '/app/interview/', '/app/household/%E0%A4%A']) assert.deepEqual(parsePath(path), { name: 'home' }, path)
  })
  test('is made from its parts', () => assert.equal(interviewPath('i1', 'question/s 6'), '/app/interview/i1/question/s%206'))
})

describe('A text', () => {
  test('is Thai where English has none, and shows its key where neither has', () => {
    addTexts('probe', { th: { hello: 'สวัสดี {name}' } })
    assert.equal(t('probe.hello', { name: 'มานี' }), 'สวัสดี มานี')
    assert.equal(t('probe.hello'), 'สวัสดี {name}')
    assert.equal(t('probe.nothing'), 'probe.nothing')
    assert.equal(hasText('probe.hello'), true)
  })
})

/** The rule language: precedence, unknowns, members, functions. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Interview } from '../../webapp/client/engine/index.ts'
import { anInterview, figure, truth } from './a-version.ts'

type Row = [expression: string, result: boolean | number | null]

const ANSWERS: Interview['answers'] = { '1': 'yes', '2': ['cash', 'bank'], '3': 7, '4': 250, '5': 'ข้อความ', '6': { who: { m1: 'sick', m3: 'away' } } }
const COVER = { code: '๑๒๓', land: 'rented' }

function holds(rows: Row[], more: Partial<Interview> = {}): void {
  for (const [expression, result] of rows)
    test(`${expression} is ${result === null ? 'unknown' : result}`, () => {
      const found = typeof result === 'number' ? figure(expression, more) : truth(expression, more)
      assert.equal(found, result)
    })
}

describe('Precedence', () => holds([
  ['true or false and false', true],
  ['(true or false) and false', false],
  ['not false and false', false],
  ['not (false and false)', true],
  ['not 1 = 2', true],
  ['1 + 2 * 3 = 7', true],
  ['(1 + 2) * 3 = 9', true],
  ['10 - 4 - 3', 3],
  ['24 / 4 / 2', 3],
  ['2 * 3 + 4 * 5', 26],
  ['-2 + 5', 3],
  ['2 - -2', 4],
  ['1.5 * 2', 3],
]))

describe('What is not known', () => holds([
  ['#3 > 0', null],
  ['#3 > 0 or true', true],
  ['#3 > 0 or false', null],
  ['#3 > 0 and false', false],
  ['#3 > 0 and true', null],
  ['not (#3 > 0)', null],
  ['not (#3 > 0 and false)', true],
  ['#3 + 1 > 0', null],
  ['1 / 0 > 0', null],
  ['#1 = yes', null],
  ['#1 != yes', null],
  ['#1 in (yes, no)', null],
  ['if(#1 = yes, true, true)', null],
  ['if(true, 1, #3) = 1', true],
  ['min(1, #3) = 1', null],
  ['known(#3)', false],
  ['answered(#3)', false],
  ['not answered(#6)', true],
  ['count(#6) = 0', null],
  ['has(#2, cash)', null],
  ['is_digits(cover.code, 3)', null],
  ['cover.land = own or not known(cover.land)', true],
]))

describe('What was answered', () => holds([
  ['#1 = yes', true],
  ['yes = #1', true],
  ['#1 != yes', false],
  ['#1 in (no, yes)', true],
  ['not #1 in (no)', true],
  ['#3 in (5, 6, 7)', true],
  ['has(#2, cash) and not has(#2, none)', true],
  ['chosen(#2)', 2],
  ['#3 + #4 = #7', true],
  ['known(#5)', true],
  ['count(#6)', 2],
  ['count(#6, sick)', 1],
  ['count(#6, sick, away)', 2],
  ['eligible(#6)', 3],
  ['eligible(#6.1)', 2],
  ['answered(#6) and known(#6)', true],
  ['cover.land = rented', true],
  ['is_digits(cover.code, 3)', true],
  ['mode = doorstep', true],
  ['#4 > setting.line and setting.strict', true],
], { answers: ANSWERS, cover: COVER }))

describe('About members', () => holds([
  ['members', 3],
  ['people(age >= 15)', 2],
  ['people(age < 15 and age_months > 12)', 1],
  ['people(head)', 1],
  ['people(not head)', 2],
  ['people(sex = female) = 1', null],
  ['people(known(sex) and sex = female)', 1],
  ['people(known(sex) and sex = male)', 1], // the option, though a field is called male too
  ['first(head)', true],
  ['first(age)', 46],
  ['first(sex) = female', true],
  ['people(age > first(age))', 1],
  ['people(person_in(#6, sick))', 1],
  ['people(person_in(#6))', 2],
  ['duplicated(number)', true],
  ['duplicated(name)', false],
  ['people(duplicated(number))', 2],
  ['people(is_digits(number, 2))', 3],
  ['people(is_thai_id(number))', 0],
], { answers: ANSWERS }))

describe('Numbers', () => holds([
  ['floor(7 / 2)', 3],
  ['floor(-7 / 2)', -4],
  ['min(3, 1, 2)', 1],
  ['max(3, 1, 2)', 3],
  ['if(2 > 1, 10, 20)', 10],
  ['floor(#4 / members)', 83],
  ['0.1 + 0.2 = 0.3', false],
], { answers: ANSWERS }))

describe('A member of whom something is unknown', () => {
  test('makes counts unknown', () => {
    const { members } = anInterview()
    assert.equal(figure('people(age >= 15)', { members: [...members, { id: 'm4' }] }), null)
    assert.equal(figure('eligible(#6)', { members: [...members, { id: 'm4' }] }), 4)
  })
  test('is not in the household when nobody is', () => {
    assert.equal(figure('members', { members: [] }), 0)
    assert.equal(truth('first(head)', { members: [] }), null)
  })
})

describe('A long rule', () => {
  test('may have hundreds of terms', () => {
    assert.equal(figure(Array(400).fill('1').join(' + ')), 400)
    assert.equal(truth(Array(200).fill('true').join(' and ')), true)
  })
  test('may be nested 31 deep', () => {
    assert.equal(figure(`${'('.repeat(31)}1${')'.repeat(31)}`), 1)
  })
})

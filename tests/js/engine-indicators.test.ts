/** Results of indicators: met, not met, not assessed, undecided. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Indicator, Interview, Question } from '../../webapp/client/engine/index.ts'
import { aVersion, anInterview, people, question } from './a-version.ts'

const options = [{ name: 'yes', label_th: 'ใช่' }, { name: 'no', label_th: 'ไม่' }]
const QUESTIONS: Question[] = [
  question('1', 'choice', { options }),
  question('2', 'choice', { options }),
  people('3', ['failing', 'other'], { eligible: 'age >= 15' }),
  people('4', ['failing'], { eligible: 'age < 15' }),
]

function indicator(more: Partial<Indicator>): Indicator {
  const texts = { name_th: 'ชื่อ', plain_th: 'ชื่อ', advice_th: 'คำแนะนำ', source: 'test', confidence: 'seen' }
  return { no: 1, category_no: 1, unit: 'household', ...texts, ...more }
}

function result(more: Partial<Indicator>, interview: Partial<Interview>): unknown[] {
  const compiled = compile(aVersion({ questions: QUESTIONS, indicators: [indicator(more)] }))
  const { result, eligible, failing, members } = evaluate(compiled, anInterview(interview)).indicators[0]!
  return [result, eligible, failing, members]
}

describe('A household indicator', () => {
  const met = '#1 = yes and #2 = yes'
  const rows: [answers: Interview['answers'], expected: unknown[]][] = [
    [{ '1': 'yes', '2': 'yes' }, ['met', 1, 0, []]],
    [{ '1': 'yes', '2': 'no' }, ['not_met', 1, 1, []]],
    [{ '1': 'no' }, ['not_met', 1, 1, []]],
    [{ '1': 'yes' }, ['undecided', 1, null, []]],
    [{}, ['undecided', 1, null, []]],
  ]
  for (const [answers, expected] of rows)
    test(`with ${JSON.stringify(answers)} is ${String(expected[0])}`, () => assert.deepEqual(result({ met }, { answers }), expected))
  test('that does not apply is not assessed', () => {
    assert.deepEqual(result({ met, applies: 'members > 5' }, {}), ['not_assessed', 0, 0, []])
    assert.deepEqual(result({ met, applies: '#1 = no' }, {}), ['undecided', null, null, []])
  })
})

describe('A person indicator', () => {
  const parts: Partial<Indicator> = {
    unit: 'person', eligible: [{ question: '3' }, { question: '4' }], failing: [{ question: '3', groups: ['failing'] }, { question: '4' }],
  }
  const rows: [why: string, answers: Interview['answers'], expected: unknown[]][] = [
    ['nobody failing', { '3': { who: { m1: 'other' } }, '4': { who: {} } }, ['met', 3, 0, []]],
    ['somebody failing', { '3': { who: { m1: 'failing' } }, '4': { who: { m3: 'failing' } } }, ['not_met', 3, 2, ['m1', 'm3']]],
    ['a known failure and a part unanswered', { '3': { who: { m1: 'failing' } } }, ['not_met', 3, 1, ['m1']]],
    ['no failure and a part unanswered', { '3': { who: {} } }, ['undecided', 3, null, []]],
  ]
  for (const [why, answers, expected] of rows) test(`with ${why} is ${String(expected[0])}`, () => assert.deepEqual(result(parts, { answers }), expected))
  test('with nobody eligible is not assessed', () => {
    const alone = { ...parts, eligible: [{ question: '4' }], failing: [{ question: '4' }] }
    assert.deepEqual(result(alone, { members: anInterview().members.slice(0, 2) }), ['not_assessed', 0, 0, []])
  })
  test('counts a person once, though two parts name them', () => {
    const twice = { ...parts, eligible: [{ question: '3' }], failing: [{ question: '3' }, { question: '3', groups: ['failing'] }] }
    assert.deepEqual(result(twice, { answers: { '3': { who: { m2: 'failing' } } } }), ['not_met', 2, 1, ['m2']])
  })
  test('leaves a part out whose condition is false', () => {
    const off = { ...parts, eligible: [{ question: '3' }], failing: [{ question: '3' }, { question: '4', when: 'not setting.strict' }] }
    assert.deepEqual(result(off, { answers: { '3': { who: {} }, '4': { who: { m3: 'failing' } } } }), ['met', 2, 0, []])
  })
  test('on paper adds the counts up, names nobody, and never exceeds the eligible', () => {
    const paper = (failing: number) => ({ mode: 'paper' as const, answers: { '3': { count: { failing } }, '4': { count: {} } } })
    assert.deepEqual(result(parts, paper(2)), ['not_met', 3, 2, []])
    assert.deepEqual(result(parts, paper(9)), ['not_met', 3, 3, []])
    assert.deepEqual(result(parts, paper(-1)), ['undecided', 3, null, []])
  })
  test('is undecided while somebody’s eligibility is', () => {
    const members = [...anInterview().members, { id: 'm4' }]
    assert.deepEqual(result(parts, { members, answers: { '3': { who: {} }, '4': { who: {} } } }), ['undecided', null, null, []])
  })
})

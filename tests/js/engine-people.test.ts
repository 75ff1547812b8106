/** Questions about people: by name at the doorstep, by count on paper. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Evaluation, Interview, Question, QuestionState } from '../../webapp/client/engine/index.ts'
import { aVersion, anInterview, people, question } from './a-version.ts'

function evaluated(questions: Question[], more: Partial<Interview>): Evaluation {
  return evaluate(compile(aVersion({ questions })), anInterview(more))
}

const stateOf = (questions: Question[], id: string, more: Partial<Interview>): QuestionState => evaluated(questions, more).questions[id]!

const CHECKED = people('1', ['not_checked'], { eligible: 'age >= 15' })
const SCREENED = people('2', ['not_screened'], { among: { question: '1', groups: ['not_checked'] } })
const CONTENT = people('3', ['unhappy'], { among: { question: '1', others: true } })
const ABOUT_CHECKS = [CHECKED, SCREENED, CONTENT]

describe('A question about people', () => {
  test('is about those eligible, by the member table', () => {
    const state = stateOf([CHECKED], '1', {})
    assert.deepEqual(state, { applies: true, answered: false, declined: false, eligible: 2, eligible_members: ['m1', 'm2'], count: null })
  })
  test('does not apply, and counts nobody, when nobody is eligible', () => {
    const { members } = anInterview()
    const state = stateOf([CHECKED], '1', { members: members.slice(2) })
    assert.deepEqual([state.applies, state.eligible, state.count], [false, 0, 0])
  })
  test('answered with nobody named means that everybody is fine', () => {
    assert.equal(stateOf([CHECKED], '1', { answers: { '1': { who: {} } } }).count, 0)
  })
  test('ignores people who are not eligible or not here', () => {
    const answers = { '1': { who: { m1: 'not_checked', m3: 'not_checked', m9: 'not_checked' } } }
    assert.equal(stateOf([CHECKED], '1', { answers }).count, 1)
  })
  test('counts are unknown while somebody may or may not be eligible', () => {
    const members = [...anInterview().members, { id: 'm4' }]
    const state = stateOf([CHECKED], '1', { members, answers: { '1': { who: {} } } })
    assert.deepEqual([state.applies, state.eligible, state.count], [true, null, null])
  })
  test('declined counts as unanswered, but is not missing', () => {
    const found = evaluated([CHECKED], { answers: { '1': { who: {} } }, declined: ['1'] })
    assert.deepEqual([found.questions['1']!.answered, found.questions['1']!.count, found.missing], [false, null, []])
  })
  test('is not about somebody born after the interview, unless it is about everybody', () => {
    const members = [...anInterview().members, { id: 'm4', birth: '2026-11-24' }]
    const older = people('4', ['a'], { eligible: 'not (age < 15)' })
    const younger = people('5', ['a'], { eligible: 'age < 15 or age_months <= 12' })
    const found = evaluated([older, younger, people('6', ['a'])], { members })
    assert.deepEqual(['4', '5', '6'].map((id) => found.questions[id]!.eligible), [2, 1, 4])
    assert.deepEqual(found.ages['m4'], { years: null, months: null })
  })
})

describe('A question about people named by another', () => {
  const answers = { '1': { who: { m2: 'not_checked' } } }
  test('is about those in its groups, or about the others eligible there', () => {
    const { questions } = evaluated(ABOUT_CHECKS, { answers })
    assert.deepEqual([questions['2']!.eligible_members, questions['3']!.eligible_members], [['m2'], ['m1']])
  })
  test('waits for the other question', () => {
    const { questions, missing } = evaluated(ABOUT_CHECKS, {})
    assert.deepEqual([questions['2']!.applies, questions['2']!.eligible, questions['2']!.count], [null, null, null])
    assert.deepEqual(missing, ['1'])
  })
})

describe('On paper', () => {
  const paper = (answers: Interview['answers']) => ({ mode: 'paper' as const, answers })
  test('counts are the form’s; a group left out counts 0', () => {
    const asked = people('4', ['a', 'b'])
    assert.equal(stateOf([asked], '4', paper({ '4': { count: { a: 2 } } })).count, 2)
    assert.equal(stateOf([asked], '4', paper({ '4': { count: {} } })).count, 0)
  })
  test('people named by another question are a number', () => {
    const { questions } = evaluated(ABOUT_CHECKS, paper({ '1': { count: { not_checked: 1 } } }))
    assert.deepEqual([questions['2']!.eligible, questions['3']!.eligible], [1, 1])
    assert.equal('eligible_members' in questions['2']!, false)
  })
  test('no more are named than the other question is about', () => {
    const { questions } = evaluated(ABOUT_CHECKS, paper({ '1': { count: { not_checked: 3 } } }))
    assert.deepEqual([questions['1']!.eligible, questions['2']!.eligible, questions['3']!.eligible], [2, 2, 0])
  })
  test('names are no answer, and at the doorstep counts are none', () => {
    assert.equal(stateOf([CHECKED], '1', paper({ '1': { who: {} } })).answered, false)
    assert.equal(stateOf([CHECKED], '1', { answers: { '1': { count: {} } } }).answered, false)
  })
  test('of people in several groups at least the largest group is counted', () => {
    const asked = people('4', ['a', 'b'], { multiple: true })
    assert.equal(stateOf([asked], '4', paper({ '4': { count: { a: 2, b: 1 } } })).count, 2)
  })
  test('the form’s own total is compared by rules and used by nothing else', () => {
    const total = question('4', 'derived', { value: 'people(age >= 15)', paper: true })
    const rules = ['#4 != people(age >= 15)', 'answered(#4)'].map((fails_when, place) => ({ ...aRule(String(place)), fails_when }))
    const version = compile(aVersion({ questions: [total], rules }))
    const found = evaluate(version, anInterview(paper({ '4': 5 })))
    assert.deepEqual([found.values['4'], found.failures.map(({ id }) => id)], [2, ['0', '1']])
    assert.deepEqual(evaluate(version, anInterview({ answers: { '4': 5 } })).failures, [])
  })
})

const aRule = (id: string) =>
  ({ id, code: id, severity: 'hard', scope: 'household', about: ['4'], message_th: 'ข้อความ', source: 'test', confidence: 'seen' }) as const

describe('Groups with a condition of their own', () => {
  const groups = [
    { name: 'young', label_th: 'เด็ก', where: 'age < 15' },
    { name: 'grown', label_th: 'ผู้ใหญ่', where: 'age >= 15' },
  ]
  test('are followed by the person, whatever was tapped', () => {
    const asked = people('4', [], { groups })
    const state = stateOf([asked], '4', { answers: { '4': { who: { m1: 'young' } } } })
    assert.equal(state.count, 1)
    assert.deepEqual(state.open_groups, { m1: ['grown'], m2: ['grown'], m3: ['young'] })
  })
  test('are one of them for who was named, also while nobody knows which', () => {
    const asked = people('4', [], { groups })
    const members = [{ id: 'm1', birth: '1980' }, { id: 'm2' }]
    const version = compile(aVersion({ questions: [asked, question('5', 'number', { asked_if: 'count(#4) > 0' }), question('6', 'number', { asked_if: 'count(#4, young) > 0' })] }))
    const { questions } = evaluate(version, anInterview({ members, answers: { '4': { who: { m2: 'young' } } } }))
    assert.deepEqual([questions['4']!.count, questions['5']!.applies, questions['6']!.applies], [1, true, null])
  })
  test('drop who does not fit, where a person may be in several', () => {
    const asked = people('4', [], { groups, multiple: true })
    assert.equal(stateOf([asked], '4', { answers: { '4': { who: { m1: ['young'], m3: ['young', 'grown'] } } } }).count, 1)
  })
})

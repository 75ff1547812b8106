/** What the screens of an interview say: numbers as they are typed, answers, results, failures, people's groups. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Definition, Evaluation, Failure, Indicator, Interview, Result } from '../../webapp/client/engine/types.ts'
import type { InterviewDocument } from '../../webapp/client/interview/context.ts'
import { saidOfOne } from '../../webapp/client/interview/people-answer.ts'
import { groupByTap } from '../../webapp/client/interview/people-groups.ts'
import { grouped } from '../../webapp/client/interview/question-amount.ts'
import { inWords } from '../../webapp/client/interview/question-answer.ts'
import { failuresBeside } from '../../webapp/client/interview/question-failures.ts'
import { paperNumber } from '../../webapp/client/interview/question-order.ts'
import { unasked } from '../../webapp/client/interview/question-unasked.ts'
import { resultTold, screenOfIndicator } from '../../webapp/client/interview/result-order.ts'
import { anInterview, aVersion, people, question, readVersion } from './a-version.ts'

describe('Baht while they are typed', () => {
  const typed = (text: string) => {
    const { text: shown, caret } = grouped(text.replace('|', ''), text.indexOf('|'))
    return `${shown.slice(0, caret)}|${shown.slice(caret)}`
  }

  test('have their thousands apart and the caret where it was', () => {
    assert.equal(typed('1234|'), '1,234|')
    assert.equal(typed('1,2345|'), '12,345|')
    assert.equal(typed('9|1,234'), '9|1,234')
    assert.equal(typed('1,|234'), '1|,234')
    assert.equal(typed('|'), '|')
  })

  test('may have Thai digits and satang, and nothing that is no number', () => {
    assert.equal(typed('๓๘๐๐๐|'), '38,000|')
    assert.equal(typed('1500.505|'), '1,500.50|')
    assert.equal(typed('-12a|'), '12|')
    assert.equal(typed('007|'), '7|')
  })
})

describe('An answer in words', () => {
  const options = [{ name: 'yes', label_th: 'มี' }, { name: 'no', label_th: 'ไม่มี' }]
  const asked = people('p', ['sick', 'away'])

  test('is said as the questionnaire says it', () => {
    assert.equal(inWords(question('a', 'choice', { options }), 'no'), 'ไม่มี')
    assert.equal(inWords(question('a', 'choices', { options }), ['yes', 'no']), 'มี, ไม่มี')
    assert.equal(inWords(question('a', 'amount', { unit: 'บาท' }), 38000), '38,000 บาท')
    assert.equal(inWords(question('a', 'text'), 'ข้าว'), 'ข้าว')
  })

  test('about people counts them, by name as on paper', () => {
    assert.equal(inWords(asked, { who: {} }), 'ทุกคน')
    assert.equal(inWords(asked, { who: { m1: 'sick', m2: ['sick', 'away'] } }), 'sick 2, away 1')
    assert.equal(inWords(asked, { count: { sick: 2, away: 0 } }), 'sick 2')
  })

  test('of everyone is said of one', () => {
    assert.equal(saidOfOne('ได้รับการตรวจทุกคน'), 'ได้รับการตรวจ')
    assert.equal(saidOfOne('ไม่มี'), 'ไม่มี')
    assert.equal(saidOfOne('ทุกคน'), '')
  })

  test('has the number of the paper form', () => {
    assert.deepEqual(['14.3.amount', '22.3.1.1', 'happiness'].map(paperNumber), ['14.3', '22.3.1.1', ''])
  })
})

describe('One tap where the groups have conditions', () => {
  const bands = people('drink', [], { groups: [{ name: 'young', label_th: '', where: 'age < 15' }, { name: 'grown', label_th: '', where: 'age >= 15' }] })
  const version = aVersion({ questions: [bands] })

  test('puts each person in the one that fits', () => {
    assert.equal(groupByTap(version, bands, anInterview(), 'm1'), 'grown')
    assert.equal(groupByTap(version, bands, anInterview(), 'm3'), 'young')
  })

  test('takes the first while the age is unknown', () => {
    const nobodyKnows = anInterview({ members: [{ id: 'm9' }] })
    assert.equal(groupByTap(version, bands, nobodyKnows, 'm9'), 'young')
  })
})

describe('An answer that is no longer asked', () => {
  test('is found once it certainly does not apply, not while that is unknown', () => {
    const version = compile(aVersion())
    const answers = { '6.1': { who: {} }, '3': 4 }
    const left = (gate: Record<string, string>) => {
      const document = anInterview({ answers: { ...gate, ...answers } })
      return unasked(document as unknown as InterviewDocument, evaluate(version, document))
    }
    assert.deepEqual(left({ 1: 'no' }), ['6.1'])
    assert.deepEqual(left({ 1: 'yes' }), [])
    assert.deepEqual(left({}), [])
  })
})

describe('A failure', () => {
  test('is shown once, beside the last question it is about', () => {
    const failure = { id: 'R', code: 'R', severity: 'hard', about: ['a', 'b', 'x'], message_th: '' } as Failure
    const beside = failuresBeside([question('a', 'number'), question('b', 'number'), question('c', 'number')], [failure])
    assert.deepEqual([...beside.keys()], ['b'])
  })
})

describe('The result told at the door', () => {
  const indicator = (no: number, category_no: number) => ({ no, category_no, name_th: '', plain_th: '', advice_th: '' }) as Indicator
  const result = (no: number, said: Result) => ({ no, unit: 'household', result: said, eligible: 1, failing: 0, members: [] })
  const definition = {
    indicators: [indicator(1, 1), indicator(2, 1), indicator(3, 2), indicator(4, 1)],
    sections: [{ category_no: 1, title_th: 'สุขภาพ', screens: [{ id: 's1', indicator: 1, questions: [] }] }],
  } as unknown as Definition
  const evaluation = { indicators: [result(1, 'met'), result(2, 'not_met'), result(3, 'not_assessed'), result(4, 'undecided')] } as unknown as Evaluation

  test('begins with what is not met, then goes by category', () => {
    const told = resultTold(definition, evaluation)
    assert.deepEqual(told.notMet.map((one) => one.indicator.no), [2])
    assert.deepEqual(told.categories.map((one) => [one.title_th, one.told.map(({ result }) => result.no)]), [['สุขภาพ', [2, 4, 1]], [null, [3]]])
    assert.deepEqual(told.counts, { met: 1, not_met: 1, not_assessed: 1, undecided: 1 })
  })

  test('leads to the questions of an indicator, where there are some', () => {
    const { told } = resultTold(definition, evaluation).categories[0]!
    const leads = (no: number) => screenOfIndicator(definition, { ...evaluation, questions: {} }, told.find(({ indicator }) => indicator.no === no)!)
    assert.deepEqual([leads(1), leads(2)], ['s1', null])
  })

  test('leads to what decides it in this household', () => {
    const version = readVersion('bmn-31')
    const leads = (no: number, answers: Interview['answers'], declined: string[] = []) => {
      const found = evaluate(compile(version), { ...anInterview({ answers, declined }), members: [{ id: 'm1', birth: '1980' }] })
      const told = resultTold(version, found).categories.flatMap((category) => category.told)
      return screenOfIndicator(version, found, told.find(({ indicator }) => indicator.no === no)!)
    }
    assert.equal(leads(31, { '31.2.1': 'no', '31.2.2': 'no' }), 's31_alone') // not the page for families
    assert.equal(leads(6, { '6.4': { who: { m1: 'not_checked' } } }), 's6_check') // not their insurance
    assert.equal(leads(12, { '12.1': 'not_disturbed', '12.2': 'not_disturbed', '12.3': 'not_disturbed' }), 's12_more')
    assert.equal(leads(12, { '12.1': 'disturbed' }), 's12')
    assert.equal(leads(14, {}, ['14.1', '14.2', '14.3', '14.5', '14.6']), 's14')
  })
})

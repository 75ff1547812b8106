/** Asking the questions: what comes after what, how people are answered, what the shortcut and the finish do. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Definition, Evaluation, Question } from '../../webapp/client/engine/types.ts'
import { firstUnfinished, partState } from '../../webapp/client/interview/contents-state.ts'
import type { InterviewDocument } from '../../webapp/client/interview/context.ts'
import { blockers, confirmDate, isDateConfirmed } from '../../webapp/client/interview/finish-checks.ts'
import { noParadata } from '../../webapp/client/interview/paradata.ts'
import { among, counted, countsTooMany, groupsOf, nobody, placed, saysNobody, styleOf, toggled } from '../../webapp/client/interview/people-answer.ts'
import { answer, decline } from '../../webapp/client/interview/question-answer.ts'
import { stepOf } from '../../webapp/client/interview/question-failures.ts'
import { placesOf, standingOf } from '../../webapp/client/interview/question-order.ts'
import { applyUsual, usualAnswers } from '../../webapp/client/interview/section-usual.ts'

const question = (id: string, more: Partial<Question> = {}): Question =>
  ({ id, kind: 'choice', text_th: id, required: true, sensitive: false, source: '', confidence: '', ...more })
const screen = (id: string, questions: string[]) => ({ id, title_th: id, indicator: null, questions })
const definition = {
  cover: [], members: [], indicators: [],
  questions: [question('a', { usual: 'yes' }), question('b', { usual: 'yes' }), question('sum', { kind: 'derived', paper: true }), question('c'), question('off')],
  sections: [
    { id: 'one', enabled: true, screens: [screen('s1', ['a', 'b']), screen('s2', ['sum']), screen('s3', ['c'])] },
    { id: 'annex', enabled: false, screens: [screen('s9', ['off'])] },
  ],
} as unknown as Definition

function evaluated(states: Record<string, { applies?: boolean | null; answered?: boolean }>, more: Partial<Evaluation> = {}): Evaluation {
  const questions = Object.fromEntries(['a', 'b', 'sum', 'c', 'off'].map((id) => [id, { applies: true, answered: false, declined: false, ...states[id] }]))
  return { questions, missing: [], values: {}, failures: [], indicators: [], ages: {}, ...more } as Evaluation
}
const interview = () => ({
  answers: {}, declined: [], explanations: {}, evidence: [], members: [], date: '2026-11-23', outcome: 'interviewed', paradata: noParadata(),
}) as unknown as InterviewDocument

describe('The way through the questions', () => {
  const ids = (evaluation: Evaluation, mode: 'doorstep' | 'paper' = 'doorstep') => placesOf(definition, evaluation, mode).map((place) => place.screen.id)
  test('goes over screens with something to ask, in sections that are switched on', () => {
    assert.deepEqual(ids(evaluated({})), ['s1', 's3'])
    assert.deepEqual(ids(evaluated({ c: { applies: false } })), ['s1'])
    assert.deepEqual(ids(evaluated({ a: { applies: null }, b: { applies: false } })), ['s3'])
  })
  test('stops at a count only where the paper has one', () => {
    assert.deepEqual(ids(evaluated({}), 'paper'), ['s1', 's2', 's3'])
  })
  test('knows the neighbours of a screen that has just become empty', () => {
    const standing = standingOf(definition, placesOf(definition, evaluated({}), 'doorstep'), 's2')
    assert.deepEqual([standing.place, standing.before?.screen.id, standing.after?.screen.id], [null, 's1', 's3'])
  })
  test('leads from what is missing to the screen that asks it', () => {
    assert.equal(stepOf(definition, 'c'), 'question/s3')
    assert.equal(stepOf(definition, 'cover.soi'), 'cover')
    assert.equal(stepOf(definition, 'members.m2.sex'), 'member/m2')
    assert.equal(stepOf(definition, 'members.sex', 'm1'), 'member/m1')
    assert.equal(stepOf(definition, 'members.sex'), 'members')
  })
})

describe('A question about people', () => {
  const group = (name: string, where?: string) => ({ name, label_th: name, ...(where ? { where } : {}) })
  const people = (groups: ReturnType<typeof group>[], multiple = false) => question('p', { kind: 'people', groups, multiple })
  test('needs one tap a person where the group is known by itself', () => {
    assert.equal(styleOf(people([group('x')])), 'one_tap')
    assert.equal(styleOf(people([group('x', 'age < 15'), group('y', 'age >= 15')])), 'one_tap')
    assert.equal(styleOf(people([group('x'), group('y')])), 'segments')
    assert.equal(styleOf(people([group('x')], true)), 'chips')
  })
  test('is answered for all by one tap, and for one by another', () => {
    assert.equal(saysNobody(nobody('doorstep')), true)
    const one = placed({ who: {} }, 'm1', 'x')
    assert.deepEqual(one, { who: { m1: 'x' } })
    assert.deepEqual(placed(one, 'm1', null), { who: {} })
    assert.equal(saysNobody(undefined), false)
  })
  test('holds several groups of a person where it may', () => {
    const both = toggled(toggled(null, 'm1', 'x'), 'm1', 'y')
    assert.deepEqual(groupsOf(both, 'm1'), ['x', 'y'])
    assert.deepEqual(toggled(toggled(both, 'm1', 'x'), 'm1', 'y'), { who: {} })
  })
  test('forgets who is no longer asked about', () => {
    assert.deepEqual(among({ who: { m1: 'x', m2: 'x' } }, [{ id: 'm2' }]), { who: { m2: 'x' } })
  })
  test('takes the paper’s counts, and says when they are too many', () => {
    const value = counted(counted(null, 'x', 2), 'y', 1)
    assert.deepEqual(value, { count: { x: 2, y: 1 } })
    const groups = [group('x'), group('y')]
    assert.equal(countsTooMany(people(groups), value, 2), true)
    assert.equal(countsTooMany(people(groups, true), value, 2), false)
    assert.equal(countsTooMany(people(groups), value, null), false)
  })
})

describe('ทุกข้อปกติ', () => {
  const section = definition.sections[0]!
  test('answers what is asked, unanswered and usual, and is on record', () => {
    const document = interview()
    const usual = usualAnswers(definition, section, evaluated({ a: { answered: true } }), 'doorstep')
    assert.deepEqual(usual.map((one) => one.question.id), ['b'])
    applyUsual(document, section, usual, new Date('2026-11-23T03:00:00Z'))
    assert.deepEqual(document.answers, { b: 'yes' })
    assert.deepEqual(document.paradata.shortcuts, [{ section: 'one', at: '2026-11-23T03:00:00.000Z' }])
  })
  test('names nobody on paper', () => {
    const one = { ...definition, questions: [question('a', { kind: 'people', usual: { who: {} } })] } as Definition
    assert.deepEqual(usualAnswers(one, section, evaluated({}), 'paper')[0]?.value, { count: {} })
  })
})

describe('An answer', () => {
  test('is declined or given, never both', () => {
    const document = interview()
    answer(document, 'a', 'yes')
    decline(document, 'a', true)
    assert.deepEqual([document.answers, document.declined], [{}, ['a']])
    answer(document, 'a', 'no')
    assert.deepEqual([document.answers, document.declined], [{ a: 'no' }, []])
  })
  test('corrected after the result was seen is counted once', () => {
    const document = interview()
    answer(document, 'a', 'yes')
    assert.equal(document.paradata.edits_after_result, 0)
    document.paradata.section_seconds.result = 4
    answer(document, 'b', 1)
    answer(document, 'b', 12)
    answer(document, 'a', 'no')
    assert.equal(document.paradata.edits_after_result, 2)
  })
})

describe('The end of an interview', () => {
  const failure = { id: 'R1', code: 'R1', severity: 'hard' as const, about: ['c'], member: 'm1', message_th: '' }
  test('waits for answers, failures, evidence and the date, each with its way out', () => {
    const document = interview()
    const evaluation = evaluated({}, { missing: ['c'], failures: [failure] })
    assert.deepEqual(blockers(document, evaluation, false), ['answers', 'failures', 'evidence', 'date'])
    document.missing_note = 'ผู้ให้ข้อมูลไม่ทราบ'
    document.explanations['R1:m1'] = 'ถูกต้องแล้ว'
    document.evidence.push({ kind: 'other', note: 'ลายนิ้วมือบนกระดาษ' })
    confirmDate(document, true)
    assert.deepEqual(blockers(document, evaluation, isDateConfirmed(document)), [])
    assert.equal(isDateConfirmed({ ...document, evidence: [] }), true)
    document.date = '2026-11-22'
    assert.equal(isDateConfirmed(document), false)
  })
  test('waits for nothing where nobody was interviewed', () => {
    const document = { ...interview(), outcome: 'empty' as const }
    assert.deepEqual(blockers(document, evaluated({}, { missing: ['c'] }), false), [])
  })
  test('begins again at the first screen that lacks something', () => {
    const document = interview()
    const evaluation = evaluated({}, { missing: ['c', 'cover.soi'], failures: [failure] })
    assert.equal(firstUnfinished(document, evaluation, placesOf(definition, evaluation, 'doorstep'))?.screen.id, 's3')
    assert.deepEqual(partState(document, evaluation, ['c']), { missing: 1, toFix: 1, toCheck: 0 })
    assert.equal(partState(document, evaluation, 'cover').missing, 1)
  })
})

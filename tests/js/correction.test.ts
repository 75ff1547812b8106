/** Correcting what came back: the document begun from the register's copy, and what counts as an answer to a comment. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Evidence, InterviewDocument } from '../../webapp/client/interview/context.ts'
import { askedOf, correctionOf, firstStep, isChanged, reopenedFor, type Returned, say, settle, unanswered, underReturn } from '../../webapp/client/interview/correction.ts'
import { earlierOf, fileOf, hold, holdPosition, kindsHeld, positionOf } from '../../webapp/client/interview/evidence-held.ts'
import { blockers } from '../../webapp/client/interview/finish-checks.ts'
import { keepsNumber, letGo, takeBack } from '../../webapp/client/interview/kept-numbers.ts'
import { correctionUnderWay, isAnswered, newerWork } from '../../webapp/client/interview/newer-work.ts'
import { noParadata } from '../../webapp/client/interview/paradata.ts'
import { daysUntil, deadlineWords } from '../../webapp/client/interview/review-words.ts'

const photo = (sha256: string): Evidence => ({ kind: 'photo', media_type: 'image/jpeg', size: 9, sha256, sealed_sha256: `s${sha256}`, sealed_size: 10, taken_at: '2026-11-20T02:00:00Z' })
const asSent = () => ({
  interview: 'i1', number: 2, based_on: ['d1'], app: '0.0.9', author: { account: 'a1', device: 'p1' }, started_at: 'then', finished_at: 'then', clock: null,
  date: '2026-11-20', outcome: 'interviewed', cover: { soi: 'ก' }, members: [{ id: 'm1', first_name: 'มะลิ' }, { id: 'm2', first_name: 'ใจ' }],
  answers: { '1': 'yes', '2': { who: { m1: 'x', m2: 'y' } }, '3': ['a', 'b'] }, declined: [], explanations: { R1: 'ถามแล้ว' }, evidence: [photo('p')],
  paradata: { ...noParadata(), section_seconds: { health: 90 } },
}) as unknown as InterviewDocument
const returned = (...abouts: string[]): Returned => ({
  interview: 'i1', household: 'h1', village: 'v', house_number: '9', decision: 7, kind: 'returned', reason: 'ดูอีกครั้ง', deadline: '2026-11-30',
  comments: abouts.map((about) => ({ about, comment: `เรื่อง ${about}` })), answers: asSent(), numbers: ['m2'], base: ['d2'], number: 2,
})
const corrector = { account: 'b1', device: 'p9', app: '0.1.0', now: new Date('2026-11-24T03:00:00Z') }
const capture = (sha256: string) => ({ bytes: new Uint8Array(3), media_type: 'image/jpeg', sha256, taken_at: 'now' }) as never

describe('A correction', () => {
  const document = correctionOf(returned('1'), corrector)
  test('follows the register’s head, in the name of who corrects it', () => {
    assert.deepEqual([document.number, document.based_on, document.author], [3, ['d2'], { account: 'b1', device: 'p9' }])
    assert.deepEqual(document.review, { decision: 7, replies: [] })
  })
  test('keeps every answer, explanation and the day of the visit', () => {
    const before = asSent()
    for (const part of ['answers', 'cover', 'explanations', 'date', 'paradata'] as const) assert.deepEqual(document[part], before[part], part)
  })
  test('asks for no ID number that the register has, and shows none', () => {
    assert.deepEqual(document.members.map(keepsNumber), [false, true])
    letGo(document, 'm2')
    assert.equal(keepsNumber(document.members[1]), false)
    document.members[1]!.national_id = '1'
    takeBack(document, 'm2')
    assert.deepEqual([keepsNumber(document.members[1]), document.members[1]!.national_id], [true, undefined])
  })
  test('changes nothing of what came back', () => {
    const told = returned('1')
    correctionOf(told, corrector).answers['1'] = 'no'
    assert.equal(told.answers.answers['1'], 'yes')
  })
})

describe('Evidence asked again', () => {
  test('stands beside what the register has, the new position first', () => {
    const document = correctionOf(returned('evidence.photo'), corrector)
    assert.deepEqual([fileOf(document, 'photo'), earlierOf(document, 'photo').length, kindsHeld(document)], [null, 1, ['photo']])
    hold(document, 'photo', capture('new'))
    holdPosition(document, { latitude: 17, longitude: 102, accuracy: 9, taken_at: 'now' } as never, 1, corrector.now)
    hold(document, 'photo', capture('newer'))
    assert.deepEqual(document.evidence.map((one) => [one.kind, 'sha256' in one ? one.sha256 : '', one.earlier ?? false]), [['position', '', false], ['photo', 'newer', false], ['photo', 'p', true]])
    assert.equal(positionOf(document)?.latitude, 17)
  })
  test('is answered by something new of that kind, or by a word', () => {
    const told = returned('evidence.photo', 'evidence.signature')
    const document = correctionOf(told, corrector)
    hold(document, 'photo', capture('new'))
    settle(document, told)
    assert.deepEqual(document.review?.replies, [{ about: 'evidence.photo', kind: 'corrected', text: '' }])
    say(document, told, 'evidence.signature', 'แขนหัก')
    assert.deepEqual(unanswered(document, told), [])
  })
  test('lists no more files than the register reads: the oldest give way', () => {
    const told = returned('evidence.photo')
    told.answers.evidence = Array.from({ length: 12 }, (_, at) => photo(String(at)))
    const document = correctionOf(told, corrector)
    hold(document, 'photo', capture('new'))
    assert.deepEqual([document.evidence.length, fileOf(document, 'photo')?.sha256, document.evidence.at(-1)], [12, 'new', { ...photo('10'), earlier: true }])
  })
})

describe('A comment', () => {
  test('is answered by another answer, whatever the order of names and ticks', () => {
    const told = returned('1', '2', '3')
    const document = correctionOf(told, corrector)
    document.answers['2'] = { who: { m2: 'y', m1: 'x' } }
    document.answers['3'] = ['b', 'a']
    assert.deepEqual(['1', '2', '3'].map((about) => isChanged(document, told, about)), [false, false, false])
    document.answers['3'] = ['b']
    document.declined.push('1')
    assert.deepEqual(['1', '2', '3'].map((about) => isChanged(document, told, about)), [true, false, true])
  })
  test('of a person or the cover is answered there', () => {
    const told = returned('members.m1.first_name', 'cover.soi', '')
    const document = correctionOf(told, corrector)
    assert.deepEqual(unanswered(document, told).length, 3)
    document.members[0]!.first_name = 'มาลี'
    settle(document, told)
    assert.deepEqual(unanswered(document, told).map(({ about }) => about), ['cover.soi'])
  })
  test('is defended by a word, and by nothing once the answer is another', () => {
    const told = returned('1')
    const document = correctionOf(told, corrector)
    say(document, told, '1', ' ')
    assert.equal(unanswered(document, told).length, 1)
    say(document, told, '1', 'ถามซ้ำแล้ว')
    assert.deepEqual(document.review?.replies, [{ about: '1', kind: 'defended', text: 'ถามซ้ำแล้ว' }])
    document.answers['1'] = 'no'
    settle(document, told)
    assert.deepEqual(document.review?.replies, [{ about: '1', kind: 'corrected', text: 'ถามซ้ำแล้ว' }])
  })
  test('written twice about one line is one line to look at', () => {
    assert.deepEqual(askedOf({ comments: [{ about: '1', comment: 'ก' }, { about: '2', comment: '' }, { about: '1', comment: 'ข' }] }), [{ about: '1', comments: ['ก', 'ข'] }, { about: '2', comments: [] }])
  })
})

describe('The way through what came back', () => {
  test('begins at the first line without an answer, evidence alone at the evidence', () => {
    const told = returned('2', 'evidence.photo', '1')
    const document = correctionOf(told, corrector)
    assert.equal(firstStep(document, told), 'review/1')
    say(document, told, '2', 'ถูกแล้ว')
    assert.equal(firstStep(document, told), 'review/2')
    say(document, told, '1', 'ถูกแล้ว')
    assert.equal(firstStep(document, told), 'evidence')
    assert.equal(firstStep(correctionOf(returned('evidence.photo'), corrector), returned('evidence.photo')), 'evidence')
  })
  test('ends only when each has an answer, also where nobody could be interviewed', () => {
    const told = returned('')
    const document = { ...correctionOf(told, corrector), outcome: 'refused' } as InterviewDocument
    told.answers.outcome = 'refused'
    const still = () => blockers(document, { missing: [], failures: [] } as never, true, told)
    assert.deepEqual(still(), ['review'])
    say(document, told, '', 'ไปสามครั้งแล้ว')
    assert.deepEqual(still(), [])
  })
  test('says the day in words', () => {
    assert.equal(daysUntil('2026-11-30', '2026-11-23'), 7)
    const days = ['2026-11-30', '2026-11-24', '2026-11-23', '2026-11-22'].map((day) => deadlineWords(day, '2026-11-23'))
    assert.equal(new Set([...days, deadlineWords(null, '2026-11-23')]).size, 5)
  })
})

describe('Newer work on the phone', () => {
  const draft = (more: object) => ({ id: 'i1', household: 'h1', village: 'v', house_number: '9', updated_at: '', finished: null, returned: null, ...more })
  const entry = (more: object) => ({ interview: 'i1', household: 'h1', digest: 'd3', number: 3, state: 'waiting', ...more }) as never
  const told = returned('1')
  test('is an unfinished draft, or a revision not yet placed; custody too', () => {
    assert.equal(newerWork(told, [draft({})], null)?.kind, 'draft')
    for (const state of ['waiting', 'sending', 'custody', 'parked']) assert.equal(newerWork(told, [], entry({ state }))?.kind, 'entry', state)
    assert.equal(newerWork(told, [], entry({ interview: 'another', number: 1, state: 'custody' }))?.kind, 'entry')
  })
  test('is not what the inspector looked at, nor what came before it, nor its own correction', () => {
    assert.equal(newerWork(told, [], entry({ digest: 'd2', number: 2 })), null)
    assert.equal(newerWork(told, [], entry({ number: 1 })), null)
    assert.equal(newerWork(told, [], entry({ state: 'complete' })), null)
    assert.equal(newerWork(told, [draft({ returned: 7 })], null), null)
    assert.equal(correctionUnderWay(told, [draft({ returned: 6 })]), null)
  })
  test('may answer the return itself: its answers stay and it follows both', () => {
    const newer = { ...asSent(), number: 3, based_on: ['d2'], answers: { '1': 'no' } } as InterviewDocument
    const document = underReturn(newer, told)
    assert.deepEqual([document.number, document.based_on, document.answers], [3, ['d2'], { '1': 'no' }])
    assert.deepEqual(document.review?.replies, [{ about: '1', kind: 'corrected', text: '' }])
  })
  test('that was finished here and came back is corrected with its own numbers', () => {
    const mine = { ...asSent(), number: 3, based_on: ['d2'], members: [{ id: 'm1', national_id: '1990000000001' }] } as unknown as InterviewDocument
    const document = reopenedFor(mine, { ...told, answers: mine })
    assert.equal(document.members[0]?.national_id, '1990000000001')
    assert.deepEqual(document.evidence.map(({ earlier }) => earlier), [true])
  })
  test('that answers it settles it for this phone', () => {
    assert.deepEqual([isAnswered(told, entry({ returned: 7 })), isAnswered(told, entry({ returned: 6 })), isAnswered(told, null)], [true, false, false])
  })
})

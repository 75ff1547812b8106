/** Asking again at a forum: whom it calls up, where each household stands, which questions, and what the app makes of it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Definition } from '../../webapp/client/engine/types.ts'
import { type BackCheck, fail } from '../../webapp/client/forum/back-check.ts'
import { called } from '../../webapp/client/forum/called.ts'
import { forumQuestions, headingOf, isSettled } from '../../webapp/client/forum/questions.ts'
import { groupOf, heldForum, housesIn, progressOf, type Work } from '../../webapp/client/forum/standing.ts'
import type { Forum, ForumHouse } from '../../webapp/client/offline/index.ts'
import { forumPath, parsePath } from '../../webapp/client/ui/router.ts'

const CASES = JSON.parse(readFileSync(new URL('../forum_calls.json', import.meta.url), 'utf8'))

describe('Who is called up', () => {
  for (const { why, houses, called: expected } of CASES) {
    test(why, () => assert.deepEqual(called<any>(houses).map(({ id }) => id), expected))
  }
})

const house = (id: string, more: Partial<ForumHouse> = {}): ForumHouse => ({ id, place: 1, stratum: 0, reserve: false, house_number: id, head_name: null, own: false, state: 'waiting', ...more })
const forumOf = (...houses: ForumHouse[]) => ({ id: 'f', houses, questions: [] }) as unknown as Forum
const nothingDone: Work = { drafts: [], results: [], interviews: new Map(), account: 'a1' }
const result = (household: string, outcome: string, forum = 'f') => ({ forum, household, outcome, entry: { state: 'waiting', household } as never })
const draft = (household: string) => ({ id: `d ${household}`, household, village: 'v', house_number: '9', updated_at: '', finished: null, returned: null })

describe('Where a household stands', () => {
  const sample = [house('1', { place: 1 }), house('2', { place: 2 }), house('10', { place: 3, own: true })]
  const reserve = house('30', { reserve: true })

  test('is what this phone asked since, before what the register told', () => {
    const held = heldForum(forumOf(...sample, reserve), { ...nothingDone, results: [result('1', 'absent'), result('2', 'asked')] })
    assert.deepEqual(held.houses.map(({ id, state }) => [id, state]), [['1', 'absent'], ['2', 'asked'], ['10', 'waiting'], ['30', 'waiting']])
    assert.deepEqual(progressOf(held), { asked: 1, wanted: 3 })
  })
  test('is asked once anybody has asked it, whatever was noted before or after', () => {
    const held = heldForum(forumOf(house('1', { state: 'asked' }), house('2')), { ...nothingDone, results: [result('1', 'absent'), result('2', 'asked'), result('2', 'absent')] })
    assert.deepEqual(held.houses.map(({ state }) => state), ['asked', 'asked'])
  })
  test('is nothing that another forum noted', () => {
    const held = heldForum(forumOf(house('1')), { ...nothingDone, results: [result('1', 'asked', 'of last year')] })
    assert.equal(held.houses[0]?.state, 'waiting')
  })
  test('is somebody else’s to ask where this account interviewed first, though the register does not say so', () => {
    const interviews = new Map([['1', { account: 'a1' } as never], ['2', { account: 'b1' } as never]])
    const held = heldForum(forumOf(...sample), { ...nothingDone, interviews })
    assert.deepEqual(held.houses.map(groupOf), ['own', 'open', 'own'])
  })
  test('is shown by house number, what was begun first, and failed ones apart', () => {
    const houses = [house('20'), house('9'), house('100'), house('7', { state: 'refused' }), house('8', { state: 'moved' })]
    const held = heldForum(forumOf(...houses), { ...nothingDone, drafts: [draft('100'), draft('8')] })
    assert.deepEqual(housesIn(held, 'open').map(({ id }) => id), ['8', '100', '9', '20'])
    assert.deepEqual(housesIn(held, 'failed').map(({ id }) => id), ['7'])
  })
  test('stays in sight for a reserve that was asked and is needed no more', () => {
    const held = heldForum(forumOf(house('1', { state: 'asked' }), { ...reserve, state: 'asked' }, house('31', { reserve: true, place: 2 })), nothingDone)
    assert.deepEqual(held.houses.map(({ id }) => id), ['1', '30'])
    assert.deepEqual(progressOf(held), { asked: 1, wanted: 1 })
  })
})

const definition = {
  questions: [{ id: '8.2', kind: 'choice', text_th: 'บ้านคงทนหรือไม่', sensitive: true, options: [{ name: 'yes', label_th: 'ใช่' }] }],
  sections: [{ id: 's', enabled: true, screens: [{ id: 's8', title_th: 'ที่อยู่อาศัย', questions: ['8.2'] }] }],
} as unknown as Definition
const members = { id: 'members', kind: 'number' as const, text_th: 'กี่คน', min: 1, max: 60 }
const said = (answers: BackCheck['answers'], declined: string[] = []) => ({ answers, declined })

describe('The questions of a forum', () => {
  const asked = forumQuestions([members, { id: '8.2' }, { id: 'gone' }], definition)

  test('are the questionnaire’s in its own words, those with words of their own, and none that it does not have', () => {
    assert.deepEqual(asked.map(({ id, text_th, sensitive }) => [id, text_th, sensitive]), [['members', 'กี่คน', false], ['8.2', 'บ้านคงทนหรือไม่', false]])
    assert.deepEqual(asked.map((one) => headingOf(definition, one)), ['', 'ที่อยู่อาศัย'])
  })
  test('are settled by an answer that can be compared, or by being left out', () => {
    const [people, lasting] = asked as [(typeof asked)[0], (typeof asked)[0]]
    for (const value of [0, 61, 2.5]) assert.equal(isSettled(people, said({ members: value })), false, String(value))
    assert.equal(isSettled(people, said({ members: 4 })), true)
    assert.equal(isSettled(people, said({}, ['members'])), true)
    assert.deepEqual([isSettled(lasting, said({})), isSettled(lasting, said({ '8.2': 'yes' }))], [false, true])
  })
})

test('What a household said before it changed its mind is not kept', () => {
  const document = { outcome: 'asked', notice: { version: '1', agreed: true }, respondent: 'same', answers: { members: 4 }, declined: ['8.2'] } as unknown as BackCheck
  fail(document, 'refused', `  ไม่ว่าง${'ง'.repeat(400)}`)
  assert.deepEqual([document.outcome, document.notice.agreed, document.respondent, document.answers, document.declined], ['refused', false, null, {}, []])
  assert.equal(document.outcome_note.length, 300)
})

test('The addresses of a forum lead back to it', () => {
  assert.deepEqual(parsePath(forumPath('f', 'h', '3')), { name: 'forum', id: 'f', house: 'h', step: '3' })
  assert.deepEqual(parsePath(forumPath('f')), { name: 'forum', id: 'f', house: '', step: '' })
})

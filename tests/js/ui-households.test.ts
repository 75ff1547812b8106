/** The home list, the member table and the cover: what follows from what is known. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Definition } from '../../webapp/client/engine/types.ts'
import type { InterviewDocument } from '../../webapp/client/interview/context.ts'
import { decline, isDeclined, setCover, setMember, titleContradictsSex } from '../../webapp/client/interview/field-values.ts'
import type { Returned } from '../../webapp/client/interview/correction.ts'
import { nextToVisit, rowsOf, search, stateOf, tally } from '../../webapp/client/interview/household-state.ts'
import { addMember, headFirst, moveMember, removeMember } from '../../webapp/client/interview/member-table.ts'
import { noParadata, sectionOf, Tracker } from '../../webapp/client/interview/paradata.ts'
import { stepBefore } from '../../webapp/client/interview/steps.ts'

const household = (id: string, house_number: string, state = 'todo', head_name = '') => ({
  id, village: '43010101', house_number, house_code: null, head_name, people: null, state, lat: null, lon: null,
})
const draft = (household: string, finished = false) => ({
  id: `d-${household}`, household, village: '43010101', house_number: '9', updated_at: '', finished: finished ? { digest: 'x', number: 1, at: '' } : null, returned: null,
})
const entry = (state: string) => ({ state }) as never
const returnOf = (household: string) => ({ interview: `i-${household}`, household, village: '43010101', house_number: '9', decision: 5 }) as Returned
const field = (id: string, kind = 'text') => ({ id, kind, label_th: id, required: false, source: '', confidence: '' }) as Definition['cover'][number]
const relation = { ...field('relation', 'choice'), options: [{ name: 'head', label_th: '' }, { name: 'child', label_th: '' }] }
const definition = { cover: [], members: [relation], sections: [{ id: 'health', screens: [{ id: 's6' }] }] } as unknown as Definition
const interview = () => ({
  cover: {}, members: [], answers: {}, declined: [], date: '', outcome: 'interviewed', notice: null,
  household: { id: 'h1', new: true, village: 'v', house_number: '' }, paradata: noParadata(),
}) as unknown as InterviewDocument

describe('Where a household stands', () => {
  test('is the volunteer’s own unfinished work before all else', () => {
    assert.equal(stateOf('returned', draft('h'), entry('complete')), 'draft')
    assert.equal(stateOf('returned', null, entry('complete'), returnOf('h')), 'returned')
    assert.equal(stateOf('returned', null, entry('waiting'), returnOf('h')), 'waiting')
  })
  test('is no work of who was not asked to correct it, nor of who has answered', () => {
    assert.equal(stateOf('returned', null, null), 'elsewhere')
    assert.equal(stateOf('returned', null, { state: 'complete', returned: 5 } as never), 'complete')
  })
  test('is never said to be sent before the register signed', () => {
    assert.equal(stateOf('todo', null, entry('waiting')), 'waiting')
    assert.equal(stateOf('received', null, entry('parked')), 'parked')
    assert.equal(stateOf('todo', draft('h', true), entry('complete')), 'complete')
    assert.equal(stateOf('something-new', null, null), 'todo')
  })
})

describe('The home list', () => {
  const known = {
    returns: [returnOf('d')],
    households: [household('a', '12/3', 'accepted'), household('b', '10'), household('c', '9', 'todo', 'นายสมชาย ใจดี'), household('d', '100', 'returned')],
    drafts: [draft('c'), draft('new')],
    entries: new Map(),
    labels: new Map([['sent', { village: '43010102', house_number: '7' }]]),
  }
  const rows = rowsOf({ ...known, entries: new Map([['sent', entry('waiting')]]) })
  test('shows what needs doing first, then by house number, and those found on the way', () => {
    assert.deepEqual(rows.map(({ id }) => id), ['d', 'c', 'new', 'b', 'sent', 'a'])
  })
  test('is searched by number, Thai digits too, or by part of a name', () => {
    assert.deepEqual(search(rows, '', 'all', '๑๐').map(({ id }) => id), ['d', 'b'])
    assert.deepEqual(search(rows, '', 'todo', 'สม ชาย').map(({ id }) => id), ['c'])
    assert.deepEqual(search(rows, '43010102', 'all', '').map(({ id }) => id), ['sent'])
  })
  test('counts each kind', () => assert.deepEqual(tally(rows, ''), { all: 6, todo: 2, draft: 2, sent: 2 }))
})

describe('The next household to visit', () => {
  const rowsWith = (...states: string[]) => rowsOf({
    households: ['9', '10', '11', '100'].map((number, at) => household(number, number, states[at])), returns: states.flatMap((state, at) => (state === 'returned' ? [returnOf(['9', '10', '11', '100'][at]!)] : [])), drafts: [], entries: new Map(), labels: new Map(),
  })
  const after = (number: string, ...states: string[]) => {
    const rows = rowsWith(...states)
    return nextToVisit(rows, rows.find(({ id }) => id === number)!)?.id ?? null
  }
  test('is the next house number that is still to do', () => assert.equal(after('9', 'received', 'received', 'todo', 'todo'), '11'))
  test('begins again where the village begins', () => assert.equal(after('100', 'todo', 'received', 'received', 'received'), '9'))
  test('is one that came back, too', () => assert.equal(after('9', 'received', 'returned', 'todo', 'todo'), '10'))
  test('is none when all are done', () => assert.equal(after('9', 'received', 'accepted', 'closed', 'custody'), null))
})

describe('The member table', () => {
  const three = () => {
    const document = interview()
    for (let at = 0; at < 3; at += 1) addMember(document, definition)
    return document
  }
  const ids = (document: InterviewDocument) => document.members.map(({ id }) => id).join(' ')
  test('makes the first one head and never uses an id again', () => {
    const document = three()
    assert.equal(document.members[0]?.relation, 'head')
    document.declined.push('members.m9.religion')
    assert.equal(addMember(document, definition), 'm10')
  })
  test('moves people up and down, not over the edge', () => {
    const document = three()
    moveMember(document, 'm3', -1)
    moveMember(document, 'm1', -1)
    assert.equal(ids(document), 'm1 m3 m2')
    moveMember(document, 'm1', 1)
    headFirst(document, definition)
    assert.equal(ids(document), 'm1 m3 m2')
  })
  test('takes a person out of every answer, and back in where they were', () => {
    const document = three()
    document.answers['6.4'] = { who: { m2: 'not_checked', m3: 'not_checked' } }
    document.declined = ['members.m2.religion', '6.1']
    const before = structuredClone(document)
    const restore = removeMember(document, 'm2')
    assert.deepEqual([ids(document), document.answers['6.4'], document.declined], ['m1 m3', { who: { m3: 'not_checked' } }, ['6.1']])
    restore(document)
    restore(document)
    assert.deepEqual({ ...document, declined: document.declined.sort() }, { ...before, declined: before.declined.sort() })
  })
})

describe('A field', () => {
  test('of the cover that is a date is the interview’s date', () => {
    const document = interview()
    setCover(document, field('survey_date', 'date'), '2026-11-20')
    setCover(document, field('house_number'), '12/3')
    assert.deepEqual([document.date, document.household.house_number], ['2026-11-20', '12/3'])
  })
  test('answered is no longer declined, and emptied it is gone', () => {
    const document = interview()
    decline(document, 'cover.soi', true)
    decline(document, 'cover.soi', true)
    assert.deepEqual([document.declined, isDeclined(document, 'cover.soi')], [['cover.soi'], true])
    setCover(document, field('soi'), 'ซอย 1')
    setCover(document, field('soi'), null)
    assert.deepEqual([document.declined, document.cover], [[], {}])
  })
  test('title fills an empty sex, and does not touch one that was told', () => {
    const document = interview()
    const id = addMember(document, definition)
    setMember(document, id, field('title'), 'mrs')
    setMember(document, id, field('title'), 'mr')
    assert.equal(document.members[0]?.sex, 'female')
    assert.equal(titleContradictsSex(document.members[0] ?? {}), true)
  })
  test('ID number makes the reason for having none superfluous', () => {
    const document = interview()
    const id = addMember(document, definition)
    setMember(document, id, field('no_id_reason'), 'foreigner')
    setMember(document, id, field('national_id'), '1')
    assert.equal('no_id_reason' in (document.members[0] ?? {}), false)
  })
})

describe('The time a section takes', () => {
  test('is counted while its screens are open, a long pause at most ten minutes', () => {
    const document = interview()
    const tracker = new Tracker()
    tracker.enter(document, sectionOf(definition, 'question', 's6'), 0)
    tracker.enter(document, 'result', 90_000)
    tracker.leave(document, 90_000 + 3_600_000)
    tracker.leave(document, 9_000_000)
    assert.deepEqual(document.paradata.section_seconds, { health: 90, result: 600 })
    assert.equal(document.paradata.screens_visited, 2)
  })
})

describe('The way back', () => {
  test('of a refusal leads to the notice, of an empty house to its start', () => {
    const document = interview()
    assert.equal(stepBefore(document, 'finish'), 'evidence')
    document.outcome = 'empty'
    assert.equal(stepBefore(document, 'finish'), '/app/household/h1')
    document.outcome = 'refused'
    document.notice = { version: '1', agreed: false, shown_at: '' }
    assert.equal(stepBefore(document, 'finish'), 'notice')
  })
})

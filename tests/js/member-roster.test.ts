/** Last year's members begin this year's table; whoever is taken out needs a reason. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Definition } from '../../webapp/client/engine/types.ts'
import type { InterviewDocument } from '../../webapp/client/interview/context.ts'
import { lacksReason } from '../../webapp/client/interview/member-leavers.ts'
import { addMember, leavers, putBack, removeMember } from '../../webapp/client/interview/member-table.ts'
import { rosterOf } from '../../webapp/client/interview/new-interview.ts'

const field = (id: string) => ({ id, kind: 'text', label_th: id, required: false, source: '', confidence: '' })
const definition = { members: ['first_name', 'last_name', 'birth'].map(field) } as unknown as Definition
const KNOWN = [{ first_name: 'สมมุติ', last_name: 'ตัวอย่าง', birth: '1980-05' }, { first_name: 'สมใจ', shoe_size: '38' }]

function begun(): InterviewDocument {
  const members = rosterOf(definition, KNOWN)
  const roster = members.map(({ id, first_name }) => ({ member: id, name: String(first_name) }))
  return { members, roster, answers: { '6.4': { who: { m2: 'no' } } }, declined: [] } as unknown as InterviewDocument
}

describe('Last year’s members', () => {
  test('begin the table under the fields this version asks', () => {
    assert.deepEqual(rosterOf(definition, KNOWN), [{ ...KNOWN[0], id: 'm1' }, { first_name: 'สมใจ', id: 'm2' }])
  })
  test('taken out are leavers until a reason is said, with what was known kept', () => {
    const document = begun()
    removeMember(document, 'm2')
    assert.equal(lacksReason(document), true)
    assert.deepEqual(leavers(document).map(({ name, said }) => [name, said?.first_name]), [['สมใจ', 'สมใจ']])
    document.roster![1]!.left = 'moved_out'
    assert.equal(lacksReason(document), false)
  })
  test('come back by undo with their answers, or by the list without', () => {
    const document = begun()
    removeMember(document, 'm2')(document)
    assert.deepEqual((document.answers['6.4'] as { who: object }).who, { m2: 'no' })
    removeMember(document, 'm1')
    document.roster![0]!.left = 'died'
    putBack(document, 'm1')
    assert.deepEqual(document.members.map(({ id }) => id), ['m2', 'm1'])
    assert.deepEqual(document.roster, begun().roster)
  })
  test('keep their numbers: a new person never takes a leaver’s place', () => {
    const document = begun()
    removeMember(document, 'm2')
    assert.equal(addMember(document, definition), 'm3')
  })
  test('found this year may go without a reason', () => {
    const document = begun()
    removeMember(document, addMember(document, definition))
    assert.equal(lacksReason(document), false)
  })
})

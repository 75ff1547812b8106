/** What the publishing check refuses, and in which words. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { check, compile } from '../../webapp/client/engine/index.ts'
import type { Definition } from '../../webapp/client/engine/index.ts'
import { aVersion, field, people, question, readTiny, rule } from './a-version.ts'

/** The English words of every problem. */
const problems = (more: Partial<Definition>): string[] => check(aVersion(more)).map(({ where, what_en }) => `${where}: ${what_en}`)

const REFUSED: [expression: string, why: RegExp][] = [
  ['', /ends too early/],
  ['1 +', /ends too early/],
  ['(1 = 1', /expected '\)', found the end/],
  ['1 = 1)', /unexpected '\)'/],
  ['1 = 1 extra', /unexpected 'extra'/],
  ['#1 = "yes"', /unknown character '"'/],
  ['#1 == yes', /unexpected '='/],
  ['1 < 2 < 3', /cannot be chained/],
  ['15years > 1', /a number runs into 'y'/],
  ['and', /unexpected 'and'/],
  ['#9.9 = yes', /no question 9\.9/],
  ['#1 = maybe', /'maybe' is not among the options \(yes, no\)/],
  ['#1 = 1', /cannot compare choice with number/],
  ['#3 = yes', /unknown name 'yes'/],
  ['#3 and true', /expected bool, found number/],
  ['not #3', /expected bool, found number/],
  ['#5 + 1 = 2', /expected number, found text/],
  ['#1 < #1', /cannot compare choice with choice by '<'/],
  ['#1 = cover.land', /cannot compare choice with choice by '='/],
  ['#2 = cash', /cannot compare|unknown name 'cash'/],
  ['#3 in (1, yes)', /unknown name 'yes'/],
  ['#6 = sick', /asks about people: use count/],
  ['count(#6, lost) = 1', /not among the names of question 6 \(sick, away\)/],
  ['count(#1) = 1', /question 1 is choice, expected people/],
  ['has(#2, gold)', /not among the names of question 2/],
  ['age > 15', /'age' belongs to a member/],
  ['head', /'head' belongs to a member/],
  ['person_in(#6)', /needs a member/],
  ['people(people(head) = 1) = 1', /cannot stand inside people/],
  ['people(age) = 1', /expected bool, found number/],
  ['cover.nothing = 1', /unknown name 'cover.nothing'/],
  ['setting.nothing', /unknown name 'setting.nothing'/],
  ['floor', /is a function: give it parentheses/],
  ['floor(1, 2) = 1', /takes 1, given 2/],
  ['if(true, 1) = 1', /takes 3, given 2/],
  ['if(true, #5, #5) = #5', /gives numbers or true\/false only/],
  ['power(2, 3) = 8', /unknown function 'power'/],
  ['duplicated(nothing)', /expected the name of a member field/],
  ['is_digits(cover.code, #3)', /a whole number written out/],
  ['1 + 1', /expected bool, found number/],
  ['x'.repeat(2001), /longer than 2000/],
  [`${'('.repeat(40)}true${')'.repeat(40)}`, /nested deeper than 32/],
  [`${'not '.repeat(40)}true`, /nested deeper than 32/],
]

describe('A rule is refused', () => {
  for (const [expression, why] of REFUSED)
    test(expression.length < 40 ? expression : `${expression.slice(0, 20)}… (${expression.length})`, () => {
      const found = problems({ rules: [rule('R', expression)] })
      assert.equal(found.length, 1)
      assert.match(found[0]!, /^rule R, fails_when: .*\(at character \d+\)$/)
      assert.match(found[0]!, why)
      assert.throws(() => compile(aVersion({ rules: [rule('R', expression)] })), /^Error: R: /)
    })
  test('in Thai too', () => {
    const [problem] = check(aVersion({ rules: [rule('R', '#9.9 = yes')] }))
    assert.equal(problem!.what_th, 'ไม่มีข้อ 9.9 (ตัวอักษรที่ 1)')
  })
})

const options = [{ name: 'yes', label_th: 'ใช่' }, { name: 'no', label_th: 'ไม่' }]
const WRONG: [name: string, more: Partial<Definition>, why: RegExp][] = [
  ['a number that stands twice', { questions: [question('1', 'number'), question('1', 'number')] }, /'1' stands twice/],
  ['no Thai text', { questions: [question('1', 'number', { text_th: 'Income' })] }, /question 1: text_th has no Thai letters/],
  ['an empty Thai text', { questions: [question('1', 'number', { text_th: ' ' })] }, /question 1: text_th is missing/],
  ['a choice without a label', { questions: [question('1', 'choice', { options: [options[0]!, { name: 'no', label_th: '' }] })] }, /label_th \(no\) is missing/],
  ['a rule without a message', { rules: [{ ...rule('R', '#1 = yes'), message_th: '' }] }, /rule R: message_th is missing/],
  ['a question on no screen', { sections: [] }, /question 6\.1: stands on no screen/],
  ['a condition never true', { questions: [question('1', 'number', { asked_if: 'false' })] }, /can never be asked: its condition is always false/],
  ['a circle', { questions: [question('1', 'number', { asked_if: '#2 = 1' }), question('2', 'number', { asked_if: '#1 = 1' })] }, /question 2: its conditions lead back to itself/],
  ['a circle through people', { questions: [people('1', ['a'], { among: { question: '2', others: true } }), people('2', ['a'], { eligible: 'person_in(#1)' })] }, /question 1: its conditions lead back/],
  ['a name that rules cannot write', { members: [field('First Name', 'text')], questions: [question('1', 'number')] }, /'First Name' is not a lower_snake name/],
  ['a name of the language', { members: [field('age', 'number')], questions: [question('1', 'number')] }, /'age' is a word of the rule language/],
  ['one option', { questions: [question('1', 'choice', { options: options.slice(1) })] }, /a choice needs two options/],
  ['people without groups', { questions: [people('1', [])] }, /a people question without groups/],
  ['people of no question', { questions: [people('1', ['a'], { among: { question: '9', others: true } })] }, /question 1: there is no question 9/],
  ['a usual answer of another kind', { questions: [question('1', 'choice', { options, usual: 'maybe' })] }, /the usual answer does not fit/],
  ['a derived question without value', { questions: [question('1', 'derived')] }, /a derived question needs a value/],
  ['a subject unknown', { rules: [{ ...rule('R', 'true'), about: ['9'] }] }, /about: there is no '9'/],
  ['a part that is no list', { rules: undefined as never }, /the part rules is missing/],
]

describe('A version is refused for', () => {
  for (const [name, more, why] of WRONG)
    test(name, () => assert.ok(problems(more).some((problem) => why.test(problem)), problems(more).join('\n')))
})

describe('A sound version', () => {
  test('has no problems', () => {
    assert.deepEqual(check(aVersion()), [])
    assert.deepEqual(check(readTiny()), [])
  })
})

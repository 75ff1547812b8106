/** Another version, of three questions: nothing of bmn-31 is in the engine. */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Interview } from '../../webapp/client/engine/index.ts'
import { HOME, readTiny, readVersion } from './a-version.ts'

const INTERVIEW: Interview = {
  date: '2026-11-23', mode: 'doorstep', cover: { visit_date: '2026-11-23' },
  members: [{ id: 'a', full_name: 'สมใจ', born: '1990-02-03', gender: 'woman' }, { id: 'b', full_name: 'น้อย', born: '2020', gender: 'man' }],
  answers: { 'home.a': 'hired', 'home.b': 3000, 'read.1': { who: { a: 'never_reads' } } },
  declined: [],
}
const tiny = compile(readTiny())
const results = (interview: Interview, settings = {}) =>
  evaluate(compile(readTiny(), settings), interview).indicators.map(({ result, eligible, failing }) => [result, eligible, failing])

describe('The tiny version', () => {
  test('has its indicators', () => assert.deepEqual(results(INTERVIEW), [['met', 1, 0], ['not_met', 1, 1]]))
  test('obeys a round’s setting', () => assert.deepEqual(results(INTERVIEW, { rent_line: 2999 })[0], ['not_met', 1, 1]))
  test('has its rules', () => {
    const [b] = INTERVIEW.members.slice(1)
    const odd = { ...INTERVIEW, members: [{ ...b!, id: 'old', born: '1900' }], answers: { ...INTERVIEW.answers, 'home.b': 0 } }
    assert.deepEqual(evaluate(tiny, odd).failures.map(({ id, member }) => [id, member]), [['T1', undefined], ['T2', 'old']])
  })
  test('says what is missing', () => {
    const bare = { ...INTERVIEW, cover: {}, members: [{ id: 'a' }], answers: { 'home.a': 'hired' } }
    assert.deepEqual(evaluate(tiny, bare).missing, ['cover.visit_date', 'members.a.full_name', 'members.a.born', 'members.a.gender', 'home.b'])
  })
  test('does not ask the rent of an own house', () => {
    const { questions, missing } = evaluate(tiny, { ...INTERVIEW, answers: { 'home.a': 'ours', 'read.1': { who: {} } } })
    assert.deepEqual([questions['home.b']!.applies, missing], [false, []])
  })
})

describe('The engine', () => {
  const sources = readdirSync(new URL('../../webapp/client/engine/', import.meta.url))
    .map((name) => readFileSync(new URL(`../../webapp/client/engine/${name}`, import.meta.url), 'utf8'))
    .map((source) => source.replace(/\/\*\*?[^]*?\*\/|\/\/.*/g, ''))
  test('knows no name of bmn-31', () => {
    const { questions, settings } = readVersion('bmn-31')
    const names = [...questions.filter(({ id }) => /\..*[.a-z]/.test(id)).map(({ id }) => id), ...settings.map(({ name }) => name)]
    for (const name of names) assert.ok(!sources.some((source) => source.includes(name)), name)
  })
  test('uses no DOM, clock, language tables, storage or evaluation of texts', () => {
    for (const source of sources) assert.doesNotMatch(source, /\b(document|window|Date|Intl|localStorage|indexedDB|fetch|eval|Function|Math\.random|console)\b[.(]/)
  })
})

describe('A malformed interview', () => {
  const odd: unknown[] = [null, 5, 'x', [], {}, { who: 5 }, { who: [] }, { count: { never_reads: 1.5 } }, Number.NaN, true, ['hired']]
  test('counts as unanswered and stops nothing', () => {
    for (const value of odd) {
      const answers = { 'home.a': value, 'home.b': value, 'read.1': value } as Interview['answers']
      const { questions } = evaluate(tiny, { ...INTERVIEW, answers })
      assert.equal(questions['home.a']!.answered, false)
      assert.equal(evaluate(tiny, { ...INTERVIEW, answers: value, members: value, cover: value, declined: value, mode: value, date: value } as Interview).indicators.length, 2)
    }
  })
  test('may hold names that every object has', () => {
    const members = ['__proto__', 'constructor', 'toString'].map((id) => ({ ...INTERVIEW.members[0]!, id }))
    const found = evaluate(tiny, { ...INTERVIEW, members, answers: JSON.parse('{"read.1": {"who": {"__proto__": "never_reads"}}}') })
    assert.deepEqual([found.indicators[1]!.eligible, found.indicators[1]!.members], [3, ['__proto__']])
  })
})

/** The shared vectors, in Node. The same file runs in QuickJS (tests/domain/test_vectors.py) and once in Chromium. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { check, compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Compiled, Evaluation, Interview, Settings } from '../../webapp/client/engine/index.ts'
import { HOME, readVersion } from './a-version.ts'

interface Vector {
  why: string
  questionnaire: string
  settings?: Settings
  interview: Interview
  expect: {
    indicators?: Record<string, Record<string, unknown>>
    fails?: string[]
    holds?: string[]
    values?: Record<string, number | null>
    missing?: string[]
    not_missing?: string[]
  }
}

const vectors = JSON.parse(readFileSync(new URL('vectors.json', HOME), 'utf8')) as Vector[]
const versions = new Map<string, Compiled>()

function compiled({ questionnaire, settings = {} }: Vector): Compiled {
  const key = questionnaire + JSON.stringify(settings)
  const kept = versions.get(key) ?? compile(readVersion(questionnaire), settings)
  versions.set(key, kept)
  return kept
}

function agree({ expect }: Vector, found: Evaluation): void {
  const failing = new Set(found.failures.flatMap(({ id, code }) => [id, code]))
  for (const [no, wanted] of Object.entries(expect.indicators ?? {})) {
    const result = found.indicators.find((indicator) => String(indicator.no) === no)
    for (const [name, value] of Object.entries(wanted)) assert.deepEqual(result?.[name as 'result'], value, `indicator ${no}, ${name}`)
  }
  for (const [id, value] of Object.entries(expect.values ?? {})) assert.equal(found.values[id], value, `value of ${id}`)
  for (const rule of expect.fails ?? []) assert.ok(failing.has(rule), `${rule} should fail; failing: ${[...failing].join(' ')}`)
  for (const rule of expect.holds ?? []) assert.ok(!failing.has(rule), `${rule} should hold`)
  for (const id of expect.missing ?? []) assert.ok(found.missing.includes(id), `${id} should be missing`)
  for (const id of expect.not_missing ?? []) assert.ok(!found.missing.includes(id), `${id} should not be missing`)
}

describe('The shared vectors', () => {
  test('are at least 300, each with a reason of its own', () => {
    assert.ok(vectors.length >= 300)
    assert.equal(new Set(vectors.map(({ why }) => why)).size, vectors.length)
  })
  for (const vector of vectors) test(vector.why, () => agree(vector, evaluate(compiled(vector), vector.interview)))
})

describe('Every version here', () => {
  for (const id of new Set(vectors.map(({ questionnaire }) => questionnaire)))
    test(`${id} has no problems`, () => assert.deepEqual(check(readVersion(id)), []))
})

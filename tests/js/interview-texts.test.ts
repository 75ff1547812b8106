/** Every text the questions and the evidence ask for exists, in both languages, and none is left over. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import enCard from '../../webapp/client/ui/texts/en/card.ts'
import enEvidence from '../../webapp/client/ui/texts/en/evidence.ts'
import enForum from '../../webapp/client/ui/texts/en/forum.ts'
import enQuestions from '../../webapp/client/ui/texts/en/questions.ts'
import enReturned from '../../webapp/client/ui/texts/en/returned.ts'
import thCard from '../../webapp/client/ui/texts/th/card.ts'
import thEvidence from '../../webapp/client/ui/texts/th/evidence.ts'
import thForum from '../../webapp/client/ui/texts/th/forum.ts'
import thQuestions from '../../webapp/client/ui/texts/th/questions.ts'
import thReturned from '../../webapp/client/ui/texts/th/returned.ts'

const CLIENT = new URL('../../webapp/client/', import.meta.url)
const source = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('texts'))
  .map((name) => readFileSync(new URL(name, CLIENT), 'utf8')).join('\n')

/** Keys written out, and the beginnings of keys whose end is a value (`evidence.camera_${reason}`). */
const written = (area: string) => new Set([...source.matchAll(new RegExp(`['"\`]${area}\\.(\\w+)['"\`]`, 'g'))].map((found) => found[1] ?? ''))
const begun = (area: string) => [...source.matchAll(new RegExp(`\`${area}\\.(\\w*)\\$\\{`, 'g'))].map((found) => found[1] ?? '').filter(Boolean)

const AREAS = { questions: [thQuestions, enQuestions], evidence: [thEvidence, enEvidence], returned: [thReturned, enReturned], card: [thCard, enCard], forum: [thForum, enForum] } as const

for (const [area, [th, en]] of Object.entries(AREAS) as [string, readonly [Record<string, string>, Record<string, string>]][]) {
  describe(`The texts of ${area}`, () => {
    test('are the same in Thai and English, and have the same gaps to fill', () => {
      assert.deepEqual(Object.keys(th).sort(), Object.keys(en).sort())
      const gaps = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
      for (const key of Object.keys(th)) assert.deepEqual(gaps(th[key]), gaps(en[key]), key)
    })

    test('hold everything that is asked for', () => {
      for (const key of written(area)) assert.ok(th[key], `${area}.${key}`)
    })

    test('hold nothing that nobody asks for', () => {
      const asked = written(area)
      const open = Object.keys(th).filter((key) => !asked.has(key) && !begun(area).some((start) => key.startsWith(start)))
      const byValue = ['met', 'not_met', 'not_assessed', 'undecided', ...['photo', 'signature', 'position', 'other'].flatMap((kind) => [`${kind}_title`, `${kind}_help`])]
      assert.deepEqual(open.filter((key) => !byValue.includes(key)), [])
    })
  })
}

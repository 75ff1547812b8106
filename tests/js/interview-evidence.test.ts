/** The evidence an interview holds, and what its absence means. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Capture } from '../../webapp/client/capture/digest.ts'
import type { Context, EvidenceFile, InterviewDocument } from '../../webapp/client/interview/context.ts'
import { describeOther, drop, fileOf, hold, holdPosition, improves, kindsHeld, letGo, needsEvidence, noteOf, positionOf } from '../../webapp/client/interview/evidence-held.ts'

const NOW = new Date('2026-11-23T03:10:00Z')
const interview = (outcome = 'interviewed') => ({ outcome, evidence: [] }) as unknown as InterviewDocument
const capture = (sha256: string): Capture => ({ bytes: new Uint8Array(3), media_type: 'image/jpeg', sha256, taken_at: NOW.toISOString() })

function phone({ onDisk = true, broken = false } = {}): { context: Pick<Context, 'document' | 'files' | 'onDisk'>; gone: string[] } {
  const gone: string[] = []
  const remove = async (sha256: string) => {
    if (broken) throw new Error('the disk')
    gone.push(sha256)
  }
  const files = { remove } as unknown as Context['files']
  return { context: { document: interview(), files, onDisk: async () => onDisk }, gone }
}

const fix = (accuracy: number, latitude = 17.85) => ({ latitude, longitude: 102.75, accuracy, taken_at: '2026-11-23T03:00:00.000Z' })

describe('Evidence of consent', () => {
  test('is needed once, of any kind', () => {
    const document = interview()
    assert.equal(needsEvidence(document), true)
    describeOther(document, 'ลายนิ้วมือบนกระดาษ')
    assert.deepEqual([needsEvidence(document), kindsHeld(document)], [false, ['other']])
  })

  test('is not needed where nobody was interviewed', () => {
    assert.equal(needsEvidence(interview('nobody_home')), false)
  })

  test('holds one file of a kind: a new photo takes the place of the old', () => {
    const document = interview()
    hold(document, 'photo', capture('a'))
    hold(document, 'photo', capture('b'))
    assert.equal(document.evidence.length, 1)
    assert.deepEqual(fileOf(document, 'photo'), { kind: 'photo', media_type: 'image/jpeg', size: 3, sha256: 'b', taken_at: NOW.toISOString() })
  })

  test('of the other kind may be a photo, a note, or both', () => {
    const document = interview()
    hold(document, 'other_photo', capture('c'))
    assert.deepEqual(kindsHeld(document), ['other'])
    describeOther(document, '   ')
    drop(document, 'other_photo')
    assert.deepEqual([kindsHeld(document), noteOf(document)], [[], '   '])
    describeOther(document, '')
    assert.deepEqual(document.evidence, [])
  })

  test('lets a replaced file go, but never one that is still listed', async () => {
    const { context, gone } = phone()
    for (const [kind, sha256] of [['photo', 'a'], ['other_photo', 'a'], ['photo', 'b'], ['photo', 'b'], ['photo', 'c']] as const) {
      const before = fileOf(context.document, kind)
      hold(context.document, kind, capture(sha256))
      if (before) await letGo(context, [before])
    }
    assert.deepEqual(gone, ['b'])
  })

  test('keeps a replaced file while the disk still holds the document that lists it', async () => {
    const { context, gone } = phone({ onDisk: false })
    await letGo(context, [{ sha256: 'a' } as EvidenceFile])
    assert.deepEqual(gone, [])
  })

  test('is kept although a replaced file cannot be taken from the phone', async () => {
    const { context } = phone({ broken: true })
    await letGo(context, [{ sha256: 'a' } as EvidenceFile])
  })

  test('has no strokes to count apart from the signature', () => {
    const document = interview()
    hold(document, 'signature', capture('d'))
    hold(document, 'signature_strokes', capture('e'))
    assert.deepEqual(kindsHeld(document), ['signature'])
  })
})

describe('The position in use', () => {
  test('says how fine, how old and out of how many it is', () => {
    const document = interview()
    holdPosition(document, fix(30), 4, NOW)
    assert.deepEqual(positionOf(document), { kind: 'position', ...fix(30), age_s: 600, fixes: 4 })
  })

  test('is replaced by a finer fix of the same place', () => {
    const document = interview()
    holdPosition(document, fix(30), 1, NOW)
    assert.equal(improves(document, fix(8, 17.8501)), true)
    assert.equal(improves(document, fix(30)), false)
  })

  test('stays the house’s when the volunteer walks on', () => {
    const document = interview()
    holdPosition(document, fix(30), 1, NOW)
    assert.equal(improves(document, fix(4, 17.86)), false)
  })

  test('is not taken by itself', () => {
    assert.equal(improves(interview(), fix(4)), false)
  })
})

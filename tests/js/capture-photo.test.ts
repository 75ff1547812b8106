/** A photo's size on the phone: small enough to send, never enlarged. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reasonOf } from '../../webapp/client/capture/camera.ts'
import { captured } from '../../webapp/client/capture/digest.ts'
import { attempts, fit, LONGEST_SIDE, MOST_BYTES, nextAttempt } from '../../webapp/client/capture/photo-size.ts'
import { fitted, pictureOf, scaleOf, strokesOf } from '../../webapp/client/capture/signature.ts'

describe('The size of a photo', () => {
  it('has a long side of at most 1600, whichever way it is held', () => {
    assert.deepEqual(fit({ width: 4000, height: 3000 }, LONGEST_SIDE), { width: 1600, height: 1200 })
    assert.deepEqual(fit({ width: 3000, height: 4000 }, LONGEST_SIDE), { width: 1200, height: 1600 })
  })

  it('is never enlarged and never nothing', () => {
    assert.deepEqual(fit({ width: 640, height: 480 }, LONGEST_SIDE), { width: 640, height: 480 })
    assert.deepEqual(fit({ width: 9000, height: 2 }, 640), { width: 640, height: 1 })
  })

  it('is tried with falling quality first, then smaller', () => {
    const tries = attempts({ width: 4000, height: 3000 })
    assert.deepEqual(tries.slice(0, 4).map(({ width, quality }) => [width, quality]), [[1600, 0.82], [1600, 0.7], [1600, 0.58], [1280, 0.82]])
    assert.equal(tries.at(-1)?.width, 640)
  })

  it('skips the gentle steps when it is far too large', () => {
    const tries = attempts({ width: 4000, height: 3000 })
    assert.equal(nextAttempt(tries, 0, MOST_BYTES + 1), 1)
    assert.equal(tries[nextAttempt(tries, 0, MOST_BYTES * 3)]?.width, 1280)
    assert.equal(nextAttempt(tries, tries.length - 1, MOST_BYTES * 9), tries.length)
  })

  it('has no smaller steps for a picture that is small already', () => {
    assert.deepEqual(attempts({ width: 600, height: 400 }).map(({ width }) => width), [600, 600, 600])
  })
})

describe('A camera that does not open', () => {
  it('is told by its reason', () => {
    assert.equal(reasonOf('NotAllowedError'), 'denied')
    assert.equal(reasonOf('NotFoundError'), 'none')
    assert.equal(reasonOf('NotReadableError'), 'busy')
    assert.equal(reasonOf('SomethingNew'), 'busy')
  })
})

describe('A capture', () => {
  it('is known by the SHA-256 of its bytes at once', async () => {
    const bytes = new TextEncoder().encode('abc') as Uint8Array<ArrayBuffer>
    const capture = await captured(bytes, 'text/plain', new Date('2026-11-23T03:00:00Z'))
    assert.equal(capture.sha256, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    assert.equal(capture.taken_at, '2026-11-23T03:00:00.000Z')
  })
})

describe('A signature', () => {
  const pen = { dotSize: 0, minWidth: 1, maxWidth: 3, penColor: '', velocityFilterWeight: 0.7, compositeOperation: 'source-over' as const }
  const group = { ...pen, points: [{ x: 10.04, y: 20, pressure: 0.5, time: 1000 }, { x: 30, y: 41.16, pressure: 0.5, time: 1016 }] }

  it('keeps its strokes with the time since the first touch', () => {
    const kept = strokesOf([group], 300, 200)
    assert.deepEqual(kept.strokes, [[{ x: 10, y: 20, t: 0, pressure: 0.5 }, { x: 30, y: 41.2, t: 16, pressure: 0.5 }]])
    assert.deepEqual([kept.width, kept.height], [300, 200])
  })

  it('shrinks with a phone that is turned, and is not enlarged', () => {
    assert.equal(fitted([group], 0.5)[0]?.points[1]?.x, 15)
    assert.equal(fitted([group], 2)[0]?.points[1]?.x, 30)
  })

  it('that the browser has no room to draw is no signature', async () => {
    await assert.rejects(pictureOf({ toBlob: (done) => done(null) }))
    assert.deepEqual(await pictureOf({ toBlob: (done) => done(new Blob([Uint8Array.of(1, 2)])) }), Uint8Array.of(1, 2))
  })

  it('gets no more picture points than help', () => {
    assert.equal(scaleOf(300, 3), 3)
    assert.equal(scaleOf(600, 3), 2)
    assert.equal(scaleOf(1500, 2), 1)
  })
})

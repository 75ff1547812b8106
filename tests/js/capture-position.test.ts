/** The position: the best of many fixes, never waited for, warned about when it is odd. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Area, holds, liesOutside, metresOutside } from '../../webapp/client/capture/boundary.ts'
import { ageOf, better, type Fix, metresBetween } from '../../webapp/client/capture/fix.ts'
import { isEnough, type Positioning, ROUND_MS, startWatching, stopWatching } from '../../webapp/client/capture/position.ts'

const square: Area = { type: 'Polygon', coordinates: [[[102, 17], [103, 17], [103, 18], [102, 18], [102, 17]], [[102.4, 17.4], [102.6, 17.4], [102.6, 17.6], [102.4, 17.6], [102.4, 17.4]]] }
const at = (longitude: number, latitude: number, accuracy = 10): Fix => ({ longitude, latitude, accuracy, taken_at: '2026-11-23T03:00:00.000Z' })

describe('A subdistrict’s boundary', () => {
  it('holds what is inside and not what lies in its hole or beyond', () => {
    assert.equal(holds(square, at(102.2, 17.2)), true)
    assert.equal(holds(square, at(102.5, 17.5)), false)
    assert.equal(holds(square, at(103.2, 17.5)), false)
  })

  it('may have several parts', () => {
    const parts: Area = { type: 'MultiPolygon', coordinates: [square.coordinates as number[][][], [[[105, 17], [106, 17], [106, 18], [105, 17]]]] }
    assert.equal(holds(parts, at(105.9, 17.2)), true)
    assert.equal(holds(parts, at(104, 17.2)), false)
  })

  it('is so many metres away', () => {
    assert.equal(metresOutside(square, at(102.2, 17.2)), 0)
    assert.ok(Math.abs(metresOutside(square, at(102.5, 18.01)) - 1113) < 2)
    assert.ok(Math.abs(metresOutside(square, at(103.01, 17.5)) - 1062) < 3)
  })

  it('is left only beyond 300 m, and beyond what the accuracy explains', () => {
    assert.equal(liesOutside(square, at(102.5, 18.0026)), false)
    assert.equal(liesOutside(square, at(102.5, 18.0028)), true)
    assert.equal(liesOutside(square, at(102.5, 18.0028, 400)), false)
  })
})

describe('Of two fixes', () => {
  it('the finer is kept, and the newer of equals', () => {
    const fine = at(102, 17, 8)
    assert.equal(better(fine, at(102, 17, 50)), fine)
    assert.equal(better(at(102, 17, 50), fine), fine)
    const again = at(102, 17, 8)
    assert.equal(better(fine, again), again)
    assert.equal(better(null, again), again)
  })

  it('the newer is kept when the phone has moved on', () => {
    const house = at(102.01, 17, 30)
    assert.equal(better(at(102, 17, 5), house), house)
  })

  it('a fix from a phone mast moves nobody', () => {
    const fine = at(102, 17, 5)
    assert.equal(better(fine, at(102.1, 17, 2000)), fine)
  })

  it('the distance is in metres and the age in seconds', () => {
    assert.ok(Math.abs(metresBetween(at(102, 17), at(102, 17.001)) - 111) < 1)
    assert.equal(ageOf(at(102, 17), new Date('2026-11-23T03:00:07.400Z')), 7)
    assert.equal(ageOf(at(102, 17), new Date('2026-11-23T02:00:00Z')), 0)
  })
})

/** A phone whose fixes the test gives by hand. */
function phone() {
  let give: PositionCallback = () => {}
  let refuse: PositionErrorCallback = () => {}
  const cleared: number[] = []
  const positioning = {
    watchPosition: (found: PositionCallback, failed: PositionErrorCallback) => {
      give = found
      refuse = failed
      return 7
    },
    clearWatch: (id: number) => void cleared.push(id),
  } as unknown as Positioning
  const fix = (accuracy: number) => give({ coords: { latitude: 17.1234567, longitude: 102.7654321, accuracy } } as GeolocationPosition)
  return { positioning, cleared, fix, fail: (code: number) => refuse({ code } as GeolocationPositionError) }
}

function interview() {
  const watched = { time: 0, drawn: 0, now: () => new Date(watched.time), refresh: () => void (watched.drawn += 1) }
  return watched
}

describe('The search for a position', () => {
  it('keeps the best fix, counts them, and goes on while they are rough', () => {
    const { positioning, fix, cleared } = phone()
    const watch = startWatching(interview(), positioning)
    fix(900)
    fix(60)
    fix(80)
    assert.deepEqual([watch.best?.accuracy, watch.best?.latitude, watch.fixes, watch.looking], [60, 17.123457, 3, true])
    assert.deepEqual(cleared, [])
  })

  it('ends by itself with a fine fix, after 20 s with a good one, in the end with any', () => {
    assert.equal(isEnough(at(0, 0, 9), 1000), true)
    assert.equal(isEnough(at(0, 0, 18), 1000), false)
    assert.equal(isEnough(at(0, 0, 18), ROUND_MS), true)
    assert.equal(isEnough(at(0, 0, 300), ROUND_MS), false)
    assert.equal(isEnough(null, 300_000), true)
  })

  it('is one an interview, and a refusal is told without asking again', () => {
    const { positioning, fail, cleared } = phone()
    const watched = interview()
    const watch = startWatching(watched, positioning)
    assert.equal(startWatching(watched, positioning), watch)
    fail(1)
    assert.deepEqual([watch.state, watch.looking, watched.drawn, cleared], ['denied', false, 1, [7]])
  })

  it('tells that there is none yet, and can be tried again', () => {
    const { positioning, fail, fix } = phone()
    const watched = interview()
    const watch = startWatching(watched, positioning)
    fail(2)
    assert.deepEqual([watch.state, watch.looking], ['unavailable', true])
    stopWatching(watched)
    assert.equal(watch.looking, false)
    watch.again()
    fix(10)
    assert.equal(watch.state, 'found')
  })

  it('is no trouble where there is no positioning at all', () => {
    assert.equal(startWatching(interview(), undefined).state, 'unsupported')
  })
})

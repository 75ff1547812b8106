/** Where the phone is: watched from the moment the interview opens, so that nobody waits at the end. */
import { better, COARSE, GOOD, type Fix } from './fix.ts'

export type PositionState = 'searching' | 'found' | 'denied' | 'unavailable' | 'unsupported'

/** What a watch needs of the interview: its clock, and to be told when to draw again. */
export interface Watched {
  now(): Date
  refresh(): void
}

/** The part of the browser's geolocation that is used. */
export type Positioning = Pick<Geolocation, 'watchPosition' | 'clearWatch'>

/** A round of looking: 20 s when the fix is good by then, 5 minutes at most. */
export const ROUND_MS = 20_000
const LONGEST_MS = 300_000

/** The running search for the best position of one interview. */
export interface Watch {
  state: PositionState
  best: Fix | null
  fixes: number
  /** True while the phone is looking. */
  looking: boolean
  /** Looks again for a round; nothing happens while it looks already. */
  again(): void
  stop(): void
}

const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: ROUND_MS }

/** A fix as it is kept: 6 decimals (11 cm), accuracy in decimetres. */
export function fixOf(position: GeolocationPosition, at: Date): Fix {
  const { latitude, longitude, accuracy } = position.coords
  const round = (value: number, digits: number) => Number(value.toFixed(digits))
  return { latitude: round(latitude, 6), longitude: round(longitude, 6), accuracy: round(accuracy, 1), taken_at: at.toISOString() }
}

/** True when looking on would cost battery and gain nothing. */
export function isEnough(best: Fix | null, lookedMs: number): boolean {
  if (lookedMs >= LONGEST_MS) return true
  if (!best || best.accuracy > COARSE) return false
  return best.accuracy <= GOOD / 2 || (lookedMs >= ROUND_MS && best.accuracy <= GOOD)
}

class PositionWatch implements Watch {
  state: PositionState = 'searching'
  best: Fix | null = null
  fixes = 0
  private id: number | null = null
  private since = 0
  private readonly watched: Watched
  private readonly positioning: Positioning | undefined

  constructor(watched: Watched, positioning: Positioning | undefined) {
    this.watched = watched
    this.positioning = positioning
  }

  get looking(): boolean {
    return this.id !== null
  }

  again(): void {
    if (this.id !== null) return
    if (!this.positioning) {
      this.state = 'unsupported'
      return
    }
    this.since = this.watched.now().getTime()
    if (!this.best) this.state = 'searching'
    this.id = this.positioning.watchPosition((position) => this.take(position), (error) => this.fail(error), OPTIONS)
  }

  stop(): void {
    if (this.id !== null) this.positioning?.clearWatch(this.id)
    this.id = null
  }

  private take(position: GeolocationPosition): void {
    const now = this.watched.now()
    this.best = better(this.best, fixOf(position, now))
    this.fixes += 1
    this.state = 'found'
    if (isEnough(this.best, now.getTime() - this.since)) this.stop()
    this.watched.refresh()
  }

  private fail(error: GeolocationPositionError): void {
    const denied = error.code === 1
    const tired = this.watched.now().getTime() - this.since >= LONGEST_MS
    if (!this.best) this.state = denied ? 'denied' : 'unavailable'
    if (denied || tired) this.stop()
    this.watched.refresh()
  }
}

/** One watch an interview: it lives as long as what it watches for. */
const watches = new WeakMap<Watched, Watch>()

/** Starts looking for the position and goes on in the background; never asks twice, never blocks. */
export function startWatching(watched: Watched, positioning: Positioning | undefined = globalThis.navigator?.geolocation): Watch {
  const known = watches.get(watched)
  if (known) return known
  const watch = new PositionWatch(watched, positioning)
  watches.set(watched, watch)
  watch.again()
  return watch
}

/** Ends the search of an interview that is left. */
export function stopWatching(watched: Watched): void {
  watches.get(watched)?.stop()
  watches.delete(watched)
}

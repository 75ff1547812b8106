/** When the phone locks by itself: nobody touches it for a while, or it is put away. */

export interface IdleRules {
  /** Milliseconds without a touch. */
  idle: number
  /** Milliseconds out of sight; 0 locks at once. */
  grace(): number
}

export interface IdleWorld {
  page: EventTarget & { readonly visibilityState: string }
  now(): number
  uptime(): number
}

const EVERY_MS = 5_000
const remembered = 'jpt-lock-grace'
export const GRACES = [0, 60_000, 300_000] as const
const USUAL_GRACE = 60_000 // taking a picture with the phone's own camera hides the app

/** How long the app may be out of sight before it locks; the volunteer's choice on this phone. */
export function graceChosen(): number {
  const kept = Number(globalThis.localStorage?.getItem(remembered) ?? USUAL_GRACE)
  return (GRACES as readonly number[]).includes(kept) ? kept : USUAL_GRACE
}

export function chooseGrace(grace: number): void {
  globalThis.localStorage?.setItem(remembered, String(grace))
}

/** Calls `lock` when it is time, as often as it is time; the returned function ends that. Either clock may be the later one. */
export function watchIdle({ page, now, uptime }: IdleWorld, { idle, grace }: IdleRules, lock: () => void): () => void {
  let [touched, hidden] = [moment(), null as Moment | null]
  function moment(): Moment {
    return { clock: now(), uptime: uptime() }
  }
  const since = ({ clock, uptime: then }: Moment) => Math.max(now() - clock, uptime() - then)
  const isDue = () => (hidden ? since(hidden) >= grace() : false) || since(touched) >= idle
  const look = () => isDue() && lock()
  const touch = () => {
    if (!isDue()) touched = moment()
  }
  const seen = () => {
    if (page.visibilityState === 'hidden') hidden ??= moment()
    look()
    if (page.visibilityState === 'visible') [touched, hidden] = [moment(), null]
  }
  const touches = ['pointerdown', 'keydown', 'input']
  touches.forEach((name) => page.addEventListener(name, touch, { capture: true, passive: true } as AddEventListenerOptions))
  page.addEventListener('visibilitychange', seen)
  const timer = setInterval(look, EVERY_MS)
  return () => {
    clearInterval(timer)
    touches.forEach((name) => page.removeEventListener(name, touch, { capture: true }))
    page.removeEventListener('visibilitychange', seen)
  }
}

interface Moment {
  clock: number
  uptime: number
}

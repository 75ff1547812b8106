/** When to send: at start, when seen again, when the network is back, by a button, and by a timer that backs off. */
import { dueAt } from './back-off.ts'
import type { Phone } from './phone.ts'
import { type Drained, drain } from './outbox.ts'
import { linkOf } from './status.ts'

/** The page's events, passed in: nothing here knows a document. */
export interface Surroundings {
  /** Tells `visibilitychange`. */
  page: EventTarget & { readonly visibilityState: string }
  /** Tells `online`. */
  network: EventTarget
  /** Said before sending at start, when the network is back and once an hour; its failure stops nothing. */
  hello: () => Promise<unknown>
  /** After each trip; the status says the rest. */
  drained?: (drained: Drained) => void
}

export interface Triggers {
  /** The button: now, unless the register asked for patience. */
  now(): Promise<Drained | null>
  stop(): void
}

type Reason = 'start' | 'seen' | 'online' | 'button' | 'timer'

const HELLO_EVERY_MS = 3600_000
const LONGEST_WAIT_MS = 15 * 60_000
const SHORTEST_WAIT_MS = 1_000

/** Sends whenever there is a reason to, until `stop`. One trip at a time; reasons that come meanwhile make one more. */
export function keepSending(phone: Phone, surroundings: Surroundings): Triggers {
  const state: Sender = { phone, surroundings, timer: undefined, running: null, again: null, greeted: -Infinity, stopped: false }
  const seen = () => surroundings.page.visibilityState === 'visible' && void trigger(state, 'seen')
  const online = () => void trigger(state, 'online')
  surroundings.page.addEventListener('visibilitychange', seen)
  surroundings.network.addEventListener('online', online)
  void trigger(state, 'start')
  return {
    now: () => trigger(state, 'button'),
    stop: () => {
      state.stopped = true
      clearTimeout(state.timer)
      surroundings.page.removeEventListener('visibilitychange', seen)
      surroundings.network.removeEventListener('online', online)
    },
  }
}

interface Sender {
  phone: Phone
  surroundings: Surroundings
  timer: ReturnType<typeof setTimeout> | undefined
  running: Promise<Drained | null> | null
  again: Reason | null
  greeted: number
  stopped: boolean
}

async function trigger(state: Sender, reason: Reason): Promise<Drained | null> {
  if (state.stopped) return null
  if (state.running) {
    state.again = reason
    return state.running
  }
  state.running = trip(state, reason).finally(() => {
    state.running = null
    const again = state.again
    state.again = null
    if (again) void trigger(state, again)
  })
  return state.running
}

async function trip(state: Sender, reason: Reason): Promise<Drained | null> {
  clearTimeout(state.timer)
  const { phone, surroundings } = state
  if (await mustWait(phone)) return schedule(state, null)
  if (isTimeToGreet(state, reason)) await greet(state)
  const drained = await drain(phone, reason !== 'timer').catch(() => null)
  if (drained) surroundings.drained?.(drained)
  return schedule(state, drained)
}

/** `Retry-After` is obeyed whatever the reason. */
async function mustWait(phone: Phone): Promise<boolean> {
  const link = await linkOf(phone).catch(() => null)
  const asked = link?.stopped === 'slow-down' || link?.stopped === 'maintenance'
  return asked && dueAt(link.next_at, phone.world.now()) > phone.world.now()
}

function isTimeToGreet({ phone, greeted }: Sender, reason: Reason): boolean {
  return reason === 'start' || reason === 'online' || phone.world.uptime() - greeted > HELLO_EVERY_MS
}

async function greet(state: Sender): Promise<void> {
  state.greeted = state.phone.world.uptime()
  await state.surroundings.hello().catch(() => undefined)
}

/** The next attempt, where one is due; the browser may hold timers of a hidden page back, so `seen` exists too. */
async function schedule(state: Sender, drained: Drained | null): Promise<Drained | null> {
  const link = await linkOf(state.phone).catch(() => null)
  const next = drained ? drained.next_at : (link?.next_at ?? null)
  if (next === null || state.stopped) return drained
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, next - state.phone.world.now()))
  state.timer = setTimeout(() => void trigger(state, 'timer'), wait)
  return drained
}

/** The phone: its databases, the world round it, and word of changes. Passed to every function of the outbox. */
import { type CacheStore, openCache, openWork, type WorkStore } from './databases.ts'
import { type Notices, openNotices } from './notices.ts'
import { makeRoom } from './retention.ts'

/** What the outbox needs of the surroundings; tests give their own. */
export interface World {
  /** The app's version, said with every request. */
  app: string
  fetch(address: string, init: RequestInit): Promise<Response>
  /** Milliseconds since 1970 by the phone's clock, which may be wrong. */
  now(): number
  /** Milliseconds that only grow, since `origin`; they survive a change of the clock but not a restart. */
  uptime(): number
  origin: number
  /** 0 ≤ x < 1. */
  random(): number
  locks: LockManager | null
}

export interface Phone {
  work: WorkStore
  cache: CacheStore
  world: World
  notices: Notices
}

export function openPhone(app: string, changed: Partial<World> = {}): Phone {
  const work: WorkStore = openWork(() => makeRoom(work))
  return { work, cache: openCache(), world: { ...surroundings(app), ...changed }, notices: openNotices() }
}

export async function closePhone(phone: Phone): Promise<void> {
  phone.notices.close()
  await Promise.all([phone.work.close(), phone.cache.close()])
}

function surroundings(app: string): World {
  return {
    app,
    fetch: (address, init) => fetch(address, init),
    now: () => Date.now(),
    uptime: () => performance.now(),
    origin: performance.timeOrigin,
    random: Math.random,
    locks: navigator.locks ?? null,
  }
}

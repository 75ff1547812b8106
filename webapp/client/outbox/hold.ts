/** One writer per draft: a second tab may read it and is told so. */
import type { Phone } from './phone.ts'

export interface Hold {
  /** The draft's id, which is the interview's. */
  id: string
  /** False when another tab (or window) writes this draft. */
  writable: boolean
  release(): void
}

export function lockName(draft: string): string {
  return `draft:${draft}`
}

/** Taken when the draft is opened, released when its screen is left; the browser releases it if the page dies. */
export function holdDraft({ world }: Phone, id: string): Promise<Hold> {
  const { locks } = world
  if (!locks) return Promise.resolve({ id, writable: true, release: () => undefined })
  return new Promise((resolve, reject) => {
    locks
      .request(lockName(id), { ifAvailable: true }, (lock) => {
        if (!lock) return resolve({ id, writable: false, release: () => undefined })
        return new Promise<void>((release) => resolve({ id, writable: true, release }))
      })
      .catch(reject)
  })
}

/** Whether any tab has a draft open for writing. */
export async function draftIsOpen(locks: LockManager | null): Promise<boolean> {
  const { held = [] } = (await locks?.query()) ?? {}
  return held.some(({ name }) => name?.startsWith('draft:'))
}

/** The page's side of the service worker: registering it, hearing of a newer one, letting it take over. */
import { draftIsOpen } from '../outbox/hold.ts'

export interface WorkerWatch {
  registration: ServiceWorkerRegistration
  container: ServiceWorkerContainer
}

/** What the worker says of the files it keeps. */
export interface Kept {
  version: string
  files: number
  missing: number
  size: number
}

const LOOK_EVERY_MS = 3600_000

/** The page's visibility, where there is a page. */
type Seen = EventTarget & { readonly visibilityState: string }

/** Null where there are no service workers. `newer` is called once a newer worker waits; it sends on when the page is left. */
export async function registerWorker(
  newer: () => void,
  container: ServiceWorkerContainer | undefined = navigator.serviceWorker,
  page: Seen | undefined = globalThis.document,
): Promise<WorkerWatch | null> {
  if (!container) return null
  const registration = await container.register('/service-worker.js', { scope: '/', updateViaCache: 'none' })
  const told = () => registration.waiting && container.controller && newer()
  told()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', told)
  })
  const watch = { registration, container }
  const look = onceAnHour(() => registration.update())
  page?.addEventListener('visibilitychange', () => void (page.visibilityState === 'hidden' ? wantBackgroundSync(watch) : look()))
  return watch
}

/** Browsers look for a newer worker when a page is opened; an app that is only brought back to the front never opens one. */
function onceAnHour(look: () => Promise<unknown>): () => Promise<unknown> {
  let looked = performance.now()
  return async () => {
    if (performance.now() - looked < LOOK_EVERY_MS) return
    looked = performance.now()
    await look().catch(() => undefined) // no network: the next time the app is seen
  }
}

/** The newer worker takes over and the page starts again with it; false while any tab writes a draft. */
export async function takeOver(
  { registration, container }: WorkerWatch,
  reload: () => void = () => location.reload(),
  locks: LockManager | null = navigator.locks ?? null,
): Promise<boolean> {
  if (!registration.waiting || (await draftIsOpen(locks))) return false
  container.addEventListener('controllerchange', reload, { once: true })
  registration.waiting.postMessage('take-over')
  return true
}

const ANSWER_WITHIN_MS = 3000

/** Asked of the worker itself; null when none is in charge of this page. */
export function keptFiles(container: ServiceWorkerContainer | undefined = navigator.serviceWorker): Promise<Kept | null> {
  const worker = container?.controller
  if (!worker) return Promise.resolve(null)
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const hear = (answer: Kept | null) => {
      clearTimeout(patience)
      port1.close()
      resolve(answer)
    }
    const patience = setTimeout(() => hear(null), ANSWER_WITHIN_MS)
    port1.onmessage = ({ data }: MessageEvent<Kept>) => hear(data)
    worker.postMessage('kept', [port2])
  })
}

/** Chromium's bonus: the worker sends when the network is back, the page closed. */
export async function wantBackgroundSync({ registration }: WorkerWatch): Promise<boolean> {
  const { sync } = registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }
  if (!sync) return false
  return sync.register('outbox').then(
    () => true,
    () => false, // refused, or no permission: the triggers do the work
  )
}

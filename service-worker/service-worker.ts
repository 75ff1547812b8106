/** Keeps the app's own files at hand, and sends the outbox when the network is back. */
import { closePhone, drain, openPhone } from '../webapp/client/outbox/sender.ts'
import { answeredAddress, dropOlder, keepAll, type KeptFile, kept, type Shelf, tally } from './kept.ts'

/** Put in front of this file by the server. */
interface Fronted {
  KEPT: KeptFile[]
  VERSION: string
  APP: string
}

/** Background Sync is Chromium's alone, and not in TypeScript's library. */
interface SyncEvent extends ExtendableEvent {
  tag: string
}

const worker = self as unknown as ServiceWorkerGlobalScope & Fronted
const shelf: Shelf = { files: worker.KEPT, version: worker.VERSION, caches, fetch: (request) => fetch(request) }

worker.addEventListener('install', (event) => event.waitUntil(keepAll(shelf)))

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder(shelf).then(() => worker.clients.claim()))
})

// Only our own files are answered for, and only GET: everything else goes to the network untouched.
worker.addEventListener('fetch', (event) => {
  const address = answeredAddress(shelf, event.request, worker.location.origin)
  if (address) event.respondWith(kept(shelf, address))
})

worker.addEventListener('message', (event) => {
  // Sent by a page in which, and beside which, no draft is being written; otherwise a newer worker waits.
  if (event.data === 'take-over') event.waitUntil(worker.skipWaiting())
  const [port] = event.ports
  if (event.data === 'kept' && port) event.waitUntil(tally(shelf).then((answer) => port.postMessage(answer)))
})

worker.addEventListener('sync' as 'fetch', (event) => {
  const { tag } = event as unknown as SyncEvent
  if (tag === 'outbox') event.waitUntil(sendOutbox())
})

/** The databases are let go of afterwards, so that a sleeping worker never blocks a page's upgrade. */
async function sendOutbox(): Promise<void> {
  const phone = openPhone(worker.APP)
  try {
    const { stopped } = await drain(phone)
    if (stopped === 'offline') throw new Error('still offline') // so that the browser tries again
  } finally {
    await closePhone(phone)
  }
}

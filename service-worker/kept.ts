/** The app's own files, kept in Cache Storage; what people told us never comes here. */

export interface KeptFile {
  url: string
  /** SHA-256 of the bytes, lower hex. */
  digest: string
}

/** The list the server puts in front of the worker, and one digest of all of it. */
export interface Shelf {
  files: KeptFile[]
  version: string
  caches: CacheStorage
  fetch: (request: Request) => Promise<Response>
}

export const SHELL = '/app/'
const BUILT = '/static/dist/'
const PREFIX = 'app-'
const CACHES_KEPT = 2 // an open page of the version before may still ask for its parts

export function cacheName({ version }: Shelf): string {
  return PREFIX + version
}

/** Every file is there and is what the list says afterwards; otherwise nothing is kept and the worker in charge stays. */
export async function keepAll(shelf: Shelf): Promise<void> {
  const cache = await shelf.caches.open(cacheName(shelf))
  try {
    await Promise.all(shelf.files.map(async (file) => cache.put(file.url, await verified(shelf, file))))
  } catch (error) {
    await shelf.caches.delete(cacheName(shelf))
    throw error
  }
}

/** From the version before where it is the same, else past the HTTP cache; a portal's page fails the digest. */
async function verified(shelf: Shelf, { url, digest }: KeptFile): Promise<Response> {
  const held = await shelf.caches.match(url)
  if (held && (await digestOf(held.clone())) === digest) return held
  const response = await shelf.fetch(new Request(url, { cache: 'reload' }))
  if (!response.ok || response.redirected || (await digestOf(response.clone())) !== digest) {
    throw new Error(`not the file that was listed: ${url}`)
  }
  return response
}

async function digestOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** This version's cache and the one before it stay. */
export async function dropOlder(shelf: Shelf): Promise<void> {
  const own = cacheName(shelf)
  const others = (await shelf.caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== own)
  await Promise.all(others.slice(0, Math.max(0, others.length - (CACHES_KEPT - 1))).map((name) => shelf.caches.delete(name)))
}

/** The address to answer from the kept files, or null: then the browser asks the network as if there were no worker. */
export function answeredAddress(shelf: Shelf, request: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): string | null {
  const { origin: asked, pathname } = new URL(request.url)
  if (request.method !== 'GET' || asked !== origin || pathname.startsWith('/api/')) return null
  if (request.mode === 'navigate') return pathname.startsWith(SHELL) ? SHELL : null
  return pathname.startsWith(BUILT) || shelf.files.some(({ url }) => url === pathname) ? pathname : null
}

/** This version first, then the one before, then the network. */
export async function kept(shelf: Shelf, address: string): Promise<Response> {
  const own = await shelf.caches.open(cacheName(shelf))
  return (await own.match(address)) ?? (await shelf.caches.match(address)) ?? shelf.fetch(new Request(address))
}

/** What the ready-for-offline page shows. */
export async function tally(shelf: Shelf): Promise<{ version: string; files: number; missing: number; size: number }> {
  const cache = await shelf.caches.open(cacheName(shelf))
  const sizes = await Promise.all(shelf.files.map(async ({ url }) => (await (await cache.match(url))?.arrayBuffer())?.byteLength))
  const held = sizes.filter((size) => size !== undefined)
  return {
    version: shelf.version,
    files: shelf.files.length,
    missing: shelf.files.length - held.length,
    size: held.reduce((sum, size) => sum + size, 0),
  }
}

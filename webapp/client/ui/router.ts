/** The addresses of the app under /app/, all served by the one shell. */
export type Route =
  | { name: 'home' | 'ready' | 'outbox' | 'new' | 'menu' | 'rescue' | 'announced' | 'plan' | 'card' }
  | { name: 'household' | 'done'; id: string }
  | { name: 'forum'; id: string; house: string; step: string }
  | { name: 'interview'; id: string; step: string; part: string }

const PLAIN = new Set(['home', 'ready', 'outbox', 'new', 'menu', 'rescue', 'announced', 'plan', 'card'])

/** The route of a path; anything unknown is home. */
export function parsePath(path: string): Route {
  const [name = '', id = '', step = '', ...rest] = path.replace(/^\/app\/?/, '').split('/').map(decoded)
  if (PLAIN.has(name)) return { name } as Route
  if ((name === 'household' || name === 'done') && id) return { name, id }
  if (name === 'interview' && id) return { name, id, step: step || 'contents', part: rest.join('/') }
  if (name === 'forum' && id) return { name, id, house: step, step: rest[0] ?? '' }
  return { name: 'home' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** The path of a step of an interview. */
export function interviewPath(id: string, step: string): string {
  return `/app/interview/${encodeURIComponent(id)}/${step.split('/').map(encodeURIComponent).join('/')}`
}

/** The path of a forum, of a household there, of a step of asking it. */
export function forumPath(...parts: string[]): string {
  return ['/app/forum', ...parts.map(encodeURIComponent)].join('/')
}

/** Follows the browser's history and takes over our own links. */
export class Router {
  private readonly changed: (route: Route) => void

  constructor(changed: (route: Route) => void) {
    this.changed = changed
  }

  start(): void {
    addEventListener('popstate', () => this.tell())
    document.addEventListener('click', (event) => this.follow(event))
    this.tell()
  }

  go(path: string, instead = false): void {
    if (path === location.pathname) return
    history[instead ? 'replaceState' : 'pushState'](null, '', path)
    this.tell()
  }

  private tell(): void {
    this.changed(parsePath(location.pathname))
  }

  private follow(event: MouseEvent): void {
    const link = (event.target as Element | null)?.closest?.('a')
    const ours = link && link.origin === location.origin && link.pathname.startsWith('/app/') && !link.hasAttribute('download') && !link.target
    if (!ours || link.hash || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    this.go(link.pathname)
  }
}

/** The page's one Trusted Types policy: no HTML from strings, and of scripts only the addresses of our own workers. */
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown
}

const OURS = /^\/(service-worker\.js|static\/dist\/part-[0-9A-Z]+\.js)$/

function ownScript(address: string): string {
  const { origin, pathname } = new URL(address, location.href)
  if (origin === location.origin && OURS.test(pathname)) return address
  throw new TypeError('not a script of ours')
}

/** Before anything registers a worker. */
export function guardScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory }
  trustedTypes?.createPolicy('default', { createScriptURL: ownScript })
}

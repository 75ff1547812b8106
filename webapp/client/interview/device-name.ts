/** What people call this phone in the list of devices: its kind and browser, from what the browser says of itself. */
const SYSTEMS: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iPhone'], [/Windows/, 'Windows'], [/Macintosh/, 'Mac'], [/Linux/, 'Linux']]
const BROWSERS: [RegExp, string][] = [[/Edg\//, 'Edge'], [/SamsungBrowser\//, 'Samsung Internet'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']]

/** "Android Chrome". */
export function deviceName(agent: string): string {
  const found = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1]
  return [found(SYSTEMS), found(BROWSERS)].filter(Boolean).join(' ') || 'Browser'
}

/** Texts in the chosen language: each area's texts are added once, Thai is always the fallback. */
export type Language = 'th' | 'en'
type Texts = Record<string, string>

const areas: Record<Language, Record<string, Texts>> = { th: {}, en: {} }
const remembered = 'jpt-language'
const listeners = new Set<() => void>()

/** Makes an area's texts known, e.g. `addTexts('map', { th, en })`; English may be left out. */
export function addTexts(area: string, texts: { th: Texts; en?: Texts }): void {
  areas.th[area] = texts.th
  areas.en[area] = texts.en ?? {}
}

/** The language on screen now. */
export function language(): Language {
  return globalThis.document?.documentElement.lang === 'en' ? 'en' : 'th'
}

/** The language chosen in this browser before, here or on a page of the server; Thai when none was. */
export function rememberedLanguage(): Language {
  return document.cookie.split('; ').includes(`${remembered}=en`) ? 'en' : 'th'
}

/** Changes the language on screen and remembers it in this browser. */
export function setLanguage(chosen: Language): void {
  document.documentElement.lang = chosen
  document.cookie = `${remembered}=${chosen}; path=/; max-age=31536000; samesite=strict; secure`
  for (const listener of listeners) listener()
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The text of `area.key` with `{names}` filled in; a missing text shows its key, so a test can see it. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = textOf(language(), key) ?? textOf('th', key) ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether there is a text under this key in Thai. */
export function hasText(key: string): boolean {
  return textOf('th', key) !== undefined
}

function textOf(chosen: Language, key: string): string | undefined {
  const dot = key.indexOf('.')
  return areas[chosen][key.slice(0, dot)]?.[key.slice(dot + 1)]
}

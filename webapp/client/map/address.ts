/** The page in the address bar: filters and household in the query, what part of the map is seen in the fragment. */
import { FILTERS, queryOf, type Filters } from './state.ts'

/** Zoom, latitude and longitude of the map's middle. */
export interface Seen { zoom: number; latitude: number; longitude: number }

/** What an address says of the page. */
export interface Place { filters: Filters; household: string | null; seen: Seen | null }

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SEEN = /^#at=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/

/** Codes and ids alone; anything else in an address is passed over. */
export function read({ search, hash }: { search: string; hash: string }): Place {
  const asked = new URLSearchParams(search)
  const filters: Filters = {}
  for (const name of FILTERS) {
    const value = asked.get(name)
    if (value) filters[name] = value
  }
  const household = asked.get('household')
  return { filters, household: household && ID.test(household) ? household : null, seen: seenOf(hash) }
}

/** The fragment stays in the browser, so no server and no log learns where somebody looks; 3 places are 110 m. */
export function written({ filters, household, seen }: Place): string {
  const query = queryOf(filters, household ? { household } : {})
  const at = seen ? `#at=${seen.zoom.toFixed(1)}/${seen.latitude.toFixed(3)}/${seen.longitude.toFixed(3)}` : ''
  return `/map${query}${at}`
}

function seenOf(hash: string): Seen | null {
  const [zoom, latitude, longitude] = (SEEN.exec(hash) ?? []).slice(1).map(Number)
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null
  const isOnEarth = zoom <= 22 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180
  return isOnEarth ? { zoom, latitude, longitude } : null
}

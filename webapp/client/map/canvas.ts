/** The drawn map: MapLibre over our own tiles and boundaries, by finger, mouse and keyboard. */
import { AttributionControl, type GeoJSONSource, Map as MapLibre, type MapGeoJSONFeature, NavigationControl, type PointLike, ScaleControl, setWorkerUrl, type VectorTileSource } from 'maplibre-gl'
import { t } from '../ui/language.ts'
import type { Seen } from './address.ts'
import { addBaseMap } from './base-map.ts'
import { HOUSEHOLDS_FROM, pictureNames, style, tilesOf, type Shapes } from './layers.ts'
import { around, type Spot } from './marking.ts'
import { addShapes } from './shapes.ts'
import { getJson, queryOf, type Colouring, type Filters } from './state.ts'

type Box = [number, number, number, number]

/** What the drawn map tells the rest of the page. */
export interface Heard {
  choose(household: string): void
  /** Many households stand on the point that was chosen. */
  chooseMany(households: string[]): void
  seen(seen: Seen): void
  tell(words: string): void
}

/** What the rest of the page asks of the drawn map. */
export interface Canvas {
  filter(filters: Filters): void
  fit(box: Box): void
  look(seen: Seen): void
  mark(spot: Spot | null, moves: boolean): void
  resize(): void
  colour(by: Colouring): void
  /** Longitude and latitude of a point of the canvas, in its pixels. */
  cornerAt(x: number, y: number): [number, number]
  /** The corners of what is in sight. */
  corners(): [number, number][]
}

const NEAR = 16
const REACH = 24
const SAME = 0.000_03 // degrees: 3 metres, less than a tile tells apart

/** Draws into `place`; throws where the browser has no WebGL2. */
export function openCanvas(place: HTMLElement, settings: DOMStringMap, filters: Filters, seen: Seen | null, heard: Heard): Canvas {
  setWorkerUrl('/static/dist/maplibre-gl-worker.mjs')
  const at = seen ? { center: [seen.longitude, seen.latitude] as [number, number], zoom: seen.zoom } : { center: [101, 13.5] as [number, number], zoom: 5 }
  const map = new MapLibre({ container: place, style: style(filters), ...at, maxZoom: 19, attributionControl: false, locale: words() })
  map.addControl(new NavigationControl({ showCompass: false }))
  map.addControl(new ScaleControl())
  map.addControl(new AttributionControl({ compact: true }))
  addShapes(map)
  let marked: Shapes = around(null)
  map.on('load', () => {
    void addBaseMap(map, settings)
    void addBoundaries(map, filters, settings.country === 'yes')
    map.getSource<GeoJSONSource>('chosen')?.setData(marked)
  })
  listen(map, heard)
  return {
    filter(chosen) {
      map.getSource<VectorTileSource>('register')?.setTiles(tilesOf(chosen))
      void addBoundaries(map, chosen, settings.country === 'yes')
    },
    fit: (box) => void map.fitBounds(box, { padding: 30, maxZoom: 15, animate: false }),
    look: ({ zoom, latitude, longitude }) => void map.jumpTo({ center: [longitude, latitude], zoom }),
    mark(spot, moves) {
      marked = around(spot)
      map.getSource<GeoJSONSource>('chosen')?.setData(marked)
      if (spot && moves) map.jumpTo({ center: spot.point, zoom: Math.max(map.getZoom(), NEAR) })
    },
    resize: () => void map.resize(),
    colour: (by) => void map.setLayoutProperty('households', 'icon-image', pictureNames(by)),
    cornerAt: (x, y) => map.unproject([x, y]).toArray(),
    corners() {
      const { clientWidth: right, clientHeight: bottom } = map.getCanvas()
      return [[0, 0], [right, 0], [right, bottom], [0, bottom]].map(([x, y]) => map.unproject([x ?? 0, y ?? 0]).toArray())
    },
  }
}

function words(): Record<string, string> {
  return { 'Map.Title': t('map.canvas'), 'NavigationControl.ZoomIn': t('map.zoom_in'), 'NavigationControl.ZoomOut': t('map.zoom_out'),
    'AttributionControl.ToggleAttribution': t('map.attribution'), 'ScaleControl.Meters': t('map.metres'), 'ScaleControl.Kilometers': t('map.kilometres') }
}

function listen(map: MapLibre, heard: Heard): void {
  const open = (feature: MapGeoJSONFeature | undefined) => {
    if (feature?.layer.id === 'households') {
      const together = onOnePoint(map, feature)
      if (together.length > 1) heard.chooseMany(together)
      else heard.choose(String(feature.properties.id))
    }
    else if (feature?.geometry.type === 'Point') map.jumpTo({ center: feature.geometry.coordinates as [number, number], zoom: closer(map.getZoom()) })
  }
  map.on('click', ({ point }) => open(nearest(map, point)))
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter()
    heard.seen({ zoom: map.getZoom(), latitude: lat, longitude: lng })
  })
  map.on('mousemove', ({ point }) => {
    const found = map.loaded() ? nearest(map, point, 2) : undefined
    map.getCanvas().style.cursor = found ? 'pointer' : ''
    heard.tell(found ? told(found) : '')
  })
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    open(nearest(map, map.project(map.getCenter()), REACH * 2))
  })
}

/** From counts of provinces to districts, of districts to villages, of villages to their households. */
const closer = (zoom: number): number => (zoom < 7 ? 7.5 : zoom < 9 ? 9.5 : HOUSEHOLDS_FROM)

/** A finger is broad: what lies nearest within its reach. */
function nearest(map: MapLibre, { x, y }: { x: number; y: number }, reach = REACH / 2): MapGeoJSONFeature | undefined {
  const box: [PointLike, PointLike] = [[x - reach, y - reach], [x + reach, y + reach]]
  const away = ({ geometry }: MapGeoJSONFeature) => {
    const at = map.project((geometry.type === 'Point' ? geometry.coordinates : [0, 0]) as [number, number])
    return Math.hypot(at.x - x, at.y - y)
  }
  return map.queryRenderedFeatures(box, { layers: ['households', 'places'] }).sort((a, b) => away(a) - away(b))[0]
}

/** The households that stand where this one does: from nearby, no zoom takes them apart. */
function onOnePoint(map: MapLibre, { geometry }: MapGeoJSONFeature): string[] {
  if (geometry.type !== 'Point') return []
  const { x, y } = map.project(geometry.coordinates as [number, number])
  const [longitude = 0, latitude = 0] = geometry.coordinates
  const same = map.queryRenderedFeatures([[x - REACH, y - REACH], [x + REACH, y + REACH]], { layers: ['households'] }).filter(({ geometry: other }) =>
    other.type === 'Point' && Math.abs((other.coordinates[0] ?? 0) - longitude) < SAME && Math.abs((other.coordinates[1] ?? 0) - latitude) < SAME)
  return [...new Set(same.map(({ properties }) => String(properties.id)))]
}

function told({ properties: one, layer }: MapGeoJSONFeature): string {
  if (layer.id === 'households')
    return t('map.told_household', { number: one.number, state: t(`map.state_${one.state}`), grade: t(`map.grade_${one.grade}`) })
  const received = one.received + one.accepted + one.closed
  return t(one.n ? 'map.told_place' : 'map.told_empty', { name: one.name, count: one.n, received })
}

/** The whole country's subdistricts are too many at once: these come with the chosen area. */
async function addBoundaries(map: MapLibre, filters: Filters, country: boolean): Promise<void> {
  const levels = country && !filters.area ? ['province', 'district'] : ['province', 'district', 'subdistrict']
  for (const level of levels) {
    const within = level === 'subdistrict' && country ? queryOf({ area: filters.area }) : ''
    const data = await getJson<Shapes>(`/map/boundaries/${level}.json${within}`).catch(() => null)
    if (data) map.getSource<GeoJSONSource>(level)?.setData(data)
  }
}

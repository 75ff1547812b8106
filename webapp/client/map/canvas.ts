/** The drawn map: MapLibre over our own tiles and boundaries, with whatever base map the operator brings. */
import { addProtocol, AttributionControl, type GeoJSONSource, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type VectorTileSource } from 'maplibre-gl'
import { PMTiles, Protocol } from 'pmtiles'
import { around, style, tilesOf, type Shapes } from './layers.ts'
import { getJson, queryOf, type Filters } from './state.ts'

type Box = [number, number, number, number]
type Choose = (id: string, interview: string | null) => void

/** What the rest of the page asks of the drawn map. */
export interface Canvas {
  filter(filters: Filters): void
  fit(box: Box): void
  mark(longitude: number, latitude: number, metres: number): void
  resize(): void
}

/** Draws into `place`; throws where the browser has no WebGL2. */
export function openCanvas(place: HTMLElement, settings: DOMStringMap, filters: Filters, choose: Choose): Canvas {
  setWorkerUrl('/static/dist/maplibre-gl-worker.mjs')
  const map = new MapLibre({ container: place, style: style(filters), center: [101, 13.5], zoom: 5, maxZoom: 19, attributionControl: false })
  map.addControl(new NavigationControl({ showCompass: false }))
  map.addControl(new ScaleControl())
  map.addControl(new AttributionControl({ compact: true, customAttribution: settings.attribution || '' }))
  map.on('load', () => {
    void addBaseMap(map, settings)
    void addBoundaries(map, filters, settings.country === 'yes')
  })
  listen(map, choose)
  return {
    filter(chosen) {
      map.getSource<VectorTileSource>('register')?.setTiles(tilesOf(chosen))
      void addBoundaries(map, chosen, settings.country === 'yes')
    },
    fit: (box) => void map.fitBounds(box, { padding: 30, maxZoom: 15, animate: false }),
    mark(longitude, latitude, metres) {
      map.getSource<GeoJSONSource>('chosen')?.setData(around(longitude, latitude, metres))
      map.jumpTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), 16) })
    },
    resize: () => void map.resize(),
  }
}

function listen(map: MapLibre, choose: Choose): void {
  map.on('click', 'households', ({ features }) => {
    const found = features?.[0]?.properties
    if (found) choose(String(found.id), found.interview ? String(found.interview) : null)
  })
  map.on('click', 'villages', ({ lngLat }) => void map.jumpTo({ center: lngLat, zoom: 13 }))
  for (const layer of ['households', 'villages']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }
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

async function addBaseMap(map: MapLibre, settings: DOMStringMap): Promise<void> {
  const { tileUrl, attribution, pmtiles } = settings
  if (tileUrl) {
    map.addSource('base', { type: 'raster', tiles: [tileUrl], tileSize: 256, attribution })
    map.addLayer({ id: 'base', type: 'raster', source: 'base' }, 'subdistrict')
  } else if (pmtiles) await addPmtiles(map, pmtiles)
}

const MVT = 1
const LINES = { water: '#9cc4de', roads: '#c9b68f', boundaries: '#9a9a9a' }

/** A file of pictures is laid below; of a vector file the layers most have (Protomaps' names) are drawn. */
async function addPmtiles(map: MapLibre, address: string): Promise<void> {
  const protocol = new Protocol()
  const file = new PMTiles(address)
  protocol.add(file)
  addProtocol('pmtiles', protocol.tile)
  const isVector = (await file.getHeader()).tileType === MVT
  map.addSource('base', { type: isVector ? 'vector' : 'raster', url: `pmtiles://${address}` })
  if (!isVector) return void map.addLayer({ id: 'base', type: 'raster', source: 'base' }, 'subdistrict')
  for (const [name, colour] of Object.entries(LINES))
    map.addLayer({ id: `base-${name}`, type: 'line', source: 'base', 'source-layer': name, paint: { 'line-color': colour } }, 'subdistrict')
}

/** The ground below our own layers: nothing, a tile address, or a PMTiles file, as the operator set it. */
import { addProtocol, type Map as MapLibre } from 'maplibre-gl'
import { PMTiles, Protocol } from 'pmtiles'

const MVT = 1
const LOWEST = 'subdistrict'
const LINES = { water: '#9cc4de', roads: '#c9b68f', boundaries: '#9a9a9a' }

export async function addBaseMap(map: MapLibre, settings: DOMStringMap): Promise<void> {
  const { tileUrl, pmtiles } = settings
  const attribution = settings.attribution || undefined
  if (tileUrl) {
    map.addSource('base', { type: 'raster', tiles: [tileUrl], tileSize: 256, attribution })
    map.addLayer({ id: 'base', type: 'raster', source: 'base' }, LOWEST)
  } else if (pmtiles) await addPmtiles(map, pmtiles, attribution)
}

/** A file of pictures is laid below; of a vector file the layers most have (Protomaps' names) are drawn. */
async function addPmtiles(map: MapLibre, address: string, attribution?: string): Promise<void> {
  const protocol = new Protocol()
  const file = new PMTiles(address)
  protocol.add(file)
  addProtocol('pmtiles', protocol.tile)
  const isVector = (await file.getHeader()).tileType === MVT
  map.addSource('base', { type: isVector ? 'vector' : 'raster', url: `pmtiles://${address}`, attribution })
  if (!isVector) return void map.addLayer({ id: 'base', type: 'raster', source: 'base' }, LOWEST)
  for (const [name, colour] of Object.entries(LINES))
    map.addLayer({ id: `base-${name}`, type: 'line', source: 'base', 'source-layer': name, paint: { 'line-color': colour } }, LOWEST)
}

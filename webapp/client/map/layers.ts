/** The map's style: no glyphs and no pictures from anywhere; shapes and numbers tell what colours tell. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { queryOf, type Colouring, type Filters } from './state.ts'

/** GeoJSON as our own routes send it and as we draw it. */
export interface Shapes {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: object; geometry: Shape }[]
}
type Shape = { type: 'Point'; coordinates: number[] } | { type: 'LineString'; coordinates: number[][] } | { type: 'Polygon'; coordinates: number[][][] }

export const HOUSEHOLDS_FROM = 14
const EMPTY = { type: 'FeatureCollection' as const, features: [] }
const ALL: ExpressionSpecification = ['+', ['get', 'todo'], ['get', 'received'], ['get', 'returned'], ['get', 'accepted'], ['get', 'custody'], ['get', 'closed']]
const RECEIVED: ExpressionSpecification = ['/', ['+', ['get', 'received'], ['get', 'accepted'], ['get', 'closed']], ['max', 1, ALL]]
const IS_EMPTY: ExpressionSpecification = ['==', ['get', 'n'], 0]
const IS_WEAK: ExpressionSpecification = ['>', ['+', ['get', 'evidence_weak'], ['get', 'evidence_none']], 0]

export const tilesOf = (filters: Filters): string[] => [`${location.origin}/map/tiles/{z}/{x}/{y}.mvt${queryOf(filters)}`]

function boundary(level: string, width: number): LayerSpecification {
  return { id: level, type: 'line', source: level, paint: { 'line-color': '#5d6b84', 'line-width': width } }
}

const PLACES: LayerSpecification[] = [
  { id: 'places', type: 'circle', source: 'register', 'source-layer': 'places', maxzoom: HOUSEHOLDS_FROM, paint: {
    'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 0, 8, 1, 12, 20, 26, 400, 34],
    'circle-color': ['case', IS_EMPTY, '#ffffff', ['step', RECEIVED, '#deebf7', 0.34, '#6baed6', 0.67, '#08519c']],
    'circle-stroke-color': ['case', IS_WEAK, '#d55e00', '#14213d'],
    'circle-stroke-width': ['case', IS_WEAK, 3, 1] } },
  { id: 'place-counts', type: 'symbol', source: 'register', 'source-layer': 'places', maxzoom: HOUSEHOLDS_FROM,
    layout: { 'text-field': ['to-string', ['get', 'n']], 'text-size': 13, 'text-font': ['Sarabun'], 'text-allow-overlap': true, 'symbol-sort-key': ['get', 'n'] },
    paint: { 'text-color': ['step', RECEIVED, '#14213d', 0.67, '#ffffff'] } },
]
/** The name of the picture of a household, drawn when it is first wanted (see shapes). */
export const pictureNames = (colouring: Colouring): ExpressionSpecification =>
  ['concat', colouring, '-', ['get', 'state'], '-', ['get', 'grade'], '-', ['to-string', ['get', 'found']]]

const HOUSEHOLDS: LayerSpecification = {
  id: 'households', type: 'symbol', source: 'register', 'source-layer': 'households', minzoom: HOUSEHOLDS_FROM, layout: {
    'icon-image': pictureNames('state'), 'icon-allow-overlap': true,
    'icon-size': ['interpolate', ['linear'], ['zoom'], HOUSEHOLDS_FROM, 0.7, 15, 0.9, 17, 1.1] } }
const CHOSEN: LayerSpecification[] = [
  { id: 'accuracy', type: 'fill', source: 'chosen', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#00539c', 'fill-opacity': 0.2, 'fill-outline-color': '#003f77' } },
  { id: 'way', type: 'line', source: 'chosen', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': '#14213d', 'line-width': 2, 'line-dasharray': [2, 2] } },
  { id: 'centre', type: 'circle', source: 'chosen', filter: ['==', ['get', 'is'], 'village'], paint: { 'circle-radius': 6, 'circle-color': '#ffffff', 'circle-stroke-color': '#14213d', 'circle-stroke-width': 3 } },
  { id: 'chosen', type: 'circle', source: 'chosen', filter: ['==', ['get', 'is'], 'household'], paint: { 'circle-radius': 20, 'circle-color': 'transparent', 'circle-stroke-color': '#ffb000', 'circle-stroke-width': 5 } },
]

/** Ground, boundaries, places when far, households when near, and the one that is chosen. */
export function style(filters: Filters): StyleSpecification {
  const geojson = () => ({ type: 'geojson' as const, data: EMPTY })
  return {
    version: 8,
    sources: {
      province: geojson(), district: geojson(), subdistrict: geojson(), chosen: geojson(),
      register: { type: 'vector', tiles: tilesOf(filters), minzoom: 4, maxzoom: 15 },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#f6f4ec' } },
      boundary('subdistrict', 0.8), boundary('district', 1.6), boundary('province', 2.6),
      ...CHOSEN, ...PLACES, HOUSEHOLDS,
    ],
  }
}

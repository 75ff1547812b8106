/** The map's style: no glyphs and no pictures from anywhere; colours that colour-blind people tell apart. */
import type { LayerSpecification, StyleSpecification, ExpressionSpecification } from 'maplibre-gl'
import { queryOf, type Filters } from './state.ts'

export const COLOURS: Record<string, string> = {
  todo: '#8a8f98', received: '#0072b2', returned: '#e69f00', accepted: '#009e73', custody: '#cc79a7', closed: '#2b2b2b',
}
/** GeoJSON as our own routes send it and as we draw it. */
export interface Shapes {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: object; geometry: { type: 'Point'; coordinates: number[] } | { type: 'Polygon'; coordinates: number[][][] } }[]
}

const EMPTY = { type: 'FeatureCollection' as const, features: [] }
const RECEIVED: ExpressionSpecification = ['/', ['+', ['get', 'received'], ['get', 'accepted']],
  ['max', 1, ['+', ['get', 'todo'], ['get', 'received'], ['get', 'returned'], ['get', 'accepted'], ['get', 'custody'], ['get', 'closed']]]]
const HOUSE_COLOUR = ['match', ['get', 'state'], ...Object.entries(COLOURS).flat(), '#8a8f98'] as unknown as ExpressionSpecification

export const tilesOf = (filters: Filters): string[] => [`${location.origin}/map/tiles/{z}/{x}/{y}.mvt${queryOf(filters)}`]

function boundary(level: string, width: number): LayerSpecification {
  return { id: level, type: 'line', source: level, paint: { 'line-color': '#5d6b84', 'line-width': width } }
}

const VILLAGES: LayerSpecification[] = [
  { id: 'villages', type: 'circle', source: 'register', 'source-layer': 'villages', maxzoom: 11, paint: {
    'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, 9, 20, 26],
    'circle-color': ['step', RECEIVED, '#deebf7', 0.34, '#6baed6', 0.67, '#08519c'],
    'circle-stroke-color': ['case', ['>', ['get', 'evidence_weak'], 0], '#d55e00', '#14213d'],
    'circle-stroke-width': ['case', ['>', ['get', 'evidence_weak'], 0], 3, 1] } },
  { id: 'village-counts', type: 'symbol', source: 'register', 'source-layer': 'villages', maxzoom: 11,
    layout: { 'text-field': ['to-string', ['get', 'n']], 'text-size': 13, 'text-font': ['Sarabun'], 'text-allow-overlap': true },
    paint: { 'text-color': ['step', RECEIVED, '#14213d', 0.67, '#ffffff'] } },
]
const HOUSEHOLDS: LayerSpecification = {
  id: 'households', type: 'circle', source: 'register', 'source-layer': 'households', minzoom: 11, paint: {
    'circle-radius': ['match', ['get', 'grade'], 'good', 9, 'weak', 7, 5],
    'circle-color': HOUSE_COLOUR,
    'circle-stroke-color': ['match', ['get', 'grade'], 'good', '#14213d', 'weak', '#ffffff', '#b3261e'],
    'circle-stroke-width': ['match', ['get', 'grade'], 'good', 3, 2] } }
const CHOSEN: LayerSpecification[] = [
  { id: 'accuracy', type: 'fill', source: 'chosen', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#00539c', 'fill-opacity': 0.2, 'fill-outline-color': '#003f77' } },
  { id: 'chosen', type: 'circle', source: 'chosen', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-color': '#ffb000', 'circle-stroke-width': 4 } },
]

/** Ground, boundaries, villages when far, households when near, and the one that is chosen. */
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
      ...VILLAGES, HOUSEHOLDS, ...CHOSEN,
    ],
  }
}

/** A point, and round it the circle in which the phone said it was (metres). */
export function around(longitude: number, latitude: number, metres: number): Shapes {
  const point = { type: 'Feature' as const, properties: {}, geometry: { type: 'Point' as const, coordinates: [longitude, latitude] } }
  if (!metres) return { type: 'FeatureCollection', features: [point] }
  const north = metres / 111_320
  const east = north / Math.cos((latitude * Math.PI) / 180)
  const ring = Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 64) * 2 * Math.PI
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)]
  })
  const circle = { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [ring] } }
  return { type: 'FeatureCollection', features: [circle, point] }
}

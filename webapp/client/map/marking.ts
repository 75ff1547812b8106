/** The chosen household on the map: where it is, how far off that may be, and the way to its village's centre. */
import type { Shapes } from './layers.ts'

type Point = [longitude: number, latitude: number]

/** A household's position, its accuracy in metres (0: unknown), and its village's point. */
export interface Spot { point: Point; metres: number; village: Point | null }

const feature = (geometry: Shapes['features'][number]['geometry'], is: string) => ({ type: 'Feature' as const, properties: { is }, geometry })

/** Nothing, where nothing is chosen. */
export function around(spot: Spot | null): Shapes {
  const features: Shapes['features'] = []
  if (spot?.metres) features.push(feature({ type: 'Polygon', coordinates: [circle(spot.point, spot.metres)] }, 'accuracy'))
  if (spot?.village) {
    features.push(feature({ type: 'LineString', coordinates: [spot.point, spot.village] }, 'way'))
    features.push(feature({ type: 'Point', coordinates: spot.village }, 'village'))
  }
  if (spot) features.push(feature({ type: 'Point', coordinates: spot.point }, 'household'))
  return { type: 'FeatureCollection', features }
}

function circle([longitude, latitude]: Point, metres: number): Point[] {
  const north = metres / 111_320
  const east = north / Math.cos((latitude * Math.PI) / 180)
  return Array.from({ length: 65 }, (_, step): Point => {
    const angle = (step / 64) * 2 * Math.PI
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)]
  })
}

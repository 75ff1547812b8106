/** Whether a point lies in a subdistrict, and how far outside it is otherwise. */

/** A GeoJSON area, longitude before latitude, EPSG:4326. */
export interface Area {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: number[][][] | number[][][][]
}

export interface Point {
  latitude: number
  longitude: number
}

/** Boundaries are simplified and phones err: nearer than this counts as inside (metres). */
export const TOLERANCE = 300

const METRES_PER_DEGREE = 111_320

type Ring = number[][]

function polygonsOf(area: Area): Ring[][] {
  return area.type === 'Polygon' ? [area.coordinates as Ring[]] : (area.coordinates as Ring[][])
}

function corner(ring: Ring, at: number): [number, number] {
  const [x = 0, y = 0] = ring[at] ?? []
  return [x, y]
}

/** Even-odd rule over one ring. */
function insideRing(x: number, y: number, ring: Ring): boolean {
  let inside = false
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [ax, ay] = corner(ring, at)
    const [bx, by] = corner(ring, before)
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** True when the area holds the point: in an outer ring and in none of its holes. */
export function holds(area: Area, { longitude: x, latitude: y }: Point): boolean {
  return polygonsOf(area).some(([outer, ...holes]) =>
    outer !== undefined && insideRing(x, y, outer) && !holes.some((hole) => insideRing(x, y, hole)))
}

/** Metres from the origin to the line between two corners, all in metres. */
function toLine([ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length))
  return Math.hypot(ax + along * (bx - ax), ay + along * (by - ay))
}

function toRing({ longitude, latitude }: Point, ring: Ring): number {
  const shrink = Math.cos((latitude * Math.PI) / 180)
  const local = (at: number): [number, number] => {
    const [x, y] = corner(ring, at)
    return [(x - longitude) * METRES_PER_DEGREE * shrink, (y - latitude) * METRES_PER_DEGREE]
  }
  let nearest = Infinity
  for (let at = 1; at < ring.length; at++) nearest = Math.min(nearest, toLine(local(at - 1), local(at)))
  return nearest
}

/** Metres from the point to the area's edge; 0 inside (flat-earth metres, good for a few hundred kilometres). */
export function metresOutside(area: Area, point: Point): number {
  if (holds(area, point)) return 0
  return Math.min(...polygonsOf(area).flat().map((ring) => toRing(point, ring)))
}

/** True when the point is outside by more than the tolerance and its own accuracy could explain. */
export function liesOutside(area: Area, point: Point & { accuracy: number }): boolean {
  return metresOutside(area, point) > Math.max(TOLERANCE, point.accuracy)
}

"""Where two boundaries of a layer claim the same ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

TOLERATED_HECTARES = 1.0
_METRES_A_DEGREE = 111_320.0


def overlaps(shapes: Mapping[str, MultiPolygon]) -> Iterator[tuple[str, str, float]]:
    """Pairs of areas that overlap by more than a hectare, and by how many."""
    codes = list(shapes)
    geometries = [shapes[code] for code in codes]
    if not geometries:
        return
    tree = shapely.STRtree(geometries)
    for first, second in tree.query(geometries, predicate="intersects").T:
        if first < second:
            shared = hectares(shapely.intersection(geometries[first], geometries[second]))
            if shared > TOLERATED_HECTARES:
                yield codes[first], codes[second], shared


def hectares(geometry: BaseGeometry) -> float:
    """About how much ground a shape in degrees covers; good to a percent in Thailand."""
    if geometry.is_empty:
        return 0.0
    latitude = math.radians(shapely.centroid(geometry).y)
    return float(shapely.area(geometry)) * _METRES_A_DEGREE**2 * math.cos(latitude) / 10_000

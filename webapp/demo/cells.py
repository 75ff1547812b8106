"""Boundaries drawn by program: cells round made-up centres, about where Nong Khai lies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from webapp.demo.chance import source

PROVINCE = "43"
SMOOTHING = 12
"""Rounds of Lloyd's relaxation: after these the cells are about equal."""

Centres = Mapping[str, Point]


@cache
def places() -> dict[str, Any]:
    """The made-up places: centres, outline, villages, local administrations."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("places.json").read_text())
    return found


@cache
def outline() -> BaseGeometry:
    """The made-up province's edge, its corners rounded off."""
    rough = Polygon(places()["outline"])
    inner = shapely.buffer(shapely.buffer(rough, -0.03), 0.03)
    outer = shapely.buffer(shapely.buffer(rough, 0.03), -0.03)
    return shapely.intersection(outer, inner)


def drawn(subdistricts: Mapping[str, list[str]]) -> dict[str, MultiPolygon]:
    """A cell for every subdistrict, given by district; together they cover the outline."""
    centres = {code: Point(place) for code, place in places()["districts"].items()}
    districts = cells(centres, outline())
    inner: dict[str, Point] = {}
    for district, codes in subdistricts.items():
        inner |= _spread(source(0, "cells", district), codes, districts[district])
    return {code: _multi(cell) for code, cell in cells(inner, outline()).items()}


def cells(centres: Centres, edge: BaseGeometry) -> dict[str, BaseGeometry]:
    """The Voronoi cell of each centre, cut off at the edge."""
    found = shapely.voronoi_polygons(MultiPoint(list(centres.values())), extend_to=edge)
    tree = shapely.STRtree(list(found.geoms))
    return {
        code: shapely.intersection(found.geoms[int(tree.query(centre, "within")[0])], edge)
        for code, centre in centres.items()
    }


def _spread(chance: Random, codes: list[str], edge: BaseGeometry) -> dict[str, Point]:
    """One centre for each code, evenly over the edge's inside; pinned ones stay where they are."""
    pinned = {code: Point(at) for code, at in places()["pinned"].items() if code in codes}
    centres = {code: point_inside(chance, edge) for code in codes} | pinned
    for _ in range(SMOOTHING):
        around = cells(centres, edge) if len(codes) > 1 else {codes[0]: edge}
        centres = {code: shapely.centroid(cell) for code, cell in around.items()} | pinned
    return centres


def point_inside(chance: Random, edge: BaseGeometry) -> Point:
    """A random point within the edge; its centre where forty tries miss."""
    west, south, east, north = edge.bounds
    for _ in range(40):
        found = Point(chance.uniform(west, east), chance.uniform(south, north))
        if edge.contains(found):
            return found
    return edge.representative_point()


def _multi(cell: BaseGeometry) -> MultiPolygon:
    parts = [part for part in shapely.get_parts(cell) if isinstance(part, Polygon)]
    return MultiPolygon(parts)

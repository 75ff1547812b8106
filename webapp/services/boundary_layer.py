"""Layers of areas, in WGS84: GeoJSON, a zipped Shapefile or a GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from webapp.services import boundary_geopackage, boundary_shapefile
from webapp.services.import_sheet import FileRefused

LARGEST = 300 * 1024 * 1024
MOST_POINTS = 20_000_000
ARCHIVES, PACKAGES, TEXTS = (".zip",), (".gpkg",), (".geojson", ".json")
SUFFIXES = (*ARCHIVES, *PACKAGES, *TEXTS)
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True)
class Asked:
    """What the file does not say of itself: its projection, its letters, which of its layers."""

    crs: str = ""
    encoding: str = ""
    layer: str = ""


@dataclass(frozen=True)
class Feature:
    """One shape with its table's row; degrees, longitude before latitude (EPSG:4326)."""

    properties: Mapping[str, Any]
    geometry: Any


NOTHING_ASKED = Asked()


def read(path: Path, asked: Asked = NOTHING_ASKED) -> list[Feature]:
    """Every feature of the layer in WGS84; shapes that cannot be read are left to the caller.

    Raises:
        FileRefused: not a layer of these kinds, too large, or its projection is not known.
    """
    if path.stat().st_size > LARGEST:
        raise FileRefused(f"แฟ้มใหญ่เกิน {LARGEST // 1024**2} MB")
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        return _geojson(path)
    if suffix in ARCHIVES:
        rows, wkt = boundary_shapefile.read(path, asked.encoding)
    elif suffix in PACKAGES:
        rows, wkt = boundary_geopackage.read(path, asked.layer)
    else:
        raise FileRefused("ต้องเป็น GeoJSON, Shapefile ที่บีบเป็น .zip หรือ GeoPackage (.gpkg)")
    move = _to_wgs84(asked.crs or wkt)
    _count(shape for _, shape in rows)
    return [Feature(table, move(shape)) for table, shape in rows]


def _geojson(path: Path) -> list[Feature]:
    try:
        found = json.loads(path.read_bytes())
    except ValueError as broken:
        raise FileRefused("อ่านแฟ้ม GeoJSON ไม่ได้") from broken
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise FileRefused("แฟ้มต้องเป็น GeoJSON แบบ FeatureCollection")
    crs = str(((found.get("crs") or {}).get("properties") or {}).get("name", "CRS84"))
    if not crs.endswith(_WGS84):
        raise FileRefused(f"ระบบพิกัดต้องเป็น WGS84 (EPSG:4326) แต่แฟ้มเป็น {crs}")
    features = found.get("features")
    return [
        Feature(one.get("properties") or {}, one.get("geometry"))
        for one in (features if isinstance(features, list) else [])
        if isinstance(one, dict)
    ]


def _to_wgs84(said: str) -> Callable[[BaseGeometry | None], BaseGeometry | None]:
    """Moves shapes from the source's projection; offices use Indian 1975 and UTM 47/48 still."""
    if not said:
        raise FileRefused("แฟ้มไม่บอกระบบพิกัด (ไม่มี .prj) กรุณาระบุ เช่น --crs EPSG:32647 หรือ EPSG:24047")
    try:
        source = CRS.from_user_input(said)
    except CRSError as unknown:
        raise FileRefused(f"ไม่รู้จักระบบพิกัด “{said[:80]}”") from unknown
    if source.is_exact_same(CRS.from_epsg(4326)) or source.to_epsg() == 4326:
        return lambda shape: shape
    transformer = Transformer.from_crs(source, CRS.from_epsg(4326), always_xy=True)

    def places(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1], errcheck=True))

    def move(shape: BaseGeometry | None) -> BaseGeometry | None:
        if shape is None or shape.is_empty:
            return shape
        try:
            moved: BaseGeometry = shapely.transform(shape, places)
        except ProjError as outside:
            raise FileRefused("พิกัดในแฟ้มอยู่นอกระบบพิกัดที่ระบุ") from outside
        return moved

    return move


def _count(shapes: Any) -> None:
    """A shape of a billion points would be the end of the machine."""
    points = 0
    for shape in shapes:
        points += 0 if shape is None else int(shapely.get_num_coordinates(shape))
        if points > MOST_POINTS:
            raise FileRefused("แฟ้มละเอียดเกินไป กรุณาลดจุดของเส้นขอบเขตก่อนนำเข้า")

"""Layers of boundaries: checked against the registry, kept, and joined upwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import areas
from webapp.domain.areas import LEVEL_TH, AreaLevel
from webapp.models.area import Area
from webapp.services import boundary_layer, boundary_store
from webapp.services.area_import import successor_note
from webapp.services.boundary_layer import Asked, Feature
from webapp.services.boundary_overlap import overlaps
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

CODE_COLUMNS = {
    AreaLevel.SUBDISTRICT: ("ADM3_PCODE", "TAMBON_IDN", "tam_code", "tambon_code", "T_CODE"),
    AreaLevel.DISTRICT: ("ADM2_PCODE", "AMPHOE_IDN", "amp_code", "amphoe_code", "A_CODE"),
    AreaLevel.PROVINCE: ("ADM1_PCODE", "PROV_CODE", "prov_code", "province_code", "P_CODE"),
}
ANY_CODE_COLUMN = ("code", "id")
NAME_COLUMNS = {
    AreaLevel.SUBDISTRICT: ("ADM3_TH", "TAM_NAM_T", "tambon_th", "T_NAME_T"),
    AreaLevel.DISTRICT: ("ADM2_TH", "AMPHOE_T", "amphoe_th", "A_NAME_T"),
    AreaLevel.PROVINCE: ("ADM1_TH", "PROV_NAM_T", "province_th", "P_NAME_T"),
}
ANY_NAME_COLUMN = ("name_th", "name")


def take(
    session: Session,
    path: Path,
    level: AreaLevel,
    source: str,
    asked: Asked = boundary_layer.NOTHING_ASKED,
) -> ImportReport:
    """The layer's boundaries are the areas' boundaries, or nothing changes and the report says why.

    EPSG:4326, flat, valid, multipolygons. From a layer of subdistricts the boundaries of districts
    and provinces follow by union. The simplified copies stay a coverage: no slivers between
    neighbours.

    Raises:
        FileRefused: not a layer that can be read, or no column holds the codes.
    """
    features = boundary_layer.read(path, asked)
    report = ImportReport(read=len(features))
    in_use = select(Area.code, Area.name_th).where(Area.level == level.value, Area.is_active)
    known = {row.code: row.name_th for row in session.execute(in_use)}
    shapes = _shapes(features, level, known, report)
    _missing(shapes, known, level, report)
    for one, other, hectares in overlaps(shapes):
        text = f"{one} กับ {other} ซ้อนทับกัน {hectares:,.1f} เฮกตาร์"
        report.warn(None, "overlap", text)
    if not report.errors:
        boundary_store.keep(session, shapes, level, source, report)
    return report


def _shapes(
    features: list[Feature],
    level: AreaLevel,
    known: Mapping[str, str],
    report: ImportReport,
) -> dict[str, MultiPolygon]:
    tables = [feature.properties for feature in features]
    code_column = _column(tables, CODE_COLUMNS[level] + ANY_CODE_COLUMN)
    if code_column is None:
        raise FileRefused("ไม่พบคอลัมน์รหัสพื้นที่ เช่น ADM3_PCODE หรือ tambon_code")
    name_column = _column(tables, NAME_COLUMNS[level] + ANY_NAME_COLUMN)
    shapes: dict[str, MultiPolygon] = {}
    for number, (feature, table) in enumerate(zip(features, tables, strict=True), start=1):
        code = areas.without_prefix(_text(table.get(code_column)))
        before = len(report.errors)
        _check_code(number, code, code in shapes, known, report)
        if name_column and code in known:
            _check_name(number, code, known[code], str(table.get(name_column) or ""), report)
        geometry = _polygons(number, code, feature.geometry, report)
        if geometry is not None and len(report.errors) == before:
            shapes[code] = geometry
    return shapes


def _text(cell: Any) -> str:
    """Tables of numbers hold codes as 430101 or 430101.0."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell if cell is not None else "").strip()


def _column(tables: Iterable[Mapping[str, Any]], names: Iterable[str]) -> str | None:
    columns = {str(column).lower(): str(column) for table in tables for column in table}
    return next((columns[name.lower()] for name in names if name.lower() in columns), None)


def _check_code(
    number: int, code: str, twice: bool, known: Mapping[str, str], report: ImportReport
) -> None:
    if code not in known:
        why = successor_note(code) or "ไม่มีในทะเบียนพื้นที่"
        report.refuse(number, "unknown_code", f"รหัส “{code}”: {why}")
    if twice:
        report.refuse(number, "duplicate", f"รหัส {code} มีมากกว่าหนึ่งรูป")


def _check_name(number: int, code: str, ours: str, theirs: str, report: ImportReport) -> None:
    if theirs and not areas.same_name(ours, theirs):
        text = f"รหัส {code} ในทะเบียนชื่อ “{ours}” ในแฟ้มชื่อ “{theirs}”"
        report.warn(number, "name_mismatch", text)


def _polygons(number: int, code: str, geometry: Any, report: ImportReport) -> MultiPolygon | None:
    """Flat and valid; what is no area (a stray line or point) is left out."""
    try:
        drawn = geometry if isinstance(geometry, BaseGeometry) else shape(geometry)
        raw = shapely.force_2d(drawn)
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        report.refuse(number, "geometry", f"รหัส {code}: อ่านรูปไม่ได้")
        return None
    if not raw.is_valid:
        report.warn(number, "invalid", f"รหัส {code}: รูปตัดกันเอง ซ่อมให้แล้ว")
    whole = _areas_of(shapely.make_valid(raw))
    west, south, east, north = whole.bounds if not whole.is_empty else (0.0, 0.0, 0.0, 0.0)
    if whole.is_empty or not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        report.refuse(number, "geometry", f"รหัส {code}: ไม่มีพื้นที่ หรือไม่ใช่องศา WGS84")
        return None
    return whole


def _areas_of(geometry: BaseGeometry) -> MultiPolygon:
    """Its polygons alone; a repaired shape may be a collection within a collection."""
    inner = [one for part in shapely.get_parts(geometry) for one in shapely.get_parts(part)]
    union = shapely.union_all([one for one in inner if isinstance(one, Polygon)])
    return MultiPolygon([one for one in shapely.get_parts(union) if isinstance(one, Polygon)])


def _missing(
    shapes: Mapping[str, MultiPolygon],
    known: Mapping[str, str],
    level: AreaLevel,
    report: ImportReport,
) -> None:
    """Only of the provinces the layer is about: it may be a single one."""
    provinces = {code[:2] for code in shapes}
    lacking = [code for code in known if code[:2] in provinces and code not in shapes]
    for code in sorted(lacking):
        text = f"ไม่มีขอบเขตของ{LEVEL_TH[level]} {code} {known[code]}"
        report.warn(None, "missing", text)

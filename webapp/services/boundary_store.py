"""Writes boundaries to the areas, with simplified copies, and joins them to the levels above."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry import MultiPolygon, Polygon
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.domain.areas import AreaLevel
from webapp.models.area import Area
from webapp.services.import_report import ImportReport

SIMPLE_DEGREES = 0.0005
"""About 55 metres: enough for a phone's screen, and for "inside or outside" with its margin."""


def keep(
    session: Session,
    shapes: Mapping[str, MultiPolygon],
    level: AreaLevel,
    source: str,
    report: ImportReport,
) -> None:
    """These are the areas' boundaries from now on, and so are the unions above them."""
    codes = list(shapes)
    had = set(
        session.scalars(select(Area.code).where(Area.code.in_(codes), Area.boundary.is_not(None)))
    )
    for code, simple in zip(codes, simplified([shapes[code] for code in codes]), strict=True):
        _set(session, code, shapes[code], simple, source)
    report.added += len(codes) - len(had)
    report.changed += len(had)
    for above in _areas_above(codes, level):
        _join(session, above, source, report)


def simplified(shapes: list[MultiPolygon]) -> list[MultiPolygon]:
    """The same coverage with fewer points; neighbours keep one common edge."""
    return [_multi(one) for one in shapely.coverage_simplify(shapes, SIMPLE_DEGREES)]


def _areas_above(codes: list[str], level: AreaLevel) -> list[str]:
    """Districts before provinces, since each is joined from those right below it."""
    lengths = {AreaLevel.SUBDISTRICT: (4, 2), AreaLevel.DISTRICT: (2,)}.get(level, ())
    return [code for length in lengths for code in sorted({one[:length] for one in codes})]


def _join(session: Session, parent: str, source: str, report: ImportReport) -> None:
    """A union with parts missing would be a wrong boundary, so it waits until all are there."""
    below = session.execute(
        select(Area.boundary, Area.boundary_simple).where(
            Area.parent_code == parent, Area.is_active
        )
    ).all()
    if any(row.boundary is None for row in below):
        report.note("note", f"ยังรวมขอบเขต {parent} ไม่ได้ เพราะพื้นที่ข้างในยังไม่ครบ")
        return
    whole = _union([to_shape(row.boundary) for row in below])
    simple = _union([to_shape(row.boundary_simple) for row in below])
    _set(session, parent, whole, simple, source)
    report.note("note", f"รวมขอบเขต {parent} จาก {len(below)} พื้นที่แล้ว")


def _union(shapes: list[shapely.Geometry]) -> MultiPolygon:
    return _multi(shapely.union_all(shapes))


def _multi(geometry: shapely.Geometry) -> MultiPolygon:
    parts = shapely.get_parts(geometry)
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def _set(
    session: Session, code: str, whole: MultiPolygon, simple: MultiPolygon, source: str
) -> None:
    session.execute(
        update(Area)
        .where(Area.code == code)
        .values(
            boundary=from_shape(whole, srid=4326),
            boundary_simple=from_shape(simple if not simple.is_empty else whole, srid=4326),
            boundary_source=source,
            updated_at=func.now(),
        )
    )

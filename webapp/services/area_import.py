"""The official registry of provinces, districts and subdistricts, taken from `geothai`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import geothai
from geothai.abolished import abolished_areas
from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import areas
from webapp.domain.areas import AreaLevel
from webapp.models.area import Area
from webapp.services.import_report import ImportReport

PIECE = 2000
"""Rows a statement: PostgreSQL takes 65,535 parameters at most."""

REGISTRY = f"geothai {geothai.DATA_VERSION}"


def seed(session: Session, province: str | None = None) -> ImportReport:
    """Every area of the registry (or of one province) is in the register under today's name.

    An area the registry no longer has is marked inactive, never removed: interviews point at it.
    """
    report = ImportReport()
    rows = list(_registry(province))
    report.read = len(rows)
    for start in range(0, len(rows), PIECE):
        _upsert(session, rows[start : start + PIECE], report)
    retired = _retire(session, [row["code"] for row in rows], province)
    if retired:
        report.note("note", f"รหัสที่เลิกใช้แล้ว {retired:,} รหัส เก็บไว้แต่ไม่ใช้ต่อ")
    report.note("note", f"ทะเบียน: {REGISTRY} (CC BY 4.0)")
    return report


@cache
def successor_note(code: str) -> str:
    """Why an old code is not in the registry, in Thai; empty where it never was one."""
    for gone in abolished_areas():
        if gone.code == code:
            now = ", ".join(gone.successors) or "ไม่มีรหัสแทน"
            return f"{gone.name_th} ยกเลิกเมื่อ {gone.abolished_on} ปัจจุบันใช้ {now}"
    return ""


def _registry(province: str | None) -> Iterator[dict[str, Any]]:
    """From the top down, so that a parent is always written before its children."""
    provinces = [one for one in geothai.provinces() if province in (None, one.code)]
    districts = [one for above in provinces for one in geothai.districts(above.code)]
    subdistricts = [one for above in districts for one in geothai.subdistricts(above.code)]
    yield from (_row(one, AreaLevel.PROVINCE) for one in provinces)
    yield from (_row(one, AreaLevel.DISTRICT) for one in districts)
    yield from (_row(one, AreaLevel.SUBDISTRICT) for one in subdistricts)


def _row(unit: Any, level: AreaLevel) -> dict[str, Any]:
    return {
        "code": unit.code,
        "level": level.value,
        "parent_code": areas.parent_code(unit.code),
        "path": areas.path_of(unit.code),
        "name_th": unit.name_th,
        "name_en": unit.name_en,
        "is_active": True,
        "registry_version": REGISTRY,
    }


def _upsert(session: Session, rows: list[dict[str, Any]], report: ImportReport) -> None:
    new = insert(Area).values(rows)
    kept = ("name_th", "name_en", "is_active", "registry_version", "path", "parent_code")
    statement = new.on_conflict_do_update(
        index_elements=[Area.code],
        set_={name: new.excluded[name] for name in kept} | {"updated_at": func.now()},
        where=or_(*(getattr(Area, name).is_distinct_from(new.excluded[name]) for name in kept)),
    )
    before = session.scalar(select(func.count()).select_from(Area))
    touched = session.execute(statement.returning(Area.code)).all()
    added = (session.scalar(select(func.count()).select_from(Area)) or 0) - (before or 0)
    report.added += added
    report.changed += len(touched) - added


def _retire(session: Session, codes: list[str], province: str | None) -> int:
    above_village = ("province", "district", "subdistrict")
    statement = (
        update(Area)
        .where(Area.level.in_(above_village), Area.is_active, Area.code != func.all(codes))
        .values(is_active=False, updated_at=func.now())
        .returning(Area.code)
    )
    if province:
        statement = statement.where(Area.path.startswith(areas.path_of(province)))
    return len(session.execute(statement).all())

"""A GeoPackage (OGC 12-128): an SQLite file read by itself, with nothing in it allowed to run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from webapp.services.import_sheet import FileRefused

APPLICATIONS = (0x47504B47, 0x47503130, 0x47503131)
"""`GPKG`, and `GP10` and `GP11` of the first versions."""

MOST_FEATURES = 200_000
STEPS = 1_000
MOST_STEPS = 500_000
"""In thousands of SQLite's instructions; a query that never ends is stopped."""

_ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA)

Row = tuple[dict[str, Any], BaseGeometry | None]


def read(path: Path, layer: str = "") -> tuple[list[Row], str]:
    """Rows of the layer with their shapes as the file has them, and its projection.

    Raises FileRefused: no GeoPackage, or several layers and none was named.
    """
    try:
        with _opened(path) as database:
            table, column, crs = _layer(database, layer)
            return list(_rows(database, table, column)), crs
    except (sqlite3.Error, UnicodeDecodeError) as broken:
        raise FileRefused("อ่าน GeoPackage ไม่ได้ แฟ้มเสียหายหรือไม่ใช่ GeoPackage") from broken


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Read only, no function or view of the file trusted, only reading allowed, not for ever."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    steps = 0

    def patience() -> int:
        nonlocal steps
        steps += 1
        return int(steps > MOST_STEPS)

    try:
        database.execute("pragma trusted_schema = off")
        database.execute("pragma cell_size_check = on")
        found = database.execute("pragma application_id").fetchone()[0]
        if found not in APPLICATIONS:
            raise FileRefused("แฟ้มนี้เป็น SQLite แต่ไม่ใช่ GeoPackage")
        database.set_authorizer(
            lambda act, *_: sqlite3.SQLITE_OK if act in _ALLOWED else sqlite3.SQLITE_DENY
        )
        database.set_progress_handler(patience, STEPS)
        yield database
    finally:
        database.close()


def _layer(database: sqlite3.Connection, wanted: str) -> tuple[str, str, str]:
    """The table of the layer, its column of shapes, and its projection."""
    rows = database.execute(
        "select c.table_name, g.column_name, s.organization, s.organization_coordsys_id, "
        "s.definition from gpkg_contents c join gpkg_geometry_columns g "
        "on g.table_name = c.table_name left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id "
        "where c.data_type = 'features' order by c.table_name"
    ).fetchall()
    fitting = [row for row in rows if not wanted or row[0] == wanted]
    if len(fitting) != 1:
        names = ", ".join(str(row[0]) for row in rows[:10]) or "ไม่มี"
        raise FileRefused(f"กรุณาระบุชั้นข้อมูลหนึ่งชั้นด้วย --layer (ในแฟ้มมี: {names})")
    table, column, organization, number, definition = fitting[0]
    if str(organization or "").upper() == "EPSG" and int(number or 0) > 0:
        return table, column, f"EPSG:{number}"
    known = str(definition or "")
    return table, column, known if known.upper() not in ("", "UNDEFINED") else ""


def _rows(database: sqlite3.Connection, table: str, column: str) -> Iterator[Row]:
    found = database.execute(f"select * from {_quoted(table)}")  # noqa: S608 (quoted)
    names = [one[0] for one in found.description]
    if column not in names:
        raise FileRefused("ชั้นข้อมูลไม่มีคอลัมน์ของรูป")
    for count, values in enumerate(found, start=1):
        if count > MOST_FEATURES:
            raise FileRefused(f"แฟ้มมีมากกว่า {MOST_FEATURES:,} รูป")
        row = dict(zip(names, values, strict=True))
        yield row, _shape(row.pop(column))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shape(blob: object) -> BaseGeometry | None:
    """The shape behind GeoPackage's own header: `GP`, version, flags, srs, envelope, then WKB."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    start = _ENVELOPE.get(blob[3] >> 1 & 0b111)
    if start is None:
        return None
    try:
        found: BaseGeometry = shapely.from_wkb(blob[8 + start :])
    except ShapelyError:
        return None
    return found

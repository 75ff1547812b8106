"""Layer files as offices make them: a Shapefile in a zip, a GeoPackage, in any projection."""

from __future__ import annotations

import io
import sqlite3
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapefile
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import mapping, shape

Shapes = Mapping[str, Any]


def drawn(shapes: Shapes, crs: str) -> dict[str, shapely.Geometry]:
    """The shapes, given in degrees, in another projection."""
    move = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return {
        code: shapely.transform(shape(one), lambda x, y: move.transform(x, y), interleaved=False)
        for code, one in shapes.items()
    }


def zipped(
    path: Path,
    shapes: Shapes,
    crs: str = "EPSG:4326",
    *,
    encoding: str = "utf-8",
    name_th: str = "โพนทอง",
    without: tuple[str, ...] = (),
    folder: str = "",
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """A zip of .shp, .shx, .dbf, .prj; `more` are other entries."""
    parts = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, encoding=encoding, shapeType=shapefile.POLYGON) as writer:
        writer.field("ADM3_PCODE", "C", size=12)
        writer.field("ADM3_TH", "C", size=80)
        for code, one in drawn(shapes, crs).items():
            writer.shape(mapping(one))
            writer.record(code, name_th)
    files = {f"{folder}tambon.{suffix}": part.getvalue() for suffix, part in parts.items()}
    files[f"{folder}tambon.prj"] = CRS.from_user_input(crs).to_wkt("WKT1_ESRI").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **(more or {})}.items():
            if not name.endswith(without or ("\0",)):
                archive.writestr(name, content)
    return path


def packaged(
    path: Path, shapes: Shapes, crs: str = "EPSG:4326", tables: tuple[str, ...] = ("tambon",)
) -> Path:
    """A GeoPackage with a table for each name, all alike."""
    number = int(crs.removeprefix("EPSG:"))
    database = sqlite3.connect(path)
    database.execute("pragma application_id = 0x47504B47")
    database.executescript(
        "create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key,"
        " organization text, organization_coordsys_id integer, definition text);"
        "create table gpkg_contents (table_name text primary key, data_type text, srs_id integer);"
        "create table gpkg_geometry_columns (table_name text, column_name text, srs_id integer);"
    )
    database.execute(
        "insert into gpkg_spatial_ref_sys values ('x', ?, 'EPSG', ?, '')", [number] * 2
    )
    for table in tables:
        database.execute(
            f'create table "{table}" (fid integer primary key, geom blob, tam_code text)'
        )
        database.execute("insert into gpkg_contents values (?, 'features', ?)", [table, number])
        database.execute("insert into gpkg_geometry_columns values (?, 'geom', ?)", [table, number])
        for code, one in drawn(shapes, crs).items():
            envelope = struct.pack("<4d", *(one.bounds[at] for at in (0, 2, 1, 3)))
            blob = b"GP\0\x03" + struct.pack("<i", number) + envelope + shapely.to_wkb(one)
            database.execute(f'insert into "{table}" (geom, tam_code) values (?, ?)', [blob, code])
    database.commit()
    database.close()
    return path

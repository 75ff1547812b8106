"""A Shapefile in a zip: read in memory within limits, its Thai names in whatever encoding."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import shapefile
from shapely.errors import ShapelyError
from shapely.geometry import shape as shapely_shape
from shapely.geometry.base import BaseGeometry

from webapp.services.import_sheet import FileRefused

LARGEST_PART = 500 * 1024 * 1024
MOST_ENTRIES = 200
MOST_FEATURES = 200_000
STEEPEST = 200
"""So many bytes from one: a real layer compresses ten times, a bomb a thousand."""

PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
THAI = ("utf-8", "cp874")
_NAMES = {"874": "cp874", "windows-874": "cp874", "tis620": "cp874", "tis-620": "cp874",
          "oem 874": "cp874", "ansi 874": "cp874", "65001": "utf-8", "utf8": "utf-8"}  # fmt: skip


class OtherLetters(Exception):
    """The table is written in another encoding."""


Row = tuple[dict[str, Any], BaseGeometry | None]


def read(path: Path, encoding: str = "") -> tuple[list[Row], str]:
    """Table rows with their shapes as the file has them, and its projection (WKT; none, empty).

    Nothing is unpacked to disk; names of the archive are only compared. Raises FileRefused.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise FileRefused("เปิดแฟ้ม .zip ไม่ได้ แฟ้มเสียหายหรือมีรหัสผ่าน") from broken
    wkt = parts.get(".prj", b"").decode("utf-8", errors="replace").strip()
    return _decoded(parts, encoding), wkt


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(f"แฟ้ม .zip มีแฟ้มย่อยมากกว่า {MOST_ENTRIES} แฟ้ม")
    ours = [one for one in entries if _is_ours(one.filename)]
    layers = [one for one in ours if one.filename.lower().endswith(".shp")]
    if len(layers) != 1:
        raise FileRefused(f"แฟ้ม .zip ต้องมี Shapefile (.shp) หนึ่งชั้น แต่พบ {len(layers)}")
    stem = _stem(layers[0].filename)
    found = {
        PurePosixPath(one.filename).suffix.lower(): _content(archive, one)
        for one in ours
        if _stem(one.filename) == stem
    }
    if ".dbf" not in found:
        raise FileRefused("แฟ้ม .zip ไม่มี .dbf ซึ่งเก็บรหัสและชื่อพื้นที่")
    return found


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in PARTS and "__MACOSX" not in path.parts


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).lower()


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What the entry really holds, never more than allowed, whatever its header says."""
    with archive.open(entry) as packed:
        content = packed.read(LARGEST_PART + 1)
    small = 1024 * 1024
    if len(content) > LARGEST_PART or len(content) > max(small, entry.compress_size * STEEPEST):
        raise FileRefused("แฟ้ม .zip คลายออกแล้วใหญ่ผิดปกติ จึงไม่รับ")
    return content


def _decoded(parts: dict[str, bytes], encoding: str) -> list[Row]:
    """By the encoding asked for or named in the .cpg; else UTF-8, else the Thai code page."""
    named = encoding or parts.get(".cpg", b"").decode("ascii", errors="ignore").strip()
    known = _NAMES.get(named.lower(), named.lower())
    tried = [known] if encoding else [known, *THAI] if known else THAI
    for one in filter(_is_encoding, dict.fromkeys(tried)):
        try:
            return _rows(parts, one)
        except OtherLetters:
            continue
    raise FileRefused(f"อ่านตัวอักษรในตารางไม่ได้ กรุณาระบุ --encoding (ลองแล้ว {', '.join(tried)})")


def _is_encoding(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False


def _rows(parts: dict[str, bytes], encoding: str) -> list[Row]:
    streams = {
        name[1:]: io.BytesIO(parts[name]) for name in (".shp", ".dbf", ".shx") if name in parts
    }
    try:
        with shapefile.Reader(**streams, encoding=encoding, encodingErrors="strict") as reader:
            if len(reader) > MOST_FEATURES:
                raise FileRefused(f"แฟ้มมีมากกว่า {MOST_FEATURES:,} รูป")
            return [(one.record.as_dict(), _shape(one)) for one in reader.iterShapeRecords()]
    except FileRefused:
        raise
    except shapefile.dbfFileException as broken:
        if "decode" in str(broken):
            raise OtherLetters from broken
        raise FileRefused("อ่าน Shapefile ไม่ได้ แฟ้มเสียหาย") from broken
    except (
        shapefile.ShapefileException,
        struct.error,
        ValueError,
        TypeError,
        LookupError,
    ) as broken:
        raise FileRefused("อ่าน Shapefile ไม่ได้ แฟ้มเสียหาย") from broken


def _shape(one: Any) -> BaseGeometry | None:
    try:
        found: BaseGeometry = shapely_shape(one.shape.__geo_interface__)
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return None
    return found

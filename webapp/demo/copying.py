"""Rows in PostgreSQL's binary COPY format: the quickest way into a table."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from psycopg import Connection, sql

Field = bytes | None
"""One value as the server receives it; None is null."""

_HEAD = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TAIL = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_LENGTH = struct.Struct(">i").pack
_COUNT = struct.Struct(">h").pack
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(2000, 1, 1)
_POINT = struct.Struct("<BIIdd").pack
_WITH_SRID = 0x20000001

EMPTY_BYTEAS = struct.pack(">iiI", 0, 0, 17)
"""An empty bytea[]: no dimensions, no nulls, elements of type 17."""


def whole(value: int) -> bytes:
    """An integer."""
    return struct.pack(">i", value)


def real(value: float) -> bytes:
    """A double precision."""
    return struct.pack(">d", value)


def flag(value: bool) -> bytes:
    """A boolean."""
    return b"\x01" if value else b"\x00"


def moment(value: datetime) -> bytes:
    """A timestamp with time zone."""
    past = value - _EPOCH
    return struct.pack(">q", (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds)


def day(value: date) -> bytes:
    """A date."""
    return struct.pack(">i", (value - _FIRST_DAY).days)


def document(json: bytes) -> bytes:
    """A jsonb; the server parses it."""
    return b"\x01" + json


def point(longitude: float, latitude: float) -> bytes:
    """A point of EPSG:4326 (EWKB)."""
    return _POINT(1, _WITH_SRID, 4326, longitude, latitude)


def numbers(values: Sequence[int]) -> bytes:
    """An integer[]."""
    head = struct.pack(">iiIii", 1, 0, 23, len(values), 1)
    return head + b"".join(struct.pack(">ii", 4, value) for value in values)


def row(fields: Sequence[Field]) -> bytes:
    """One row."""
    parts = [_COUNT(len(fields))]
    for value in fields:
        if value is None:
            parts.append(_NULL)
        else:
            parts += (_LENGTH(len(value)), value)
    return b"".join(parts)


def copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Field]]
) -> None:
    """The rows are in the table when this returns; the transaction is the caller's."""
    statement = sql.SQL("copy {} ({}) from stdin (format binary)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        stream.write(_HEAD)
        piece: list[bytes] = []
        for number, fields in enumerate(rows, start=1):
            piece.append(row(fields))
            if number % 200 == 0:
                stream.write(b"".join(piece))
                piece.clear()
        stream.write(b"".join(piece) + _TAIL)

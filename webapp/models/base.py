"""The naming convention and the named column types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    DateTime,
    Identity,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import UserDefinedType

PEOPLE = {"people": True}
"""Marks a table that holds people's data: it must have forced row-level security."""


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's xid8: the transaction that last changed a row, for cursors without a lock."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class Base(DeclarativeBase):
    """All tables of the register."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


string = Annotated[str, mapped_column(Text)]
thai_string = Annotated[str, mapped_column(Text(collation="th-x-icu"))]
"""Sorted as a Thai dictionary sorts: a vowel written before its consonant comes after it."""
moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
moment_now = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
uuid_key = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
number_key = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
octets = Annotated[bytes, mapped_column(LargeBinary)]
document = Annotated[dict[str, Any], mapped_column(JSONB)]
point = Annotated[WKBElement, mapped_column(Geometry("POINT", srid=4326, spatial_index=False))]
polygons = Annotated[
    WKBElement, mapped_column(Geometry("MULTIPOLYGON", srid=4326, spatial_index=False))
]
changed_xid = Annotated[
    int, mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
]

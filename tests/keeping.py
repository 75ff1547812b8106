"""The register's books laid aside and taken up again, so that a tale can go on in two ways."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import books

TABLES = ("households", "village_progress", *reversed(books.TO_CLEAR))
COLUMNS = """
    select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
    where attrelid = cast(:name as regclass) and attnum > 0 and not attisdropped
        and attgenerated = ''
"""

Books = dict[str, bytes]


def lay_aside(register: Session) -> Books:
    """What the books say now."""
    register.rollback()
    return {table: _read(register, table) for table in TABLES}


def take_up(register: Session, kept: Books) -> None:
    """The books say again what was laid aside."""
    register.rollback()
    for table in reversed(TABLES):
        register.execute(text(f"delete from {table}"))
    for table in TABLES:
        with _cursor(register).copy(f"copy {_named(register, table)} from stdin") as copying:
            copying.write(kept[table])
    register.commit()


def _read(register: Session, table: str) -> bytes:
    with _cursor(register).copy(f"copy {_named(register, table)} to stdout") as copying:
        return b"".join(bytes(one) for one in copying)


def _named(register: Session, table: str) -> str:
    return f"{table} ({register.scalar(text(COLUMNS), {'name': table})})"


def _cursor(register: Session) -> Any:
    found: Any = register.connection().connection.driver_connection
    return found.cursor()

"""What a form makes is made once, however often it is sent: its id came with what was sent."""

from __future__ import annotations

from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import Executable, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.base import Base


def is_made(session: Session, actor: Actor, new: UUID, author: Executable) -> bool:
    """Whether this actor has made it already; of two that arrive at once the second waits.

    `author` asks who made what has the id; no row where nothing in sight has it.

    Raises:
        Problem: `malformed` where it is not the actor's own.
    """
    session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(new.bytes[:8], signed=True))))
    found = session.execute(author).first()
    if found is not None and found[0] != actor.account:
        raise Problem("malformed")
    return found is not None


def add(session: Session, row: Base) -> None:
    """The row is there. Raises Problem `malformed` where something out of sight has its id."""
    session.add(row)
    try:
        session.flush()
    except IntegrityError as broken:
        if isinstance(broken.orig, UniqueViolation):
            raise Problem("malformed") from broken
        raise

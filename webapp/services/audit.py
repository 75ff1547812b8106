"""The one function that writes an audit entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from webapp.models.audit import AuditEntry


def note(session: Session, act: str, actor: UUID | None, path: str | None, **subject: Any) -> None:
    """Who did what, in the act's own transaction; ids only, never what people told us."""
    session.execute(insert(AuditEntry).values(actor_id=actor, act=act, path=path, subject=subject))

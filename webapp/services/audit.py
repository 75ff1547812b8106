"""The one function that writes an audit entry."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# Plain SQL: nobody may read back what they have just added, so there must be no RETURNING.
_ADD = text(
    "insert into audit_entries (actor_id, act, path, subject) "
    "values (:actor, :act, :path, cast(:subject as jsonb))"
)


def note(session: Session, act: str, actor: UUID | None, path: str | None, **subject: Any) -> None:
    """Who did what, in the act's own transaction; ids only, never what people told us."""
    values = {"actor": actor, "act": act, "path": path, "subject": json.dumps(subject)}
    session.execute(_ADD, values)

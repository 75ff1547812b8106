"""The one place that writes audit entries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# Plain SQL: nobody may read back what they have just added, so there must be no RETURNING.
_ADD = text(
    "insert into audit_entries (actor_id, act, path, subject, before, after) "
    "values (:actor, :act, :path, cast(:subject as jsonb), cast(:before as jsonb), "
    "cast(:after as jsonb))"
)

Fields = Mapping[str, Any]

# The same within a larger statement, for acts that come by the hundred a second.
ADD = (
    "insert into audit_entries (actor_id, act, path, subject) select actor_id, act, path, subject "
    "from jsonb_populate_recordset(null::audit_entries, cast(%(audit_entries)s as jsonb))"
)


def entry(act: str, actor: UUID | None, path: str | None, **subject: Any) -> dict[str, Any]:
    """The row that `ADD` takes."""
    return {
        "actor_id": str(actor) if actor else None,
        "act": act,
        "path": path,
        "subject": subject,
    }


def note(
    session: Session,
    act: str,
    actor: UUID | None,
    path: str | None,
    *,
    before: Fields | None = None,
    after: Fields | None = None,
    **subject: Any,
) -> None:
    """Who did what, in the act's own transaction; ids only, never what people told us.

    `before` and `after` hold the fields that the act changed, as they were and as they are. ID and
    phone numbers are never among them. The act's words are in `texts/th/audit.json`.
    """
    values = {
        "actor": actor,
        "act": act,
        "path": path,
        "subject": _written(subject),
        "before": _written(before),
        "after": _written(after),
    }
    session.execute(_ADD, values)


def changes(before: Fields, after: Fields) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, as they were and as they are; both empty where none does."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _written(fields: Fields | None) -> str | None:
    """Dates and ids as text: what is kept must read the same for ever."""
    return None if fields is None else json.dumps(dict(fields), default=str)

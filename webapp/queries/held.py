"""What the register holds of the interviews that a phone asks about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models.evidence import Evidence


def files(session: Session, interviews: Iterable[UUID]) -> dict[UUID, set[bytes]]:
    """Sealed digests of the evidence on disk, by interview."""
    rows = session.execute(
        select(Evidence.interview_id, Evidence.sealed_sha256).where(
            Evidence.interview_id.in_(list(interviews)), Evidence.received_at.is_not(None)
        )
    )
    found: dict[UUID, set[bytes]] = defaultdict(set)
    for interview, sealed in rows:
        found[interview].add(sealed)
    return found

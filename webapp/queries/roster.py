"""Last year's members of households, as a phone begins this year's interview with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models.roster import RosterMember


def of(session: Session, households: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The members by household, in last year's order; households without any are left out."""
    rows = session.execute(
        select(RosterMember.household_id, RosterMember.said)
        .where(RosterMember.household_id.in_(list(households)))
        .order_by(RosterMember.household_id, RosterMember.ordinal)
    )
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for household, said in rows:
        found[household].append(said)
    return dict(found)

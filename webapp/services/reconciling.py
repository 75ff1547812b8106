"""Reconciling a village's houses with its register: a reason for each that differs, added only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.household import Household
from webapp.models.quality import REASONS, Reconciliation
from webapp.services import audit

NOTED = ("merged",)
"""Reasons that say nothing without words: with which house."""

REPORTED = {
    "empty": "empty",
    "refused": "refused",
    "moved": "moved",
    "demolished": "demolished",
}
"""What a volunteer found on a visit, and the reason that it is."""


def settle(session: Session, actor: Actor, household: UUID, reason: str, note: str = "") -> str:
    """The house has this reason; `open` takes the last one back. Its village.

    Raises:
        Problem: `malformed` for a reason that is none, `reason` where it needs words,
            `not-found` out of the asker's areas, `moved-on` where a house was interviewed.
    """
    note = " ".join(note.split())[:300]
    if reason not in REASONS:
        raise Problem("malformed")
    if reason in NOTED and not note:
        raise Problem("reason")
    found = session.get(Household, household)
    if found is None:
        raise Problem("not-found")
    if not _fits(found, reason):
        raise Problem("moved-on")
    session.add(_row(actor, found, reason, note))
    session.flush()
    audit.note(
        session,
        "quality.reconciled",
        actor.account,
        found.path,
        after={"reason": reason},
        household=str(household),
    )
    return found.village_code


def confirm(session: Session, actor: Actor, village: str, households: Sequence[UUID]) -> int:
    """What volunteers reported of these houses is their reason; how many. One act.

    Houses that nobody reported, or that have been interviewed since, are left as they are.
    """
    houses = session.scalars(
        select(Household).where(Household.id.in_(households), Household.village_code == village)
    ).all()
    rows = [
        _row(actor, one, REPORTED[one.outcome], "") for one in houses if one.outcome in REPORTED
    ]
    if not rows:
        return 0
    session.add_all(rows)
    session.flush()
    ids = [str(row.household_id) for row in rows]
    audit.note(
        session,
        "quality.reconciled_many",
        actor.account,
        houses[0].path,
        after={"count": len(rows)},
        households=ids,
    )
    return len(rows)


def _fits(house: Household, reason: str) -> bool:
    """A house that was interviewed is there: it can only be new to the list."""
    interviewed = house.interview_id is not None and house.outcome == "interviewed"
    if reason == "new":
        return interviewed and house.origin == "volunteer"
    return reason == "open" or not interviewed


def _row(actor: Actor, house: Household, reason: str, note: str) -> Reconciliation:
    return Reconciliation(
        round_id=house.round_id,
        household_id=house.id,
        village_code=house.village_code,
        path=house.path,
        reason=reason,
        note=note,
        made_by=actor.account,
    )

"""Rows of assignments: what every act on a village's work is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.household import Assignment
from webapp.models.survey_round import Round

# One statement for all; what the person has already stays as it is.
_ADD = text("""
    insert into assignments (round_id, account_id, village_code, household_id, path, made_by,
        created_at)
    select :round, :account, :village, household, :path, :actor, :at
    from unnest(cast(:households as uuid[])) as household
    on conflict do nothing returning id
""")
_ONE_AFTER_THE_OTHER = text(
    "select pg_advisory_xact_lock(hashtextextended('assignments ' || :village, 0))"
)
_MOMENT = "moment of the act"


def village_of(session: Session, actor: Actor, code: str) -> Area:
    """The village, whose work nobody else gives out until the transaction ends."""
    found = session.get(Area, code)
    if found is None or found.level != "village" or not actor.works_in(found.path):
        raise Problem("not-found")
    session.execute(_ONE_AFTER_THE_OTHER, {"village": code})
    session.info[_MOMENT] = session.scalars(select(func.clock_timestamp())).one()
    return found


def moment(session: Session) -> datetime:
    """When all that this act gives and ends is given and ended: after whatever it waited for.

    A transaction's own time is that of its beginning, which may lie before another act on the
    village that it then waited for; what was done later would look earlier.
    """
    known: datetime | None = session.info.get(_MOMENT)
    return known or session.scalars(select(func.now())).one()


def current(session: Session) -> str:
    """The round under way. Raises Problem `maintenance` where there is none."""
    found = session.scalar(select(Round.id).where(Round.is_current))
    if found is None:
        raise Problem("maintenance", after=60)
    return found


def give(
    session: Session,
    actor: Actor,
    place: Area,
    account: UUID,
    households: Sequence[UUID | None],
) -> int:
    """The person has these of the village, None for all of it; how many assignments are new.

    Raises Problem `not-found` for somebody who cannot be given work.
    """
    if not session.scalar(select(func.jpt_assignable(account))):
        raise Problem("not-found")
    if not households:
        return 0
    values = {
        "round": current(session),
        "account": account,
        "village": place.code,
        "path": place.path,
        "actor": actor.account,
        "households": list(households),
        "at": moment(session),
    }
    return len(session.execute(_ADD, values).all())


def end(
    session: Session, actor: Actor, which: ColumnElement[bool], reason: str
) -> list[UUID | None]:
    """The live assignments of the current round that match are over; their households (or None)."""
    ended = session.execute(
        update(Assignment)
        .where(which, Assignment.round_id == current(session), Assignment.ended_at.is_(None))
        .values(ended_at=moment(session), ended_by=actor.account, end_reason=reason)
        .returning(Assignment.household_id)
    )
    return list(ended.scalars())

"""Which interview of a household stands: the one that is shown and counted; others are kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from webapp.models.household import Household
from webapp.models.interview import Interview, Revision
from webapp.services import progress
from webapp.services.progress import Tally

_LOCK = text("select pg_advisory_xact_lock(hashtextextended(cast(:interview as text), 0))")
_REPLACE = text("select jpt_replace(:interview, :why)")


def hold(session: Session, *interviews: UUID | None) -> None:
    """Nothing else is done to these interviews until the transaction ends; intake waits too."""
    for one in sorted({one for one in interviews if one}, key=str):
        session.execute(_LOCK, {"interview": str(one)})


def replace(session: Session, interview: UUID, why: str) -> bool:
    """The interview no longer stands, with a decision that says why; nothing of it is taken away.

    The transaction's scope must be that of the person who decides.
    """
    return session.scalar(_REPLACE, {"interview": interview, "why": why}) is not None


def unseat(session: Session, household: UUID) -> None:
    """The household waits for its interview again, and the village no longer counts the one it had.

    The scope must be the register's own, for the household and its interview.
    """
    house = session.get_one(Household, household, with_for_update=True, populate_existing=True)
    if house.interview_id is None:
        return
    _shift(session, house, _tally_of(session, house), Tally("todo"))
    house.state, house.interview_id, house.outcome = "todo", None, None
    house.evidence_grade, house.point, house.accuracy = "none", None, None
    session.flush()


def seat(session: Session, household: UUID, interview: UUID) -> None:
    """The household shows this interview, which waits for review, and the village counts it.

    The scope must be the register's own, for the household and its interviews.
    """
    house = session.get_one(Household, household, with_for_update=True, populate_existing=True)
    one = session.get_one(Interview, interview, with_for_update=True, populate_existing=True)
    was = Tally(house.state)
    one.state = "received"
    house.interview_id, house.outcome = one.id, one.outcome
    house.state = "received" if one.outcome == "interviewed" else "closed"
    house.evidence_grade, house.point, house.accuracy = one.evidence_grade, one.point, one.accuracy
    session.flush()
    _shift(session, house, was, _tally_of(session, house))


def release(session: Session, household: UUID) -> None:
    """A household whose only interview was put aside waits for one again."""
    house = session.get(Household, household, with_for_update=True, populate_existing=True)
    if house is None or house.interview_id or house.state != "custody":
        return
    house.state = "todo"
    session.flush()
    _shift(session, house, Tally("custody"), Tally("todo"))


def mark(session: Session, interview: UUID, leaves: int) -> None:
    """The interview shows a conflict as long as there is one."""
    one = session.get_one(Interview, interview, populate_existing=True)
    beside = func.jpt_has_second_interview(one.household_id, interview)
    waits = leaves > 1 or bool(session.scalar(select(beside)))
    if one.has_conflict != waits:
        session.execute(
            update(Interview).where(Interview.id == interview).values(has_conflict=waits)
        )


def _tally_of(session: Session, house: Household) -> Tally:
    one = session.get_one(Interview, house.interview_id, populate_existing=True)
    if one.outcome != "interviewed":
        return Tally(house.state, one.evidence_grade)
    evaluation: dict[str, Any] | None = session.scalar(
        select(Revision.evaluation).where(
            Revision.interview_id == one.id, Revision.digest == one.head_digest
        )
    )
    return progress.of_evaluation(house.state, one.evidence_grade, one.people, evaluation or {})


def _shift(session: Session, house: Household, before: Tally, after: Tally) -> None:
    progress.shift(session, house.round_id, house.village_code, house.path, before, after)


def leaves(session: Session, interview: UUID) -> list[bytes]:
    """The revisions that no other is based on, the head first."""
    rows = session.execute(
        select(Revision.number, Revision.digest, Revision.based_on).where(
            Revision.interview_id == interview
        )
    ).all()
    based = {bytes(base) for row in rows for base in row.based_on}
    found = [(row.number, bytes(row.digest)) for row in rows if bytes(row.digest) not in based]
    return [digest for _, digest in sorted(found, reverse=True)]

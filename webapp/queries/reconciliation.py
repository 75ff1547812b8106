"""A village's houses against its register, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.quality.facts import House
from webapp.domain.quality.households import is_settled
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.models.quality import Reconciliation
from webapp.queries import quality


@dataclass(frozen=True)
class Line:
    """One house: as the register has it, what was found there, and the reason given."""

    household: UUID
    house_number: str
    head_name: str | None
    origin: str
    state: str
    outcome: str | None
    interview: UUID | None
    people_registered: int | None
    people: int | None
    reason: str | None
    note: str
    reason_at: datetime | None

    @property
    def is_interviewed(self) -> bool:
        """Whether its people have answered."""
        return self.interview is not None and self.outcome == "interviewed"

    @property
    def is_settled(self) -> bool:
        """As check 4 sees it."""
        reason = self.reason
        interview, outcome, origin = self.interview, self.outcome, self.origin
        return is_settled(
            House(self.household, interview, origin=origin, outcome=outcome, reason=reason)
        )


def houses(session: Session, village: str) -> list[Line]:
    """Every house of the village in the current round, as its street runs."""
    newest = (
        select(Reconciliation.reason, Reconciliation.note, Reconciliation.made_at)
        .where(Reconciliation.household_id == Household.id)
        .order_by(Reconciliation.id.desc())
        .limit(1)
        .lateral()
    )
    rows = session.execute(
        select(
            Household.id,
            Household.house_number,
            Household.head_name,
            Household.origin,
            Household.state,
            func.coalesce(Interview.outcome, Household.outcome),
            Household.interview_id,
            Household.people_registered,
            Interview.people,
            newest.c.reason,
            func.coalesce(newest.c.note, ""),
            newest.c.made_at,
        )
        .outerjoin(Interview, Interview.id == Household.interview_id)
        .outerjoin(newest, newest.c.reason.is_not(None))
        .where(Household.round_id == quality.current(session), Household.village_code == village)
        .order_by(Household.house_number, Household.id)
    )
    return sorted((Line(*row) for row in map(tuple, rows)), key=_along_the_street)


def _along_the_street(line: Line) -> tuple[int, str]:
    """Number 9 before number 10, 10/1 after it."""
    digits = line.house_number.split("/")[0]
    return (int(digits) if digits.isdecimal() else 10**9, line.house_number)

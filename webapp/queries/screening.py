"""Volunteers by how their interviews compare with the village's, and why; the scope is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.domain.screening.volunteers import FEWEST, UNRANKED
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.models.screening import Screening, VolunteerScreening

PAGE = 50
MOST_SHOWN = 200
"""Interviews of one volunteer on a page; more than these are said to be more."""

BEGIN = (1e9, UUID(int=0), "")
_LIST = text(
    "select * from jpt_screened(:round, :area, cast(:rank as real), :account, :village, :page)"
)
_NAME = text(
    "select s.name_th from jpt_screened(:round, :village, 1e9, null, '', 10000) s "
    "where s.account_id = :account"
)


@dataclass(frozen=True)
class Line:
    """One volunteer in one village."""

    account_id: UUID
    name_th: str
    village_code: str
    village_th: str
    moo: int
    subdistrict_th: str
    district_th: str
    interviews: int
    judged: int
    standing_out: int
    usual_share: float
    rank: float
    reasons: dict[str, int]
    updated_at: datetime

    @property
    def has_enough(self) -> bool:
        """Whether there are interviews enough to say anything."""
        return self.rank > UNRANKED

    @property
    def usual(self) -> float:
        """How many of so many would stand out by chance, as among the others there."""
        return self.usual_share * self.judged

    @property
    def place(self) -> str:
        """Where the list goes on after this line."""
        return f"{self.rank!r} {self.account_id} {self.village_code}"


@dataclass(frozen=True)
class OddOne:
    """One interview that stands out, and why."""

    interview_id: UUID
    state: str
    house_number: str
    began: datetime
    mode: str
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class Beside:
    """One volunteer's interviews in a village beside everybody's there."""

    name_th: str
    screened: VolunteerScreening
    odd: list[OddOne]
    houses: dict[str, str]
    """The house number of each interview that another is like."""

    @property
    def has_enough(self) -> bool:
        """Whether there are interviews enough to say anything."""
        return self.screened.rank > UNRANKED

    @property
    def fewest(self) -> int:
        """How many interviews are enough."""
        return FEWEST


def listed(session: Session, round_id: str, area: str, after: str | None) -> Sequence[Line]:
    """The volunteers of the asker's part of an area, those first who most need a look."""
    rank, account, village = _place(after)
    asked = {"round": round_id, "area": area, "page": PAGE}
    rows = session.execute(_LIST, asked | {"rank": rank, "account": account, "village": village})
    return [Line(**row) for row in rows.mappings()]


def beside(session: Session, round_id: str, village: str, account: UUID) -> Beside:
    """One volunteer's figures in a village, and the interviews that stand out, most telling first.

    Raises:
        Problem: `not-found` where there is nothing of them in the asker's areas.
    """
    screened = session.get(VolunteerScreening, (round_id, village, account))
    if screened is None:
        raise Problem("not-found")
    odd = _odd(session, round_id, village, account)
    likest = {UUID(one["other"]) for row in odd for one in row.reasons if one.get("other")}
    asked = {"round": round_id, "village": village, "account": account}
    return Beside(session.scalar(_NAME, asked) or "", screened, odd, _houses(session, likest))


def _odd(session: Session, round_id: str, village: str, account: UUID) -> list[OddOne]:
    rows = session.execute(
        select(
            Screening.interview_id,
            Interview.state,
            Household.house_number,
            Screening.began,
            Screening.mode,
            Screening.reasons,
        )
        .join(Interview, Interview.id == Screening.interview_id)
        .join(Household, Household.id == Screening.household_id)
        .where(
            Screening.account_id == account,
            Screening.village_code == village,
            Screening.round_id == round_id,
            Screening.stands_out,
        )
        .order_by(Screening.score.desc(), Screening.interview_id)
        .limit(MOST_SHOWN)
    )
    return [OddOne(*row) for row in rows]


def _houses(session: Session, interviews: set[UUID]) -> dict[str, str]:
    rows = session.execute(
        select(Interview.id, Household.house_number)
        .join(Household, Household.id == Interview.household_id)
        .where(Interview.id.in_(interviews))
    )
    return {str(interview): number for interview, number in rows}


def _place(after: str | None) -> tuple[float, UUID, str]:
    if not after:
        return BEGIN
    rank, account, village = after.split(" ")
    return float(rank), UUID(account), village

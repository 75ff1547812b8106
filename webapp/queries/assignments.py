"""Who has which work: villages with their people, one village household by household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    func,
    literal,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from webapp.models.account import Account
from webapp.models.household import Assignment, Household
from webapp.models.interview import Interview
from webapp.models.survey_round import Round

PAGE = 50
HOUSEHOLDS = 100
MOST_PEOPLE = 300
_COUNTED = Household.house_number.collate("counted")
"""2/1 before 10; a village is read whole and sorted, the largest have some thousands."""

_NEAREST = text("select * from jpt_nearest_volunteers(:village, :most)")
_WORK = text("select * from jpt_village_work(:round, :within, :after, :page)")


@dataclass(frozen=True)
class VillageWork:
    """One village: how much there is, how much is done, and in whose hands it is.

    `whole` people have all of it; `single` households are given one by one. `stopped` of those who
    have work there may not work now.
    """

    code: str
    households: int
    todo: int
    done: int
    whole: int
    single: int
    names: list[str] | None
    stopped: int

    @property
    def without(self) -> int:
        """Households that nobody has."""
        return 0 if self.whole else max(0, self.households - self.single)


@dataclass(frozen=True)
class Hand:
    """Somebody with work in the village: all of it, or so many households, since when."""

    account: UUID
    name_th: str
    has_whole: bool
    single: int
    interviews: int
    since: datetime
    is_active: bool


@dataclass(frozen=True)
class House:
    """A household and those who have it; `author` sent its interview."""

    id: UUID
    house_number: str
    head_name: str | None
    state: str
    names: list[str]
    author: str | None


@dataclass(frozen=True)
class Candidate:
    """A volunteer who may be given work here; `nearness` 0 has some, 1 offered, 2 others."""

    account: UUID
    name_th: str
    nearness: int
    villages: int


def villages(session: Session, within: str, after: str = "") -> list[VillageWork]:
    """The next page of an area's villages, by code; `within` lies inside the officer's areas."""
    asked = {"round": _current(session), "within": within, "after": after, "page": PAGE}
    return [VillageWork(**row) for row in session.execute(_WORK, asked).mappings()]


def hands(session: Session, village: str) -> list[Hand]:
    """Everybody who has work in the village, whole villages first."""
    sent = (
        select(func.count())
        .where(Interview.village_code == village, Interview.author_id == Account.id)
        .scalar_subquery()
    )
    whole = func.bool_or(Assignment.household_id.is_(None))
    rows = session.execute(
        select(
            Account.id,
            Account.name_th,
            whole,
            func.count(Assignment.household_id),
            sent,
            func.min(Assignment.created_at),
            Account.status == "active",
        )
        .join(Account, Account.id == Assignment.account_id)
        .where(*_live(session, village))
        .group_by(Account.id, Account.name_th, Account.status)
        .order_by(whole.desc(), Account.name_th)
    )
    return [Hand(*row) for row in rows]


def houses(session: Session, village: str, after: tuple[str, UUID] | None = None) -> list[House]:
    """The next page of the village's households, with who has each and who interviewed it."""
    author = aliased(Account)
    rows = session.execute(
        select(
            Household.id,
            Household.house_number,
            Household.head_name,
            Household.state,
            author.name_th,
        )
        .outerjoin(Interview, Interview.id == Household.interview_id)
        .outerjoin(author, author.id == Interview.author_id)
        .where(Household.round_id == _current(session), Household.village_code == village)
        .where(_beyond(after))
        .order_by(_COUNTED, Household.id)
        .limit(HOUSEHOLDS)
    ).all()
    held = _single(session, village, [row.id for row in rows])
    return [House(*row[:4], held.get(row.id, []), row[4]) for row in rows]


def candidates(session: Session, village: str) -> list[Candidate]:
    """Working volunteers of the village's district, at most 300, those nearest to it first."""
    rows = session.execute(_NEAREST, {"village": village, "most": MOST_PEOPLE})
    return [Candidate(*row) for row in rows]


def _single(session: Session, village: str, households: list[UUID]) -> dict[UUID, list[str]]:
    rows = session.execute(
        select(Assignment.household_id, func.array_agg(Account.name_th))
        .join(Account, Account.id == Assignment.account_id)
        .where(*_live(session, village), Assignment.household_id.in_(households))
        .group_by(Assignment.household_id)
    )
    return {row[0]: sorted(row[1]) for row in rows if row[0]}


def _live(session: Session, village: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Assignment.village_code == village,
        Assignment.round_id == _current(session),
        Assignment.ended_at.is_(None),
    )


def _beyond(after: tuple[str, UUID] | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    number = literal(after[0]).collate("counted")
    return tuple_(_COUNTED, Household.id) > tuple_(number, literal(after[1]))


def _current(session: Session) -> str:
    return session.scalar(select(Round.id).where(Round.is_current)) or ""

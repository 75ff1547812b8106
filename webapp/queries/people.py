"""People as the back office lists and opens them; the functions apply the officer's scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.domain import people
from webapp.domain.people import Status
from webapp.domain.problems import Problem
from webapp.models.account import Account, Grant
from webapp.models.area import Area
from webapp.models.household import Assignment
from webapp.models.person import OfferedVillage, PersonDetails

PAGE = 50
HISTORY_PAGE = 30
_COUNTS = text("select role, status, n from jpt_people_counts(:within)")
_LIST = text(
    "select * from jpt_people_list(:within, :role, :status, :home, :begins, :number_index, :after, "
    ":page)"
)
_CUT = text("select jpt_people_search_is_cut(:within, :role, :status, :begins)")
_ALIKE = text("select * from jpt_people_alike(:accounts)")
_HISTORY = text("select * from jpt_person_history(:account, :older_than, :page)")


@dataclass(frozen=True)
class Wanted:
    """What a list shows: inside an area, of a role, in a state, of a village, found by a search."""

    within: str
    role: str | None = None
    status: str | None = None
    home: str | None = None
    begins: str | None = None
    number_index: bytes | None = None


@dataclass(frozen=True)
class Line:
    """One person of a list; numbers still sealed."""

    id: UUID
    role: str
    level: str | None
    status: str
    username: str
    name_th: str
    path: str
    revision: int
    status_at: datetime
    has_password: bool
    title_th: str | None
    national_id: bytes | None
    phone: bytes | None
    home_village_code: str | None
    registered_at: datetime | None
    agency_th: str | None

    @property
    def shown_name(self) -> str:
        """The name, or what lists call a closed account."""
        if self.status == Status.CLOSED.value:
            return people.pseudonym(str(self.id))
        return self.name_th


@dataclass(frozen=True)
class Alike:
    """Somebody with the same ID or telephone number; unnamed where they are another officer's."""

    account: UUID
    other: UUID
    same_id: bool
    same_phone: bool
    role: str
    status: str
    name_th: str | None
    path: str
    is_visible: bool

    @property
    def shown_name(self) -> str | None:
        """The name, or what lists call a closed account; None where it is not to be seen."""
        if self.name_th and self.status == Status.CLOSED.value:
            return people.pseudonym(str(self.other))
        return self.name_th


@dataclass(frozen=True)
class Happened:
    """One entry of a person's history, with who did it."""

    id: int
    at: datetime
    act: str
    subject: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    actor_id: UUID | None
    actor_th: str | None
    actor_role: str | None
    actor_level: str | None


@dataclass(frozen=True)
class Right:
    """Where somebody may work, since when, and why."""

    why: str
    area_code: str
    path: str
    since: datetime
    households: int = 0


@dataclass(frozen=True)
class Person:
    """One person with everything the back office may see of them; numbers still sealed."""

    account: Account
    details: PersonDetails | None
    offered: tuple[str, ...]
    rights: tuple[Right, ...]


def counts(session: Session, within: str) -> dict[tuple[str, str], int]:
    """How many people there are inside the area, by role and status."""
    rows = session.execute(_COUNTS, {"within": within})
    return {(role, status): n for role, status, n in rows}


def listed(
    session: Session, wanted: Wanted, after: UUID | None = None, page: int = PAGE
) -> tuple[list[Line], UUID | None]:
    """A page of people by name, and whom the next page comes after, if there is one."""
    asked = vars(wanted) | {"after": after, "page": page + 1}
    lines = [Line(*row) for row in session.execute(_LIST, asked)]
    return lines[:page], lines[page - 1].id if len(lines) > page else None


def search_is_cut(session: Session, wanted: Wanted) -> bool:
    """Whether more names begin so than a search looks at (500): its list is then not whole."""
    if wanted.begins is None:
        return False
    asked = {name: vars(wanted)[name] for name in ("within", "role", "status", "begins")}
    return bool(session.scalar(_CUT, asked))


def alike(session: Session, accounts: Iterable[UUID]) -> dict[UUID, list[Alike]]:
    """For each of these people, whoever else is there with one of their numbers."""
    found: dict[UUID, list[Alike]] = {}
    for row in session.execute(_ALIKE, {"accounts": list(accounts)}):
        found.setdefault(row.account, []).append(Alike(*row))
    return found


def one(session: Session, account: UUID) -> Person:
    """The person. Raises Problem `not-found` outside one's areas or not below one's rank."""
    found = session.scalar(
        select(Account).where(Account.id == account, func.jpt_manages(Account.path, Account.level))
    )
    if found is None:
        raise Problem("not-found")
    offered = select(OfferedVillage.village_code).where(OfferedVillage.account_id == account)
    return Person(
        found,
        session.get(PersonDetails, account),
        tuple(session.scalars(offered.order_by(OfferedVillage.village_code))),
        (*_grants(session, account), *_assignments(session, account)),
    )


def history(session: Session, account: UUID, older_than: int | None = None) -> list[Happened]:
    """What was done to the person, newest first."""
    asked = {"account": account, "older_than": older_than, "page": HISTORY_PAGE}
    return [Happened(*row) for row in session.execute(_HISTORY, asked)]


def last_change(session: Session, account: UUID) -> Happened | None:
    """Who changed the person last, and what."""
    return next(iter(history(session, account)), None)


def waiting(session: Session, within: str) -> int:
    """How many people wait for approval inside the area."""
    found = counts(session, within)
    return sum(n for (_, status), n in found.items() if status == Status.WAITING.value)


def path_of(session: Session, code: str) -> str | None:
    """The path of an area."""
    return session.scalar(select(Area.path).where(Area.code == code))


def _grants(session: Session, account: UUID) -> list[Right]:
    rows = session.scalars(
        select(Grant)
        .where(Grant.account_id == account, Grant.ended_at.is_(None))
        .order_by(Grant.id)
    )
    return [Right("grant", one.area_code, one.path, one.created_at) for one in rows]


def _assignments(session: Session, account: UUID) -> list[Right]:
    """Whole villages, and villages of which only some households were given."""
    rows = session.execute(
        select(
            Assignment.village_code,
            Assignment.path,
            func.min(Assignment.created_at),
            func.count(Assignment.household_id),
        )
        .where(Assignment.account_id == account, Assignment.ended_at.is_(None))
        .group_by(Assignment.village_code, Assignment.path)
        .order_by(Assignment.village_code)
    )
    return [Right("assignment", code, path, since, n) for code, path, since, n in rows]

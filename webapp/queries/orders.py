"""Appointment orders, and the letter's quality check 3: appointed, working, living there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, text, true
from sqlalchemy.orm import Session

from webapp.domain.people import Status
from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.appointment import AppointedPerson, AppointmentOrder
from webapp.models.area import Area
from webapp.models.survey_round import Round
from webapp.queries import people

PAGE = 50
MOST_OFFERED = 200
MOST_COMPARED = 50_000
"""Volunteers of one area: seven times as many as the largest province has."""
WORKING = (Status.ACTIVE.value, Status.SUSPENDED.value)
LISTS = ("without_order", "not_local", "home_unknown")

_CHECK = text("select * from jpt_standing_check(:round, :within, :page)")
_LIST = text(
    "select * from jpt_standing_list(:round, :within, :which, :after_path, :after_id, :page)"
)
_TALLIES = text("select * from jpt_order_tallies(:orders)")
_OPEN_COUNT = text("select jpt_open_names_count(:round, :within)")
_OPEN = text(
    "select order_id, order_number, place, name_th "
    "from jpt_open_names(:round, :within, :after_order, :after_place, :page)"
)


@dataclass(frozen=True)
class Order:
    """An order as a list shows it; `matched` of its `names` have an account."""

    id: UUID
    number: str
    issued_on: date
    area_code: str
    area_th: str
    document_name: str | None
    names: int
    matched: int
    withdrawn_at: datetime | None
    withdrawal_reason: str | None


@dataclass(frozen=True)
class Named:
    """A name of an order and whose it is; `matched_by` is id, name or hand."""

    id: int
    place: int
    name_th: str
    has_number: bool
    account: UUID | None
    account_th: str | None
    matched_by: str | None


@dataclass(frozen=True)
class Local:
    """A volunteer of an area and in how many of its villages they work."""

    account: UUID
    name_th: str
    path: str
    villages: int


@dataclass(frozen=True)
class OpenName:
    """A name that no account has yet, and the order in which it stands."""

    order: UUID
    order_number: str
    place: int
    name_th: str


@dataclass(frozen=True)
class Check:
    """Quality check 3 of an area, as counts and as the first people behind each count."""

    volunteers: int
    appointed: int
    local: int
    not_local: int
    home_unknown: int
    without_order: int
    names_open: int
    lists: dict[str, list[Local]]
    without_account: list[OpenName]


def listed(session: Session, within: str, after: tuple[date, UUID] | None = None) -> list[Order]:
    """The orders of an area and of what lies in it, newest first."""
    key = (AppointmentOrder.issued_on, AppointmentOrder.id)
    rows = select(AppointmentOrder.id).where(
        AppointmentOrder.path.op("^@")(within), AppointmentOrder.round_id == _current(session)
    )
    if after is not None:
        rows = rows.where(func.row(*key) < func.row(*after))
    ids = list(session.scalars(rows.order_by(key[0].desc(), key[1].desc()).limit(PAGE)))
    found = {one.id: one for one in _orders(session, ids)}
    return [found[one] for one in ids]


def one(session: Session, order: UUID) -> Order:
    """One order. Raises Problem `not-found` outside the asker's areas."""
    found = _orders(session, [order])
    if not found:
        raise Problem("not-found")
    return found[0]


def names(session: Session, order: UUID, after: int = 0, *, only_open: bool = False) -> list[Named]:
    """The next 50 whom the order names, in its own order; all, or those without an account."""
    rows = session.execute(
        select(
            AppointedPerson.id,
            AppointedPerson.place,
            AppointedPerson.name_th,
            AppointedPerson.national_id_index.is_not(None),
            AppointedPerson.account_id,
            Account.name_th,
            AppointedPerson.matched_by,
        )
        .outerjoin(Account, Account.id == AppointedPerson.account_id)
        .where(AppointedPerson.order_id == order, AppointedPerson.place > after)
        .where(AppointedPerson.account_id.is_(None) if only_open else true())
        .order_by(AppointedPerson.place)
        .limit(PAGE)
    )
    return [Named(*row) for row in rows]


def offered(session: Session, order: UUID) -> list[tuple[str, str]]:
    """User name and name of the first volunteers of the order's area that no order names yet."""
    path = session.scalar(select(AppointmentOrder.path).where(AppointmentOrder.id == order)) or ""
    likely = [one.account for one in standing(session, path, "without_order", page=MOST_OFFERED)]
    rows = session.execute(
        select(Account.username, Account.name_th)
        .where(Account.id.in_(likely))
        .order_by(Account.name_th, Account.username)
    )
    return [(row.username, row.name_th) for row in rows]


def meant(session: Session, written: str) -> list[UUID]:
    """The volunteers in sight with this user name, else with this name; two are enough to know."""
    who = " ".join(written.split())
    volunteers = select(Account.id).where(Account.role == "volunteer").limit(2)
    by_username = session.scalars(volunteers.where(Account.username == who.lower()))
    return list(by_username) or list(session.scalars(volunteers.where(Account.name_th == who)))


def may_compare(session: Session, within: str) -> bool:
    """Whether so few volunteers belong to the area that they can be compared at once."""
    found = people.counts(session, within)
    return sum(found.get(("volunteer", one), 0) for one in WORKING) <= MOST_COMPARED


def check(session: Session, within: str) -> Check:
    """Who collects in the area against who was appointed, and whether they live there.

    Source: the letter's quality table, check 3 (persons collecting are local people; compare the
    order with the names in the system). Counts are of volunteers who work or belong there.
    """
    asked = {"round": _current(session), "within": within}
    counts: dict[str, int] = {}
    lists: dict[str, list[Local]] = {which: [] for which in LISTS}
    for which, counted, *one in session.execute(_CHECK, asked | {"page": PAGE}):
        if counted is None:
            lists[which].append(Local(*one))
        else:
            counts[which] = counted
    names_open = session.scalar(_OPEN_COUNT, asked) or 0
    without_account = open_names(session, within) if names_open else []
    return Check(**counts, names_open=names_open, lists=lists, without_account=without_account)


def standing(
    session: Session,
    within: str,
    which: str,
    after: tuple[str, UUID] | None = None,
    page: int = PAGE,
) -> list[Local]:
    """The area's volunteers in one of LISTS, village by village; `after` is a path and a person."""
    after_path, after_id = after or (None, None)
    asked = {"round": _current(session), "within": within, "which": which, "page": page}
    rows = session.execute(_LIST, asked | {"after_path": after_path, "after_id": after_id})
    return [Local(*row) for row in rows]


def open_names(
    session: Session, within: str, after: tuple[UUID, int] | None = None
) -> list[OpenName]:
    """Names without an account, order by order; `after` is an order and a place in it."""
    after_order, after_place = after or (None, None)
    asked = {"round": _current(session), "within": within, "page": PAGE}
    rows = session.execute(_OPEN, asked | {"after_order": after_order, "after_place": after_place})
    return [OpenName(*row) for row in rows]


def _orders(session: Session, ids: list[UUID]) -> list[Order]:
    tallies = {row.order_id: row for row in session.execute(_TALLIES, {"orders": ids})}
    rows = session.execute(
        select(
            AppointmentOrder.id,
            AppointmentOrder.number,
            AppointmentOrder.issued_on,
            AppointmentOrder.area_code,
            Area.name_th.label("area_th"),
            AppointmentOrder.document_name,
            AppointmentOrder.withdrawn_at,
            AppointmentOrder.withdrawal_reason,
        )
        .join(Area, Area.code == AppointmentOrder.area_code)
        .where(AppointmentOrder.id.in_(ids))
    ).mappings()
    return [
        Order(**row, names=tallies[row["id"]].names, matched=tallies[row["id"]].matched)
        for row in rows
    ]


def _current(session: Session) -> str:
    return session.scalar(select(Round.id).where(Round.is_current)) or ""

"""Appointment orders, and the letter's quality check 3: appointed, working, living there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, select, text, true
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.appointment import AppointedPerson, AppointmentOrder
from webapp.models.area import Area
from webapp.models.survey_round import Round

PAGE = 50
MOST_SHOWN = 200
_LISTS = {
    "without_order": "order_id is null",
    "not_local": "not lives_here",
    "home_unknown": "home_code is null",
}
_WITHOUT_ORDER = text(
    "select account from jpt_local_volunteers(:round, :within) where order_id is null limit :most"
)
# One question: everybody is judged once, counted, and the first of each list are told.
_CHECK = text(f"""
    with everybody as materialized (select * from jpt_local_volunteers(:round, :within)),
    counted as (
        select count(*) as volunteers, count(order_id) as appointed,
            count(*) filter (where lives_here) as local,
            count(*) filter (where not lives_here) as not_local,
            count(*) filter (where home_code is null) as home_unknown
        from everybody),
    told as ({
    " union all ".join(
        f"(select '{which}' as which, e.* from everybody e where {condition} limit :most)"
        for which, condition in _LISTS.items()
    )
})
    select * from counted left join told on true
""")  # noqa: S608 (conditions of our own)


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
    """A volunteer of an area: their work there, the order that names them, where they live."""

    account: UUID
    name_th: str
    status: str
    villages: int
    order_id: UUID | None
    order_number: str | None
    home_code: str | None
    lives_here: bool | None


_LOCAL = tuple(one.name for one in fields(Local))


@dataclass(frozen=True)
class Check:
    """Quality check 3 of an area, as counts and as the first people behind each count."""

    volunteers: int
    appointed: int
    local: int
    not_local_count: int
    home_unknown_count: int
    without_order: list[Local]
    not_local: list[Local]
    home_unknown: list[Local]
    names_open: int
    without_account: list[Named]


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
    asked = {"round": _current(session), "within": path, "most": MOST_SHOWN}
    likely = session.scalars(_WITHOUT_ORDER, asked).all()
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


def check(session: Session, within: str) -> Check:
    """Who collects in the area against who was appointed, and whether they live there.

    Source: the letter's quality table, check 3 (persons collecting are local people; compare the
    order with the names in the system). Counts are of volunteers who work or belong there.
    """
    counted, lists = _judged(session, within)
    return Check(
        volunteers=counted["volunteers"],
        appointed=counted["appointed"],
        local=counted["local"],
        not_local_count=counted["not_local"],
        home_unknown_count=counted["home_unknown"],
        without_order=lists["without_order"],
        not_local=lists["not_local"],
        home_unknown=lists["home_unknown"],
        names_open=_names_open(session, within),
        without_account=_without_account(session, within),
    )


def _judged(session: Session, within: str) -> tuple[RowMapping, dict[str, list[Local]]]:
    """The counts, and the first of those who are in no order, live elsewhere, or have not said."""
    asked = {"round": _current(session), "within": within, "most": MOST_SHOWN}
    rows = session.execute(_CHECK, asked).mappings().all()
    lists: dict[str, list[Local]] = {which: [] for which in _LISTS}
    for row in rows:
        if row["which"]:
            lists[row["which"]].append(Local(**{name: row[name] for name in _LOCAL}))
    return rows[0], lists


def _without_account(session: Session, within: str) -> list[Named]:
    rows = session.execute(
        _still_open(
            session,
            within,
            AppointedPerson.id,
            AppointedPerson.place,
            AppointedPerson.name_th,
            AppointedPerson.national_id_index.is_not(None),
        )
        .order_by(AppointedPerson.id)
        .limit(PAGE)
    )
    return [Named(row[0], row[1], row[2], row[3], None, None, None) for row in rows]


def _names_open(session: Session, within: str) -> int:
    return session.scalar(_still_open(session, within, func.count())) or 0


def _still_open(session: Session, within: str, *columns: Any) -> Select[tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(AppointedPerson)
        .join(AppointmentOrder, AppointmentOrder.id == AppointedPerson.order_id)
        .where(
            AppointmentOrder.path.op("^@")(within),
            AppointmentOrder.round_id == _current(session),
            AppointmentOrder.withdrawn_at.is_(None),
            AppointedPerson.account_id.is_(None),
        )
    )


def _orders(session: Session, ids: list[UUID]) -> list[Order]:
    rows = session.execute(
        select(
            AppointmentOrder.id,
            AppointmentOrder.number,
            AppointmentOrder.issued_on,
            AppointmentOrder.area_code,
            Area.name_th,
            AppointmentOrder.document_name,
            func.count(AppointedPerson.id),
            func.count(AppointedPerson.account_id),
            AppointmentOrder.withdrawn_at,
            AppointmentOrder.withdrawal_reason,
        )
        .join(Area, Area.code == AppointmentOrder.area_code)
        .outerjoin(AppointedPerson, AppointedPerson.order_id == AppointmentOrder.id)
        .where(AppointmentOrder.id.in_(ids))
        .group_by(AppointmentOrder.id, Area.name_th)
    )
    return [Order(*values) for values in map(tuple, rows)]


def _current(session: Session) -> str:
    return session.scalar(select(Round.id).where(Round.is_current)) or ""

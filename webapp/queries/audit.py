"""The audit log as an officer reads it: the acts in their areas, newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from webapp.domain.service_plan import THAILAND
from webapp.models.account import Account
from webapp.models.area import Area

PAGE = 50

PLACES = frozenset({"area", "path", "home_village"})
"""Fields that name an area, by its code or its path."""
PEOPLE = frozenset({"account", "accounts", "other"})
"""Fields that name somebody, by their account."""

_LIST = text("select * from jpt_audit_list(:within, :act, :person, :since, :until, :before, :most)")
_HEAD = text("select number, sealed_at, waiting from jpt_audit_head()")


@dataclass(frozen=True)
class Filters:
    """Which acts are asked for; everything left out does not narrow. Days are days in Thailand."""

    within: str | None = None
    act: str | None = None
    person: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Change:
    """One field that an act changed."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Shown:
    """One entry; `number` is its place in the sealed chain, None for the last seconds'."""

    id: int
    at: datetime
    act: str
    actor_id: UUID | None
    actor_th: str | None
    area_th: str
    subject: dict[str, Any]
    changes: tuple[Change, ...]
    number: int | None


@dataclass(frozen=True)
class Page:
    """Entries and the cursor of those after them; None at the end.

    `names` are those of the areas and the people that the entries' fields name.
    """

    entries: list[Shown] = field(default_factory=list)
    after: int | None = None
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """How far the chain reaches, since when, and how many entries wait to be sealed."""

    number: int
    sealed_at: datetime
    waiting: int


def listed(session: Session, filters: Filters, before: int | None = None) -> Page:
    """The newest entries of the asker's areas that fit, older than the cursor `before`."""
    asked = {
        "within": filters.within,
        "act": filters.act,
        "person": filters.person,
        "since": _midnight(filters.since),
        "until": _midnight(filters.until + timedelta(days=1)) if filters.until else None,
        "before": before,
        "most": PAGE + 1,
    }
    rows = session.execute(_LIST, asked).all()
    names = _area_names(session, {row.path for row in rows if row.path})
    shown = [_shown(row, names) for row in rows[:PAGE]]
    after = shown[-1].id if len(rows) > PAGE else None
    return Page(shown, after, named(session, _said(shown)))


def head(session: Session) -> Head | None:
    """How far the chain reaches; None before the first seal."""
    row = session.execute(_HEAD).one_or_none()
    return Head(*row) if row else None


def named(session: Session, said: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """What the areas and people that these fields name are called, as far as the asker may know."""
    said = list(said)
    places, people = _values(said, PLACES), _values(said, PEOPLE)
    names: dict[str, str] = {}
    if places:
        either = or_(Area.code.in_(places), Area.path.in_(places))
        for row in session.execute(select(Area.code, Area.path, Area.name_th).where(either)):
            names |= {row.code: row.name_th, row.path: row.name_th}
    if people:
        which = Account.id.in_({UUID(one) for one in people})
        for id, name_th in session.execute(select(Account.id, Account.name_th).where(which)):
            names[str(id)] = name_th
    return names


def areas_below(session: Session, paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and Thai name of the areas right below these: what an officer narrows a list to."""
    own = select(Area.code).where(Area.path.in_(paths))
    rows = session.execute(
        select(Area.code, Area.name_th)
        .where(Area.parent_code.in_(own), Area.is_active)
        .order_by(Area.code)
    )
    return [(code, name) for code, name in rows]


def areas_at(session: Session, paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and Thai name of the areas of these paths."""
    rows = session.execute(
        select(Area.code, Area.name_th).where(Area.path.in_(paths)).order_by(Area.code)
    )
    return [(code, name) for code, name in rows]


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=THAILAND) if day else None


def _area_names(session: Session, paths: set[str]) -> dict[str, str]:
    if not paths:
        return {}
    rows = session.execute(select(Area.path, Area.name_th).where(Area.path.in_(paths)))
    return {row.path: row.name_th for row in rows}


def _said(shown: list[Shown]) -> Iterator[tuple[str, Any]]:
    for one in shown:
        yield from one.subject.items()
        for change in one.changes:
            yield from ((change.name, change.before), (change.name, change.after))


def _values(said: list[tuple[str, Any]], of: frozenset[str]) -> set[str]:
    lists = [value if isinstance(value, list) else [value] for name, value in said if name in of]
    return {str(value) for values in lists for value in values if value}


def _shown(row: Any, names: dict[str, str]) -> Shown:
    before, after = row.before or {}, row.after or {}
    fields = dict.fromkeys((*before, *after))
    return Shown(
        row.id,
        row.at,
        row.act,
        row.actor_id,
        row.actor_th,
        names.get(row.path, ""),
        row.subject,
        tuple(Change(name, before.get(name), after.get(name)) for name in fields),
        row.number,
    )

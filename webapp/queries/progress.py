"""How far the collection has come: villages' rollups summed by area, and by volunteer.

No interview is counted here: the cost follows the number of villages looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor, Role
from webapp.domain.policy import REVIEWERS
from webapp.models.area import Area
from webapp.models.survey_round import Round, Target
from webapp.queries import places, rounds

PAGE = 100
"""Volunteers of one page, those with the most to do first."""
NAMED_FROM = 3
"""Volunteers are named from the district down: the codes of its path are three."""

_AREAS = text("select * from jpt_progress(:paths)")
_VOLUNTEERS = text("select * from jpt_progress_volunteers(:within, :most, :after_todo, :after_id)")


@dataclass(frozen=True)
class Figures:
    """Households by state, and the people of the interviewed ones."""

    todo: int = 0
    received: int = 0
    returned: int = 0
    accepted: int = 0
    custody: int = 0
    closed: int = 0
    people: int = 0

    @classmethod
    def of(cls, row: RowMapping) -> Figures:
        """The figures among a row's columns."""
        return cls(**{name: int(row[name]) for name in cls.__dataclass_fields__})

    def __add__(self, other: Figures) -> Figures:
        names = self.__dataclass_fields__
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def households(self) -> int:
        """All households of the list."""
        return self.todo + self.done + self.returned + self.custody

    @property
    def done(self) -> int:
        """Households that need no volunteer any more: received, accepted, or closed unvisited."""
        return self.received + self.accepted + self.closed


@dataclass(frozen=True)
class Line:
    """One area, its figures and how many households it is to have."""

    code: str
    name: str
    level: str
    figures: Figures
    target: int

    @property
    def percent(self) -> int:
        """Done of the target, rounded down, so that 100 means all."""
        return min(100, self.figures.done * 100 // self.target) if self.target else 0


@dataclass(frozen=True)
class Volunteer:
    """What one volunteer was given and has done."""

    id: UUID
    name: str
    villages: int
    is_shared: bool
    figures: Figures

    @property
    def percent(self) -> int:
        """Done of what was given, rounded down."""
        return self.figures.done * 100 // max(1, self.figures.households)


@dataclass(frozen=True)
class Sheet:
    """The figures of an area and of what lies right below it."""

    area: Area | None
    trail: list[Area]
    total: Line
    lines: list[Line]
    volunteers: list[Volunteer] = field(default_factory=list)
    has_more: bool = False


@dataclass(frozen=True)
class Pace:
    """The days of recording that are left, today included, and what each must bring."""

    closes_on: date | None
    days_left: int | None
    a_day: int | None


def sheet(
    session: Session,
    actor: Actor,
    code: str | None,
    after: tuple[int, UUID] | None = None,
    page: int = PAGE,
) -> Sheet:
    """The figures of one area inside the asker's areas; of none named, of the asker's own.

    Whoever has one area alone begins in it. Volunteers are named to those who review, from the
    district down, and to themselves; a viewer sees figures only. A page of them goes on `after`
    what the last one had to do, and their id.

    Raises:
        Problem: `not-found` where the area is not, or not inside the asker's areas.
    """
    area = places.asked(session, actor, code)
    below = _below(session, actor, area)
    lines = _lines(session, below)
    total = _total(session, area, lines)
    people = _volunteers(session, actor, area, after, page + 1)
    trail = places.trail(session, actor, area)
    return Sheet(area, trail, total, lines, people[:page], len(people) > page)


def pace(session: Session, total: Line, today: date) -> Pace:
    """What is left of the target, shared out over the days that recording stays open."""
    closes_on = rounds.current(session).closes_on
    if closes_on is None:
        return Pace(None, None, None)
    days = max(0, (closes_on - today).days + 1)
    left = max(0, total.target - total.figures.done)
    return Pace(closes_on, days, -(-left // days) if days else None)


def _below(session: Session, actor: Actor, area: Area | None) -> Sequence[Area]:
    """What lies or lay right below; a village stands for itself."""
    if area is not None and area.level == "village":
        return [area]
    of = Area.parent_code == area.code if area else Area.path.in_(actor.areas)
    return session.scalars(select(Area).where(of).order_by(Area.code)).all()


def _lines(session: Session, areas: Sequence[Area]) -> list[Line]:
    """An area that the registry no longer has is told as long as it has households."""
    rows = session.execute(_AREAS, {"paths": [area.path for area in areas]}).mappings()
    figures = {row["path"]: Figures.of(row) for row in rows}
    targets = _targets(session, [area.code for area in areas])
    lines = [
        (area, _line(area, figures.get(area.path, Figures()), targets.get(area.code)))
        for area in areas
    ]
    return [line for area, line in lines if area.is_active or line.figures.households]


def _line(area: Area, figures: Figures, target: int | None) -> Line:
    return Line(
        area.code,
        area.name_th,
        area.level,
        figures,
        figures.households if target is None else target,
    )


def _total(session: Session, area: Area | None, lines: list[Line]) -> Line:
    """The lines' sum; an area with a target of its own has that one."""
    figures = sum((line.figures for line in lines), Figures())
    summed = sum(line.target for line in lines)
    if area is None:
        return Line("", "", "", figures, summed)
    return _line(area, figures, _targets(session, [area.code]).get(area.code, summed))


def _targets(session: Session, codes: Sequence[str]) -> dict[str, int]:
    rows = session.execute(
        select(Target.area_code, Target.households)
        .join(Round, Round.id == Target.round_id)
        .where(Round.is_current, Target.area_code.in_(codes))
    )
    return {row.area_code: row.households for row in rows}


def _volunteers(
    session: Session, actor: Actor, area: Area | None, after: tuple[int, UUID] | None, most: int
) -> list[Volunteer]:
    is_named = area is not None and area.path.count(".") >= NAMED_FROM
    if actor.role is not Role.VOLUNTEER and not (actor.role in REVIEWERS and is_named):
        return []
    asked: dict[str, Any] = {"within": area.path if area else None, "most": most}
    asked["after_todo"], asked["after_id"] = after or (None, None)
    return [
        Volunteer(
            row["id"], row["name_th"], int(row["villages"]), bool(row["is_shared"]), Figures.of(row)
        )
        for row in session.execute(_VOLUNTEERS, asked).mappings()
    ]

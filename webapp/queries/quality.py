"""The quality sheet of an area: what the reckoner keeps, summed; nothing is counted here.

A village and a subdistrict show eight checks with figures; from the district up, villages by state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor, Role
from webapp.domain.areas import AreaLevel
from webapp.domain.quality import checks, disclosure
from webapp.domain.quality.checks import CHECKS
from webapp.domain.quality.states import Check, Line, State
from webapp.models.area import Area
from webapp.models.quality import RegisterTotal, SubdistrictQuality, VillageQuality
from webapp.models.survey_round import Round
from webapp.queries import places

COLUMNS = len(CHECKS) + 1
"""The checks, and the worst."""
Counts = list[list[int]]
"""Villages by column and by state."""


@dataclass(frozen=True)
class Row:
    """One area of a table: its villages by check and state, the worst of them in the last."""

    code: str
    name: str
    level: str
    counts: Counts
    is_active: bool = True
    """Whether the registry of areas still has it."""

    @property
    def villages(self) -> int:
        """How many have been judged."""
        return sum(self.counts[-1])

    def state(self, column: int) -> State | None:
        """The worst of its villages by one check (the last: by all); None where none is judged."""
        found = [State(place) for place, count in enumerate(self.counts[column]) if count]
        return max(found, default=None)


@dataclass(frozen=True)
class Part:
    """One check of the area: its state, its figures; None where they would show a household."""

    check: Check
    state: State | None
    lines: list[Line] | None
    counts: list[int]


@dataclass(frozen=True)
class Sheet:
    """An area's quality: the whole, the eight parts, and what lies right below."""

    area: Area | None
    trail: list[Area]
    whole: Row
    parts: list[Part]
    rows: list[Row]
    reckoned_at: datetime | None
    formulas: str = ""
    totals_source: str | None = None
    own: dict[str, int] = field(default_factory=dict)
    blockers: dict[str, Any] = field(default_factory=dict)
    unjudged: int = 0
    """Areas right below that have no village judged: they are counted and not listed."""


def sheet(session: Session, actor: Actor, code: str | None) -> Sheet:
    """The quality of one area inside the asker's areas; of none named, of the asker's own.

    Raises:
        Problem: `not-found` where the area is not, or not inside the asker's areas.
    """
    area = places.asked(session, actor, code)
    trail = places.trail(session, actor, area)
    if area is not None and area.level == AreaLevel.VILLAGE:
        return _of_village(session, actor, area, trail)
    if area is not None and area.level == AreaLevel.SUBDISTRICT:
        return _of_subdistrict(session, actor, area, trail)
    rows = _rows(session, _below(session, actor, area))
    whole = _whole(area, rows)
    parts = [Part(check, whole.state(n), [], whole.counts[n]) for n, check in enumerate(CHECKS)]
    judged = [row for row in rows if row.villages]
    unjudged = sum(row.is_active and not row.villages for row in rows)
    return Sheet(area, trail, whole, parts, judged, None, unjudged=unjudged)


def village(session: Session, code: str) -> VillageQuality | None:
    """What is kept of a village in the current round."""
    return session.get(VillageQuality, (current(session), code))


def current(session: Session) -> str:
    """The current round; empty where there is none."""
    return session.scalar(select(Round.id).where(Round.is_current)) or ""


def _of_village(session: Session, actor: Actor, area: Area, trail: list[Area]) -> Sheet:
    kept = village(session, area.code)
    counts = _of_states(kept.states, kept.worst) if kept else _nothing()
    whole = Row(area.code, area.name_th, area.level, counts)
    hidden = kept is not None and actor.role is Role.VIEWER and disclosure.is_small(kept.households)
    parts = _parts(whole, kept.figures if kept else {}, hides=hidden)
    source = session.scalar(
        select(RegisterTotal.source).where(
            RegisterTotal.round_id == current(session), RegisterTotal.village_code == area.code
        )
    )
    own = {
        name: int(kept.figures.get(check, {}).get(f"own:{key}", 0)) if kept else 0
        for name, check, key in (
            ("houses", "4", "houses_off"),
            ("population", "4", "population_off"),
            ("income_change", "8", "change"),
        )
    }
    return Sheet(
        area,
        trail,
        whole,
        parts,
        [],
        kept.reckoned_at if kept else None,
        kept.formulas if kept else checks.FORMULAS,
        source,
        own,
        dict(kept.blockers) if kept else {},
    )


def _of_subdistrict(session: Session, actor: Actor, area: Area, trail: list[Area]) -> Sheet:
    round_id = current(session)
    kept = session.get(SubdistrictQuality, (round_id, area.code))
    found = {
        one.village_code: one
        for one in session.scalars(
            select(VillageQuality).where(
                VillageQuality.round_id == round_id, VillageQuality.subdistrict_code == area.code
            )
        )
    }
    rows = [
        Row(
            one.code,
            one.name_th,
            one.level,
            _of_states(found[one.code].states, found[one.code].worst)
            if one.code in found
            else _nothing(),
        )
        for one in _below(session, actor, area)
        if one.is_active or one.code in found
    ]
    whole = Row(area.code, area.name_th, area.level, _folded(kept.counts) if kept else _nothing())
    hides = kept is not None and actor.role is Role.VIEWER and kept.is_small
    parts = _parts(whole, kept.figures if kept else {}, hides=hides)
    return Sheet(area, trail, whole, parts, rows, kept.reckoned_at if kept else None)


def _parts(whole: Row, figures: dict[str, Any], *, hides: bool) -> list[Part]:
    return [
        Part(
            check,
            whole.state(n),
            None
            if hides and check.shows_households
            else checks.shown(check, figures.get(str(check.no), {})),
            whole.counts[n],
        )
        for n, check in enumerate(CHECKS)
    ]


def _below(session: Session, actor: Actor, area: Area | None) -> Sequence[Area]:
    of = Area.parent_code == area.code if area else Area.path.in_(actor.areas)
    return session.scalars(select(Area).where(of).order_by(Area.code)).all()


def _rows(session: Session, areas: Sequence[Area]) -> list[Row]:
    """Villages by state of each area; the column that tells areas apart is the level's."""
    counts: dict[str, Counts] = {}
    for level in {one.level for one in areas}:
        codes = [one.code for one in areas if one.level == level]
        counts |= (
            _villages(session, codes) if level == "village" else _summed(session, level, codes)
        )
    return [
        Row(one.code, one.name_th, one.level, counts.get(one.code, _nothing()), one.is_active)
        for one in areas
    ]


def _villages(session: Session, codes: Sequence[str]) -> dict[str, Counts]:
    kept = session.scalars(
        select(VillageQuality).where(
            VillageQuality.round_id == current(session), VillageQuality.village_code.in_(codes)
        )
    )
    return {one.village_code: _of_states(one.states, one.worst) for one in kept}


_SUMS = [
    func.coalesce(func.sum(SubdistrictQuality.counts[n + 1]), 0)
    for n in range(COLUMNS * len(State))
]


def _summed(session: Session, level: str, codes: Sequence[str]) -> dict[str, Counts]:
    here = SubdistrictQuality.round_id == current(session)
    if level == AreaLevel.COUNTRY:
        sums = session.execute(select(*_SUMS).where(here)).one()
        return {codes[0]: _folded([int(one) for one in sums])}
    column = column_of(level)
    rows = session.execute(select(column, *_SUMS).where(here, column.in_(codes)).group_by(column))
    return {str(row[0]): _folded([int(one) for one in row[1:]]) for row in rows}


def column_of(level: str) -> ColumnElement[str]:
    """The column of a subdistrict that says which area of this level it lies in."""
    return {
        AreaLevel.PROVINCE: SubdistrictQuality.province_code,
        AreaLevel.DISTRICT: SubdistrictQuality.district_code,
        AreaLevel.SUBDISTRICT: SubdistrictQuality.subdistrict_code,
    }[AreaLevel(level)].expression


def _whole(area: Area | None, rows: list[Row]) -> Row:
    """The rows' sum: every village lies in one of them."""
    counts = [
        [sum(row.counts[column][state] for row in rows) for state in State]
        for column in range(COLUMNS)
    ]
    return Row(area.code, area.name_th, area.level, counts) if area else Row("", "", "", counts)


def _of_states(states: Sequence[int], worst: int) -> Counts:
    return [[int(state == one) for one in State] for state in (*states, worst)]


def _folded(flat: Sequence[int]) -> Counts:
    size = len(State)
    return [list(flat[start : start + size]) for start in range(0, COLUMNS * size, size)]


def _nothing() -> Counts:
    return [[0] * len(State) for _ in range(COLUMNS)]

"""What still keeps an area from being certified: how much of what, whose it is, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.areas import AreaLevel
from webapp.domain.policy import REVIEWERS
from webapp.domain.problems import Problem
from webapp.domain.quality.blockers import BLOCKERS, Blocked, Blocker, together
from webapp.models.area import Area
from webapp.models.quality import SubdistrictQuality, VillageQuality
from webapp.queries import places, quality

MOST_NAMES = 5
_NAMES = text("select name_th from jpt_map_volunteers(:within) limit :most")


@dataclass(frozen=True)
class Blocking:
    """One kind of thing that blocks the area: how many, in how many villages, and who by name."""

    kind: Blocker
    count: int
    villages: int
    names: list[str]


@dataclass(frozen=True)
class Below:
    """An area right below, with what blocks it; None: not judged yet."""

    area: Area
    blocked: Blocked | None

    def count(self, code: str) -> int:
        """How much of one kind blocks it."""
        return (self.blocked or {}).get(code, (0, 0))[0]


@dataclass(frozen=True)
class Readiness:
    """All that blocks an area; none, and all judged, and it is ready."""

    area: Area
    blocking: list[Blocking]
    below: list[Below]
    is_judged: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being certified."""
        return self.is_judged and not self.blocking


_Reader = Callable[[Session, Area], tuple[Blocked, list[Below], bool]]


def read(session: Session, actor: Actor, code: str) -> Readiness:
    """What blocks a village, a subdistrict or a district inside the asker's areas.

    Raises:
        Problem: `not-found` for an area that is not the asker's, or is larger than a district.
    """
    area = places.asked(session, actor, code)
    how = _READ.get(area.level) if area else None
    if area is None or how is None:
        raise Problem("not-found")
    blocked, below, is_judged = how(session, area)
    names = _names(session, actor, area)
    blocking = [
        Blocking(kind, *blocked[kind.code], names if kind.owner == "volunteer" else [])
        for kind in BLOCKERS
        if kind.code in blocked
    ]
    return Readiness(area, blocking, below, is_judged)


def _of_village(session: Session, area: Area) -> tuple[Blocked, list[Below], bool]:
    kept = quality.village(session, area.code)
    blocked = {code: (count, 1) for code, count in kept.blockers.items()} if kept else {}
    return blocked, [], kept is not None


def _of_subdistrict(session: Session, area: Area) -> tuple[Blocked, list[Below], bool]:
    round_id = quality.current(session)
    whole = session.get(SubdistrictQuality, (round_id, area.code))
    kept = session.scalars(
        select(VillageQuality).where(
            VillageQuality.round_id == round_id, VillageQuality.subdistrict_code == area.code
        )
    )
    found = {one.village_code: {code: (n, 1) for code, n in one.blockers.items()} for one in kept}
    below = [
        Below(one, found.get(one.code))
        for one in _areas(session, area)
        if one.is_active or one.code in found
    ]
    return _blocked(whole) if whole else {}, below, _all_judged(below)


def _of_district(session: Session, area: Area) -> tuple[Blocked, list[Below], bool]:
    kept = session.scalars(
        select(SubdistrictQuality).where(
            SubdistrictQuality.round_id == quality.current(session),
            SubdistrictQuality.district_code == area.code,
        )
    ).all()
    each = {one.subdistrict_code: _blocked(one) for one in kept}
    areas = _with_villages(session, _areas(session, area))
    below = [Below(one, each.get(one.code)) for one in areas if one.is_active or one.code in each]
    return together(each.values()), below, _all_judged(below)


_READ: dict[str, _Reader] = {
    AreaLevel.VILLAGE: _of_village,
    AreaLevel.SUBDISTRICT: _of_subdistrict,
    AreaLevel.DISTRICT: _of_district,
}


def _blocked(kept: SubdistrictQuality) -> Blocked:
    return {code: (count, villages) for code, (count, villages) in kept.blockers.items()}


def _all_judged(below: Sequence[Below]) -> bool:
    return bool(below) and all(one.blocked is not None for one in below)


def _areas(session: Session, area: Area) -> Sequence[Area]:
    return session.scalars(
        select(Area).where(Area.parent_code == area.code).order_by(Area.code)
    ).all()


def _with_villages(session: Session, areas: Sequence[Area]) -> list[Area]:
    """Those in which there is a village to certify."""
    codes = [one.code for one in areas]
    peopled = set(
        session.scalars(
            select(Area.parent_code)
            .where(Area.parent_code.in_(codes), Area.is_active, Area.level == AreaLevel.VILLAGE)
            .distinct()
        )
    )
    return [one for one in areas if one.code in peopled]


def _names(session: Session, actor: Actor, area: Area) -> list[str]:
    """The volunteers at work in a village, for who reviews."""
    if area.level != AreaLevel.VILLAGE or actor.role not in REVIEWERS:
        return []
    return list(session.scalars(_NAMES, {"within": area.path, "most": MOST_NAMES}))

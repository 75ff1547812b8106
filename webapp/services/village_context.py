"""What the register already knows, for a list of villages to be compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.coordinates import THAILAND, Box
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea, Village
from webapp.services.local_administration_import import PROVINCIAL, TYPES

_ABBREVIATIONS = {full: short for short, full in TYPES.items()}


@dataclass(frozen=True)
class VillageContext:
    """Subdistricts in use, villages and where they are, อปท. and what each covers, boxes."""

    subdistricts: frozenset[str]
    placed: Mapping[str, str]
    covering: Mapping[str, list[int]]
    administrations: Mapping[str, frozenset[int]]
    boxes: Mapping[str, Box]

    @classmethod
    def load(cls, session: Session) -> VillageContext:
        """Everything in five selects; the country's 7,436 subdistricts are little."""
        in_use = select(Area.code).where(Area.level == "subdistrict", Area.is_active)
        placed = session.execute(select(Village.code, Village.subdistrict_code))
        return cls(
            frozenset(session.scalars(in_use)),
            {row.code: row.subdistrict_code for row in placed},
            _covering(session),
            _by_name(session),
            _boxes(session),
        )

    def only_administration(self, subdistrict: str) -> int | None:
        """The อปท. of every village there, where only one covers the subdistrict."""
        found = self.covering.get(subdistrict, [])
        return found[0] if len(found) == 1 else None

    def named_administrations(self, text: str, subdistrict: str) -> list[int]:
        """The อปท. covering the subdistrict that a code, a name or type and name mean."""
        meant = self.administrations.get(_joined(text), frozenset())
        return [one for one in self.covering.get(subdistrict, []) if one in meant]

    def box(self, subdistrict: str) -> Box:
        """Where a point of the subdistrict is believed: its province's box, else its district's."""
        for code in (subdistrict[:2], subdistrict[:4]):
            if code in self.boxes:
                return self.boxes[code]
        return THAILAND


def _covering(session: Session) -> dict[str, list[int]]:
    rows = session.execute(
        select(LocalAdministrationArea.subdistrict_code, LocalAdministration.id)
        .join(LocalAdministration)
        .where(LocalAdministration.type != PROVINCIAL)
        .order_by(LocalAdministration.id)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for subdistrict, one in rows:
        found[subdistrict].append(one)
    return dict(found)


def _by_name(session: Session) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for one in session.scalars(select(LocalAdministration)):
        short = _ABBREVIATIONS.get(one.type, one.type)
        for text in (one.code, one.name_th, one.type + one.name_th, short + one.name_th):
            if text:
                found[_joined(text)].add(one.id)
    return {text: frozenset(ids) for text, ids in found.items()}


def _joined(text: str) -> str:
    return "".join(text.split())


def _boxes(session: Session) -> dict[str, Box]:
    edges = (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)
    titles = {"province": "จังหวัด", "district": "อำเภอ"}
    rows = session.execute(
        select(Area.code, Area.level, Area.name_th, *(edge(Area.boundary) for edge in edges)).where(
            Area.level.in_(titles), Area.boundary.is_not(None)
        )
    )
    return {
        code: Box(west, south, east, north, f"{titles[level]}{name}").grown()
        for code, level, name, west, south, east, north in rows
    }

"""The households chosen on the map, to be looked at one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text
from sqlalchemy.orm import Session

from webapp.models.review import Finding
from webapp.queries.map import Filters

MOST = 300
"""So many at once: more nobody looks at in one go."""

MOST_CORNERS = 400

_CHOSEN = text(
    "select * from jpt_map_chosen(:outline, :village, cast(:ids as uuid[]), :within, :volunteer, "
    ":state, :grade, :found, :room)"
)

Corner = tuple[float, float]


@dataclass(frozen=True)
class Wanted:
    """An outline of corners (longitude, latitude), a village by its code, or households by id."""

    outline: tuple[Corner, ...] = ()
    village: str | None = None
    households: tuple[UUID, ...] = ()
    only_found: bool = False

    @property
    def well_known_text(self) -> str | None:
        """The closed polygon as PostGIS reads it."""
        if not self.outline:
            return None
        closed = (*self.outline, self.outline[0])
        corners = ", ".join(f"{longitude!r} {latitude!r}" for longitude, latitude in closed)
        return f"POLYGON(({corners}))"


def chosen(session: Session, filters: Filters, wanted: Wanted) -> tuple[list[RowMapping], bool]:
    """The interviewed households of the choice inside the asker's areas, and whether more would be.

    Those that need a look most come first.
    """
    asked: dict[str, Any] = {
        "outline": wanted.well_known_text,
        "village": wanted.village,
        "ids": list(wanted.households),
        "found": wanted.only_found,
        "room": MOST + 1,
    }
    rows = session.execute(_CHOSEN, filters.values() | asked).mappings().all()
    return list(rows[:MOST]), len(rows) > MOST


def open_findings(session: Session, households: Sequence[UUID]) -> dict[UUID, int]:
    """How many open findings each of these households has; row-level security is asked."""
    rows = session.execute(
        select(Finding.household_id, func.count())
        .where(Finding.household_id.in_(households), Finding.state == "open")
        .group_by(Finding.household_id)
    )
    return {household: count for household, count in rows if household}

"""What the inspector's map shows: tiles, boundaries, the list beside it, and what can be chosen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area, Village
from webapp.models.household import GRADES, STATES

HOUSEHOLDS_FROM = 14
"""From this zoom on a tile shows households; before it, places with their counts."""
PLACES = {7: "province", 9: "district", HOUSEHOLDS_FROM: "village"}
"""Below each of these zooms, the level whose counts are drawn: the country has 80,000 villages."""
BELOW = {2: "district", 3: "village", 4: "village", 5: "village"}
"""What an area's own parts are, by the length of its path: nobody needs one count of all."""
MOST_VOLUNTEERS = 500
"""More than these nobody finds in a list: a smaller area is to be chosen first."""
PAGE = 50
LEVELS = ("province", "district", "subdistrict")

_HOUSEHOLDS = text("select jpt_map_households(:z, :x, :y, :within, :volunteer, :state, :grade)")
_PLACES = text("select jpt_map_places(:z, :x, :y, :level, :within, :volunteer, :state, :grade)")
_COUNTS = text("select * from jpt_progress(:paths)")
_LIST = text(
    "select * from jpt_map_list(:within, :volunteer, :state, :grade, :village, :number, :id, :page)"
)
_VOLUNTEERS = text("select id, name_th from jpt_map_volunteers(:within)")


@dataclass(frozen=True)
class Filters:
    """What of the scope is wanted: an area by its path, a volunteer, a state, an evidence grade."""

    within: str | None = None
    volunteer: UUID | None = None
    state: str | None = None
    grade: str | None = None

    def values(self) -> dict[str, Any]:
        """The parameters of the map's database functions."""
        return {
            "within": self.within,
            "volunteer": self.volunteer,
            "state": self.state,
            "grade": self.grade,
        }


@dataclass(frozen=True)
class Place:
    """The key of the last line of a page of the list; a village without households has no id."""

    village: str
    number: str
    id: UUID | None


def path_of(session: Session, actor: Actor, code: str) -> str:
    """The path of an area that lies inside the actor's areas.

    Raises:
        Problem: `not-found` where there is no such area, or not in the actor's areas.
    """
    path = session.scalar(select(Area.path).where(Area.code == code))
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    return path


def tile(session: Session, actor: Actor, z: int, x: int, y: int, filters: Filters) -> bytes:
    """One vector tile (EPSG:3857): layer `places` (counts) when far, `households` when near."""
    level = level_at(z, [filters.within] if filters.within else actor.areas)
    asked = {"z": z, "x": x, "y": y, "level": level, **filters.values()}
    return bytes(session.scalar(_PLACES if level else _HOUSEHOLDS, asked) or b"")


def level_at(z: int, paths: Sequence[str]) -> str | None:
    """The level whose counts a tile shows: coarse when far, finer than the areas looked at."""
    by_zoom = next((name for below, name in PLACES.items() if z < below), None)
    by_area = BELOW.get(min((path.count(".") for path in paths), default=1), "province")
    finer = ("province", "district", "village")
    return by_zoom and max(by_zoom, by_area, key=finer.index)


def households(
    session: Session, filters: Filters, after: Place | None = None, page: int = PAGE
) -> tuple[list[RowMapping], bool]:
    """One page of the list, by village, house number and id, and whether more follow.

    A household without a position of its own stands at its village's point, `is_placed` false.
    Without filters a village that has no household yet is a line with no id. Evidence of a
    household that nobody has interviewed is `unseen`.
    """
    key = {
        "village": after.village if after else None,
        "number": after.number if after else None,
        "id": after.id if after else None,
    }
    found = session.execute(_LIST, {**filters.values(), **key, "page": page + 1}).mappings().all()
    return list(found[:page]), len(found) > page


def boundaries(
    session: Session, actor: Actor, level: str, within: str | None = None
) -> dict[str, Any]:
    """The simplified boundaries of a level inside the actor's areas, as GeoJSON (EPSG:4326)."""
    rows = session.execute(
        select(
            Area.code,
            Area.name_th,
            Area.boundary_source,
            func.st_asgeojson(Area.boundary_simple, 5).label("geometry"),
        )
        .where(Area.level == level, Area.level != "village", Area.boundary_simple.is_not(None))
        .where(inside(actor))
        .where(_below_path(within) if within else text("true"))
        .order_by(Area.code)
    )
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": r.code, "name": r.name_th, "source": r.boundary_source},
                "geometry": json.loads(r.geometry),
            }
            for r in rows
        ],
    }


def inside(actor: Actor) -> ColumnElement[bool]:
    """The condition that an area lies inside the actor's areas; none, where there are none."""
    return or_(*map(_below_path, actor.areas), text("false"))


def extent(session: Session, actor: Actor, within: str | None = None) -> list[float] | None:
    """West, south, east, north of the actor's areas, in degrees; None where nothing is placed.

    Their own boundaries say it; where there are none, those right below, or else the villages.
    """
    paths = [within] if within else list(actor.areas)
    codes = [path.strip(".").split(".")[-1] for path in paths]
    return (
        _box(session, Area.boundary_simple, Area.path.in_(paths))
        or _box(session, Area.boundary_simple, Area.parent_code.in_(codes))
        or _box(session, Village.point, or_(*map(_below_path, paths), text("false")))
    )


def _box(session: Session, shape: Any, among: ColumnElement[bool]) -> list[float] | None:
    box = func.st_extent(shape)
    corners = (func.st_xmin(box), func.st_ymin(box), func.st_xmax(box), func.st_ymax(box))
    found = session.execute(
        select(*corners)
        .select_from(Area)
        .outerjoin(Village, Village.code == Area.code)
        .where(among, shape.is_not(None))
    ).one()
    return None if found[0] is None else [float(value) for value in found]


def _below_path(path: str) -> ColumnElement[bool]:
    """Everything below a path, in the order of the paths' own index."""
    return and_(Area.path >= path, Area.path < f"{path[:-1]}/")


def choices(session: Session, actor: Actor, code: str | None) -> dict[str, Any]:
    """What the filters offer: the way to the area, what lies in it, volunteers, counts."""
    within = path_of(session, actor, code) if code else None
    people = session.execute(_VOLUNTEERS, {"within": within}).mappings().all()
    too_many = len(people) > MOST_VOLUNTEERS
    return {
        "trail": _trail(session, actor, within),
        "areas": _below(session, actor, code),
        "volunteers": [
            {"id": str(p["id"]), "name": p["name_th"]} for p in ([] if too_many else people)
        ],
        "too_many_volunteers": too_many,
        "counts": _counts(session, actor, within),
        "extent": extent(session, actor, within),
    }


def _trail(session: Session, actor: Actor, within: str | None) -> list[dict[str, str]]:
    codes = within.strip(".").split(".") if within else []
    rows = session.execute(
        select(Area.code, Area.level, Area.name_th)
        .where(Area.code.in_(codes), inside(actor))
        .order_by(func.length(Area.path))
    )
    return [{"code": r.code, "level": r.level, "name": r.name_th} for r in rows]


def _below(session: Session, actor: Actor, code: str | None) -> list[dict[str, str]]:
    """What lies right below the chosen area; with none chosen, the actor's own areas."""
    of = Area.parent_code == code if code else Area.path.in_(actor.areas)
    rows = session.execute(
        select(Area.code, Area.level, Area.name_th).where(of, Area.is_active).order_by(Area.code)
    )
    return [{"code": r.code, "level": r.level, "name": r.name_th} for r in rows]


def _counts(session: Session, actor: Actor, within: str | None) -> dict[str, int]:
    """Households by state and by evidence grade, from the villages' rollups."""
    names = [*STATES, *(f"evidence_{grade}" for grade in GRADES)]
    paths = [within] if within else list(actor.areas)
    rows = session.execute(_COUNTS, {"paths": paths}).mappings().all()
    return {name: sum(int(row[name]) for row in rows) for name in names}

"""Corrections of a village by an officer: name, number, local administration, point."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from webapp.domain import coordinates
from webapp.domain.actors import Actor
from webapp.domain.coordinates import THAILAND, Box, CoordinateProblem, Point
from webapp.domain.identifiers import to_arabic_digits
from webapp.domain.problems import Problem
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea, Village
from webapp.services import audit
from webapp.services.local_administration_import import PROVINCIAL

LONGEST_NAME = 120
FIELDS = ("name_th", "moo", "local_administration", "latitude", "longitude")


class Refused(Exception):
    """What cannot be saved as it is: the text's key, or a sentence, by the name of the box."""

    def __init__(self, boxes: dict[str, str]) -> None:
        super().__init__(", ".join(boxes))
        self.boxes = boxes


@dataclass(frozen=True)
class Corrected:
    """A village as the officer has it, as typed; coordinates in degrees."""

    revision: int
    name_th: str
    moo: str
    administration: int | None
    latitude: str
    longitude: str


@dataclass(frozen=True)
class Kept:
    """A village as the register has it."""

    path: str
    subdistrict_code: str
    fields: dict[str, object]


def correct(session: Session, actor: Actor, code: str, wanted: Corrected) -> None:
    """The village is as the officer has it, and the log says how it was.

    Raises:
        Problem: `not-found` for a village of somebody else's, `stale` if it was changed since.
        Refused: a name, number, point or local administration that cannot be.
    """
    before = _read(session, actor, code)
    moo, point = _check(session, before, wanted)
    done = session.scalar(
        select(
            func.jpt_correct_village(
                code,
                cast(wanted.revision, BigInteger),
                wanted.name_th.strip(),
                moo,
                cast(wanted.administration, BigInteger),
                f"SRID=4326;POINT({point.longitude!r} {point.latitude!r})" if point else None,
            )
        )
    )
    if not done:
        raise Problem("stale")
    was, now = audit.changes(before.fields, _read(session, actor, code).fields)
    if now:
        audit.note(
            session, "village.corrected", actor.account, before.path, before=was, after=now,
            village=code,
        )  # fmt: skip


def _read(session: Session, actor: Actor, code: str) -> Kept:
    row = session.execute(
        select(
            Area.path,
            Village.subdistrict_code,
            Area.name_th,
            Village.moo,
            LocalAdministration.type + " " + LocalAdministration.name_th,
            func.st_y(Village.point),
            func.st_x(Village.point),
        )
        .join(Area, Area.code == Village.code)
        .outerjoin(LocalAdministration, LocalAdministration.id == Village.local_administration_id)
        .where(Village.code == code)
    ).one_or_none()
    if row is None or not actor.works_in(row.path):
        raise Problem("not-found")
    path, subdistrict, *values = row
    return Kept(path, subdistrict, dict(zip(FIELDS, values, strict=True)))


def _check(session: Session, before: Kept, wanted: Corrected) -> tuple[int, Point | None]:
    wrong: dict[str, str] = {}
    if not 0 < len(wanted.name_th.strip()) <= LONGEST_NAME:
        wrong["name_th"] = "areas.name_missing"
    moo = to_arabic_digits(wanted.moo.strip())
    if not (moo.isdecimal() and len(moo) < 10 and int(moo) < 1000):
        wrong["moo"] = "areas.moo_wrong"
    chosen = wanted.administration
    if chosen is not None and not _covers(session, chosen, before.subdistrict_code):
        wrong["administration"] = "areas.administration_wrong"
    found = coordinates.read(wanted.latitude, wanted.longitude)
    if isinstance(found, Point):
        box = _box(session, before.subdistrict_code)
        found = coordinates.problem_of(found, box) or found
    if isinstance(found, CoordinateProblem):
        wrong["latitude"] = found.message_th
    if wrong:
        raise Refused(wrong)
    return int(moo), found if isinstance(found, Point) else None


def _box(session: Session, subdistrict: str) -> Box:
    """Where a point of the subdistrict is believed: its district's box, else its province's."""
    edges = (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)
    row = session.execute(
        select(Area.name_th, *(edge(Area.boundary) for edge in edges))
        .where(Area.code.in_([subdistrict[:4], subdistrict[:2]]), Area.boundary.is_not(None))
        .order_by(func.length(Area.code).desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return THAILAND
    name, west, south, east, north = row
    return Box(west, south, east, north, name).grown()


def _covers(session: Session, administration: int, subdistrict: str) -> bool:
    """A village belongs to one that covers its subdistrict; the provincial one has no villages."""
    found = session.scalar(
        select(LocalAdministration.id)
        .join(LocalAdministrationArea)
        .where(
            LocalAdministration.id == administration,
            LocalAdministration.type != PROVINCIAL,
            LocalAdministrationArea.subdistrict_code == subdistrict,
        )
    )
    return found is not None

"""Areas as an officer keeps them: what lies below, its villages, its local administrations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea, Village

PAGE = 100
LACKING = ("administration", "point")


@dataclass(frozen=True)
class Place:
    """An area and those around it, from the top down."""

    code: str
    level: str
    name_th: str
    path: str
    around: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Below:
    """An area right below another, and how many villages of it lack something."""

    code: str
    level: str
    name_th: str
    villages: int
    without_administration: int
    without_point: int


@dataclass(frozen=True)
class VillageRow:
    """A village as a list shows it."""

    code: str
    name_th: str
    moo: int
    kind: str
    administration: str | None
    has_point: bool
    point_problem: str | None
    subdistrict_th: str


@dataclass(frozen=True)
class VillageShown(VillageRow):
    """A village as its form shows it; degrees (EPSG:4326)."""

    revision: int
    path: str
    subdistrict_code: str
    administration_id: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Administration:
    """An อปท. with the subdistricts it covers, `full` or `partial`, and its number of villages."""

    id: int
    revision: int
    code: str | None
    type: str
    name_th: str
    district_code: str
    district_th: str
    coverage: dict[str, str]
    villages: int


def place(session: Session, actor: Actor, code: str) -> Place:
    """An area of the officer's. Raises Problem `not-found` for any other."""
    found = session.scalars(select(Area).where(Area.code == code)).one_or_none()
    if found is None or not actor.works_in(found.path):
        raise Problem("not-found")
    codes = found.path.rstrip(".").split(".")
    names = dict(_pairs(session, select(Area.code, Area.name_th).where(Area.code.in_(codes))))
    around = tuple((one, names[one]) for one in codes[:-1] if one in names)
    return Place(found.code, found.level, found.name_th, found.path, around)


def below(session: Session, parent: str) -> list[Below]:
    """The areas right below one, with what their villages lack.

    By way of the subdistricts inside each, which are few and found by their paths.
    """
    lower, subdistrict, village = aliased(Area), aliased(Area), aliased(Area)
    counts = (
        func.count(village.code),
        func.count(village.code).filter(Village.local_administration_id.is_(None)),
        func.count(village.code).filter(Village.point.is_(None)),
    )
    inside = and_(
        subdistrict.level == "subdistrict",
        subdistrict.path >= lower.path,
        subdistrict.path < func.rtrim(lower.path, ".") + "/",
    )
    rows = session.execute(
        select(lower.code, lower.level, lower.name_th, *counts)
        .outerjoin(subdistrict, inside)
        .outerjoin(Village, Village.subdistrict_code == subdistrict.code)
        .outerjoin(village, and_(village.code == Village.code, village.is_active))
        .where(lower.parent_code == parent, lower.is_active, lower.level != "village")
        .group_by(lower.code)
        .order_by(lower.code)
    )
    return [Below(*row) for row in rows]


def villages(session: Session, subdistrict: str) -> list[VillageRow]:
    """The villages of a subdistrict by number."""
    query = _villages().where(Village.subdistrict_code == subdistrict)
    return [VillageRow(*row) for row in session.execute(query.order_by(Village.moo, Village.code))]


def lacking(
    session: Session, path: str, what: str, after: str = ""
) -> tuple[list[VillageRow], str | None]:
    """Villages below a path without local administration or point, by code, and the cursor on."""
    missing = {
        "administration": Village.local_administration_id.is_(None),
        "point": or_(Village.point.is_(None), Village.point_problem.is_not(None)),
    }[what]
    query = _villages().where(missing, Area.path.startswith(path), Village.code > after)
    rows = session.execute(query.order_by(Village.code).limit(PAGE + 1)).all()
    return [VillageRow(*row) for row in rows[:PAGE]], rows[PAGE - 1].code if len(
        rows
    ) > PAGE else None


def village(session: Session, actor: Actor, code: str) -> VillageShown:
    """A village of the officer's area, for its form. Raises Problem `not-found`."""
    row = session.execute(
        _villages()
        .add_columns(
            Village.revision,
            Area.path,
            Village.subdistrict_code,
            Village.local_administration_id,
            func.st_y(Village.point),
            func.st_x(Village.point),
        )
        .where(Village.code == code)
    ).one_or_none()
    if row is None or not actor.works_in(row.path):
        raise Problem("not-found")
    return VillageShown(*row)


def choices(session: Session, subdistrict: str) -> list[tuple[int, str]]:
    """The local administrations that cover a subdistrict: a village there belongs to one."""
    rows = session.execute(
        select(LocalAdministration.id, LocalAdministration.type + " " + LocalAdministration.name_th)
        .join(LocalAdministrationArea)
        .where(LocalAdministrationArea.subdistrict_code == subdistrict)
        .where(LocalAdministration.type != "องค์การบริหารส่วนจังหวัด")
        .order_by(LocalAdministration.type, LocalAdministration.name_th)
    )
    return [(id, name) for id, name in rows]


def administrations(session: Session, path: str) -> list[Administration]:
    """The local administrations of the districts below a path, with what they cover."""
    count = (
        select(func.count())
        .where(Village.local_administration_id == LocalAdministration.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(LocalAdministration, Area.name_th, count)
        .join(Area, Area.code == LocalAdministration.district_code)
        .where(Area.path.startswith(path))
        .order_by(Area.code, LocalAdministration.type, LocalAdministration.name_th)
    ).all()
    covered: dict[int, dict[str, str]] = {row[0].id: {} for row in rows}
    for one in session.scalars(
        select(LocalAdministrationArea).where(
            LocalAdministrationArea.local_administration_id.in_(covered)
        )
    ):
        covered[one.local_administration_id][one.subdistrict_code] = one.coverage
    return [
        Administration(
            one.id, one.revision, one.code, one.type, one.name_th, one.district_code,
            district_th, covered[one.id], villages,
        )
        for one, district_th, villages in rows
    ]  # fmt: skip


def names(session: Session, codes: set[str]) -> dict[str, str]:
    """Thai names by area code."""
    return dict(_pairs(session, select(Area.code, Area.name_th).where(Area.code.in_(codes))))


def _villages() -> Select[str, str, int, str, str | None, bool, str | None, str]:
    subdistrict = aliased(Area)
    return (
        select(
            Village.code,
            Area.name_th,
            Village.moo,
            Village.kind,
            LocalAdministration.type + " " + LocalAdministration.name_th,
            Village.point.is_not(None),
            Village.point_problem,
            subdistrict.name_th,
        )
        .join(Area, Area.code == Village.code)
        .join(subdistrict, subdistrict.code == Village.subdistrict_code)
        .outerjoin(LocalAdministration, LocalAdministration.id == Village.local_administration_id)
        .where(Area.is_active)
    )


def _pairs(session: Session, query: Select[str, str]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in session.execute(query)]

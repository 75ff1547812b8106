"""One household as its panel says it: where it lies, who has to do with it, what waits of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from webapp.domain.problems import Problem
from webapp.models.area import Area, Village
from webapp.models.household import Household
from webapp.models.interview import Custody

_PEOPLE = text("select id, name_th, is_assigned from jpt_household_people(:household)")


@dataclass(frozen=True)
class House:
    """A household, the names of who interviewed, carried or is assigned it, and its custody."""

    place: Row[Any]
    people: dict[UUID, str]
    assigned: list[str]
    custody: Sequence[Row[Any]]


def read(session: Session, household_id: UUID) -> House:
    """The household inside the asker's areas.

    Raises:
        Problem: `not-found` where there is none in the asker's areas.
    """
    place = _place(session, household_id)
    if place is None:
        raise Problem("not-found")
    people = session.execute(_PEOPLE, {"household": household_id}).all()
    return House(
        place=place,
        people={row.id: row.name_th for row in people},
        assigned=sorted(row.name_th for row in people if row.is_assigned),
        custody=_custody(session, household_id, place.interview_id),
    )


def _place(session: Session, household_id: UUID) -> Row[Any] | None:
    """The household and the areas it lies in; points as degrees (EPSG:4326)."""
    village, subdistrict, district = aliased(Area), aliased(Area), aliased(Area)
    columns: list[Any] = [
        Household.id,
        Household.interview_id,
        Household.house_number,
        Household.house_code,
        Household.head_name,
        Household.people_registered,
        Household.origin,
        Household.state,
        village.name_th.label("village"),
        Village.moo,
        subdistrict.name_th.label("subdistrict"),
        district.name_th.label("district"),
        func.st_x(Village.point).label("village_longitude"),
        func.st_y(Village.point).label("village_latitude"),
        func.st_x(Household.point).label("longitude"),
        func.st_y(Household.point).label("latitude"),
        Household.accuracy,
    ]
    asked = (
        select(*columns)
        .join(Village, Village.code == Household.village_code)
        .join(village, village.code == Village.code)
        .join(subdistrict, subdistrict.code == Village.subdistrict_code)
        .join(district, district.code == subdistrict.parent_code)
        .where(Household.id == household_id)
    )
    return session.execute(asked).one_or_none()


def _custody(session: Session, household_id: UUID, interview: UUID | None) -> Sequence[Row[Any]]:
    """What the register holds of this household without having placed it, oldest first."""
    about = [Custody.household_id == household_id]
    if interview:
        about.append(Custody.interview_id == interview)
    return session.execute(
        select(
            Custody.id,
            Custody.reason,
            Custody.received_at,
            Custody.carried_by,
            func.octet_length(Custody.envelope).label("size"),
        )
        .where(or_(*about), Custody.resolved_at.is_(None))
        .order_by(Custody.received_at, Custody.id)
    ).all()

"""The questions of the eight checks, of readiness and of reconciling; as `asked`.

The country's sheet reads the rows of all 7,255 subdistricts, and so is no question of this list.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from tests.house.asked import A_PAGE, INSPECTOR, OFFICER, PROVINCE, Asked, Known
from webapp.domain.actors import Actor, Level, Role
from webapp.queries import (
    places,
    quality,
    quality_exceptions,
    readiness,
    reconciliation,
    working_group,
)

WIDE = Actor(
    UUID(int=5), Role.OFFICER, "จังหวัด", "province", level=Level.PROVINCE, areas=(PROVINCE,)
)
NOBODYS = UUID(int=9)


def _sheet(code: str | None, who: Actor) -> Asked:
    return Asked(
        quality.sheet,
        lambda s, _: quality.sheet(s, who, code),
        who=who,
        uses=frozenset({"ix_areas_parent_code"}),
        most=A_PAGE,
        about=f"of {code}",
    )


def _village(session: Session, known: Known) -> object:
    return quality.sheet(session, INSPECTOR, known.village)


def _of(function: object, question: object, uses: str = "", **more: object) -> Asked:
    return Asked(function, question, uses=frozenset(uses.split()), **more)  # type: ignore[arg-type]


QUALITY = [
    _sheet("43", WIDE),
    _sheet("4301", INSPECTOR),
    _of(quality.sheet, lambda s, k: quality.sheet(s, INSPECTOR, k.subdistrict),
        "ix_village_quality_subdistrict_code", most=A_PAGE, about="of a subdistrict"),
    _of(quality.sheet, _village, "ix_village_quality_village_code", about="of a village"),
    _of(places.asked, lambda s, k: places.asked(s, INSPECTOR, k.village), "pk_areas"),
    _of(places.trail, lambda s, k: places.trail(s, INSPECTOR,
                                                places.asked(s, INSPECTOR, k.village)), "pk_areas"),
    _of(quality.village, lambda s, k: quality.village(s, k.village),
        "ix_village_quality_village_code"),
    _of(quality.current, lambda s, _: quality.current(s)),
    _of(quality_exceptions.listed, lambda s, k: quality_exceptions.listed(s, k.village, 8),
        "pk_quality_exceptions", about="of a village"),
    _of(quality_exceptions.listed, lambda s, k: quality_exceptions.listed(s, k.subdistrict, 8),
        most=A_PAGE, about="of a subdistrict"),
    _of(quality_exceptions.explanations,
        lambda s, k: quality_exceptions.explanations(s, k.village)),
    _of(readiness.read, lambda s, k: readiness.read(s, INSPECTOR, k.village),
        "ix_village_quality_village_code", most=A_PAGE, about="of a village"),
    _of(readiness.read, lambda s, k: readiness.read(s, INSPECTOR, k.subdistrict),
        "ix_village_quality_subdistrict_code", most=A_PAGE, about="of a subdistrict"),
    _of(readiness.read, lambda s, _: readiness.read(s, INSPECTOR, "4301"),
        "ix_areas_parent_code", most=2_200, about="of a district"),
    _of(reconciliation.houses, lambda s, k: reconciliation.houses(s, k.village),
        "ix_households_round_id_village_code"),
    _of(working_group.read, lambda s, k: working_group.read(s, k.subdistrict), who=OFFICER),
    _of(working_group.member, lambda s, _: s.get(working_group.WorkingGroupMember, NOBODYS)),
    _of(working_group.minutes, lambda s, _: s.get(working_group.WorkingGroupMinutes, NOBODYS)),
]  # fmt: skip

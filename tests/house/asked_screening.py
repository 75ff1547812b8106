"""The questions of screening's pages; as `asked`.

A list reads the volunteers of its district (of a province or more, in the order of the list).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.house.asked import A_PAGE, PROVINCE, Asked, Known
from webapp.domain.actors import Actor, Level, Role
from webapp.queries import rounds, screening

WIDE = Actor(UUID(int=5), Role.OFFICER, "จังหวัด", "wide", level=Level.PROVINCE, areas=(PROVINCE,))


def _listed(area: str) -> Any:
    return lambda s, _: screening.listed(s, rounds.current(s).id, area, None)


def _beside(session: Session, known: Known) -> object:
    current = rounds.current(session).id
    line = screening.listed(session, current, known.village, None)[0]
    return screening.beside(session, current, known.village, line.account_id)


SCREENING = [
    Asked(
        screening.listed,
        _listed("4301"),
        uses=frozenset({"ix_volunteer_screenings_district"}),
        most=1_500,
        about="of a district",
    ),
    Asked(
        screening.listed,
        _listed("43"),
        who=WIDE,
        uses=frozenset({"ix_volunteer_screenings_rank"}),
        most=25_000,
        about="of a province",
    ),
    Asked(
        screening.beside,
        _beside,
        uses=frozenset({"ix_screenings_account_id"}),
        most=A_PAGE,
    ),
]

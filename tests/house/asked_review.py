"""Every question of review, as `asked` asks them of a large register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.house.asked import A_DISTRICT, A_PAGE, DISTRICT, FEW, Asked, Known, _asked
from webapp.domain.actors import Actor, Level, Role
from webapp.queries import interviews, review, worklist
from webapp.queries.worklist import Wanted

A_VILLAGE = 20
LISTED = A_PAGE
COUNTED = 3 * worklist.MOST_COUNTED
"""What waits, what has nothing to look at, what came back: each no further than it is told."""


def _wanted(**said: Any) -> Any:
    return lambda session, known: worklist.listed(session, Wanted(**said))


def _of_subdistrict(known: Known) -> Actor:
    area = f"{DISTRICT}{known.subdistrict}."
    return Actor(UUID(int=6), Role.INSPECTOR, "ตำบล", "subdistrict", areas=(area,))


def _of_country(known: Known) -> Actor:
    return Actor(UUID(int=7), Role.OFFICER, "กรม", "department", Level.DEPARTMENT, ("TH.",))


def _one(function: Any) -> Any:
    def ask(session: Session, known: Known) -> Any:
        return function(session, interviews.read(session, known.interview))

    return ask


REVIEW: list[Asked] = [
    _asked(worklist.listed, _wanted(), "ix_interviews_district", most=LISTED, about="all"),
    _asked(worklist.listed, _wanted(kind="nothing"), "ix_interviews_district", most=LISTED,
           about="with nothing to look at"),
    _asked(worklist.listed, _wanted(kind="finding"), "ix_interviews_district_finding",
           most=LISTED, about="with findings"),
    _asked(worklist.listed,
           lambda s, k: worklist.listed(s, Wanted(author=k.volunteer.account)),
           "ix_interviews_author_id", most=A_PAGE, about="of a volunteer"),
    _asked(worklist.next_after, lambda s, k: worklist.next_after(s, Wanted(), k.interview),
           "ix_interviews_district pk_interviews", most=A_PAGE),
    _asked(worklist.counts, lambda s, _: worklist.counts(s, None), "ix_interviews_district",
           most=COUNTED),
    _asked(worklist.clean, lambda s, _: worklist.clean(s, None, None), "ix_interviews_district",
           most=A_DISTRICT),
    _asked(worklist.listed, _wanted(kind="hard"), "ix_interviews_district_hard", about="that fail"),
    _asked(worklist.listed, _wanted(), "ix_areas_parent_code ix_interviews_village_code",
           who=_of_subdistrict, most=A_PAGE, about="of a subdistrict"),
    _asked(worklist.counts, lambda s, _: worklist.counts(s, None),
           "ix_areas_parent_code ix_interviews_village_code", who=_of_subdistrict, most=A_PAGE,
           about="of a subdistrict"),
    _asked(worklist.clean, lambda s, _: worklist.clean(s, None, None),
           "ix_areas_parent_code ix_interviews_village_code", who=_of_subdistrict, most=A_PAGE,
           about="of a subdistrict"),
    _asked(worklist.counts, lambda s, _: worklist.counts(s, None), "ix_interviews_round_id",
           who=_of_country, most=COUNTED, about="of the country"),
    _asked(worklist.waiting, lambda s, _: worklist.waiting(s, [DISTRICT]),
           "ix_village_progress_path", most=A_DISTRICT),
    _asked(worklist.volunteers, lambda s, k: worklist.volunteers(s, k.volunteer.areas[0]),
           "ix_assignments_path", most=A_PAGE),
    _asked(worklist.assigned, lambda s, k: worklist.assigned(s, k.household),
           "ix_assignments_village_code"),
    _asked(worklist.path_of, lambda s, k: worklist.path_of(s, k.village), "pk_areas"),
    _asked(review.decided, lambda s, k: review.decided(s, k.interview)),
    _asked(review.last_year, _one(review.last_year), "pk_households", most=FEW),
    _asked(review.neighbours, _one(review.neighbours), "ix_households_round_id_village_code",
           most=A_VILLAGE + FEW),
]  # fmt: skip

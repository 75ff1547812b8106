"""Every question that webapp/queries asks, as the test of plans asks it of a large register.

`uses` are indexes that must serve it; `most` is how many rows of one large table it may read. The
district asked about has about 1,000 of 4,000 villages and 4,000 of 16,000 households.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.fixtures.large import LargeRegister
from webapp.domain.actors import Actor, Level, Role, Scope, intake
from webapp.queries import (
    answered,
    area_choices,
    areas,
    assignments,
    audit,
    changes,
    held,
    households,
    interviews,
    own_card,
    people,
    plan,
    progress,
    returns,
    rounds,
)
from webapp.queries import map as maps

DISTRICT, PROVINCE = "TH.43.4301.", "TH.43."
INSPECTOR = Actor(UUID(int=1), Role.INSPECTOR, "ผู้ตรวจ", "inspector", areas=(DISTRICT,))
VIEWER = Actor(UUID(int=2), Role.VIEWER, "ผู้ดู", "viewer", areas=(PROVINCE,))
OFFICER = Actor(
    UUID(int=3), Role.OFFICER, "เจ้าหน้าที่", "officer", level=Level.DISTRICT, areas=(DISTRICT,)
)
A_VILLAGES_VOLUNTEER = """
    select s.account_id from assignments s where s.path ^@ 'TH.43.4301.' order by s.id limit 1
"""
FEW, A_PAGE, A_DISTRICT = 60, 700, 2_200


@dataclass(frozen=True)
class Known:
    """Somebody and something of the large register to ask about."""

    volunteer: Actor
    subdistrict: str
    village: str
    household: UUID
    interview: UUID
    evidence: bytes

    @classmethod
    def of(cls, register: LargeRegister) -> Known:
        """The first volunteer of the district, and the first interview in their village."""
        account = register.one(A_VILLAGES_VOLUNTEER)
        village, path = (
            register.one(f"select {name} from assignments where account_id = :id", id=account)
            for name in ("village_code", "path")
        )
        found = {
            name: register.one(
                f"select {column} from interviews i join evidence e on e.interview_id = i.id "
                "where village_code = :v and e.listed_in is not null "
                "order by i.point is null, e.kind <> 'photo', i.id limit 1",
                v=village,
            )
            for name, column in (
                ("household", "household_id"),
                ("interview", "i.id"),
                ("evidence", "e.sealed_sha256"),
            )
        }
        volunteer = Actor(account, Role.VOLUNTEER, "อาสา", "volunteer", areas=(path,))
        return cls(volunteer, village[:6], village, **found)


Question = Callable[[Session, Known], Any]


@dataclass(frozen=True)
class Asked:
    """One question: which function, by whom, what must serve it, and how much it may read."""

    function: Callable[..., Any]
    question: Question
    who: Actor | Scope | Callable[[Known], Actor | Scope] = INSPECTOR
    uses: frozenset[str] = frozenset()
    most: int = FEW
    about: str = ""

    @property
    def name(self) -> str:
        """The function and what is asked of it."""
        module = self.function.__module__.split(".")[-1]
        return f"{module}.{self.function.__name__} {self.about}".strip()


def _asked(function: Any, question: Question, uses: str = "", **more: Any) -> Asked:
    return Asked(function, question, uses=frozenset(uses.split()), **more)


def _tile(z: int, x: int, y: int, **filters: Any) -> Question:
    return lambda s, _: maps.tile(s, INSPECTOR, z, x, y, maps.Filters(**filters))


def _as_volunteer(known: Known) -> Actor:
    return known.volunteer


MAP = [
    _asked(maps.tile, _tile(8, 201, 115), "uq_areas_path pk_villages ix_village_progress_path",
           most=A_DISTRICT, about="of a district's villages"),
    _asked(maps.tile, _tile(14, 12868, 7378), "ix_households_point", most=400,
           about="of households"),
    _asked(maps.tile, lambda s, _: maps.tile(s, VIEWER, 5, 25, 14, maps.Filters()),
           who=VIEWER, about="for nobody who reviews"),
    _asked(maps.households, lambda s, _: maps.households(s, maps.Filters()),
           "uq_areas_path ix_households_round_id_village_code", about="all"),
    _asked(maps.households, lambda s, _: maps.households(s, maps.Filters(state="todo")),
           "ix_village_progress_path ix_households_round_id_village_code", most=200,
           about="of one state"),
    _asked(maps.households,
           lambda s, k: maps.households(s, maps.Filters(volunteer=k.volunteer.account)),
           "ix_assignments_account_id_all ix_interviews_author_id", most=A_DISTRICT,
           about="of a volunteer"),
    _asked(maps.choices, lambda s, k: maps.choices(s, INSPECTOR, k.subdistrict),
           "ix_assignments_path ix_village_progress_path ix_areas_parent_code", most=A_PAGE),
    _asked(maps.boundaries, lambda s, _: maps.boundaries(s, INSPECTOR, "subdistrict"),
           "ix_areas_level_path", most=100),
    _asked(maps.extent, lambda s, _: maps.extent(s, INSPECTOR), "uq_areas_path"),
    _asked(maps.path_of, lambda s, k: maps.path_of(s, INSPECTOR, k.village), "pk_areas"),
]  # fmt: skip
ONE_HOUSEHOLD = [
    _asked(households.read, lambda s, k: households.read(s, k.household),
           "pk_households"),
    _asked(interviews.read, lambda s, k: interviews.read(s, k.interview),
           "pk_interviews pk_revisions"),
    _asked(interviews.shows_evidence,
           lambda s, k: interviews.shows_evidence(s, k.interview, k.evidence), ""),  # either key
]  # fmt: skip
PROGRESS = [
    _asked(progress.sheet, lambda s, _: progress.sheet(s, INSPECTOR, None),
           "ix_village_progress_path ix_assignments_path", most=A_DISTRICT * 2,
           about="of a district"),
    _asked(progress.sheet, lambda s, k: progress.sheet(s, INSPECTOR, k.village),
           "ix_village_progress_path", about="of a village"),
    _asked(progress.sheet, lambda s, k: progress.sheet(s, k.volunteer, None), who=_as_volunteer,
           uses="ix_village_progress_path", about="of a volunteer"),
    _asked(progress.pace, lambda s, _: progress.pace(
        s, progress.Line("", "", "", progress.Figures(), 0), date.today())),
]  # fmt: skip
PHONE = [
    _asked(changes.households, lambda s, k: changes.households(s, changes.Cursor(), [k.village]),
           who=_as_volunteer, most=A_PAGE),
    _asked(returns.given_back, lambda s, _: returns.given_back(s, returns.Since(), 2**62),
           who=_as_volunteer),
    _asked(own_card.read, lambda s, k: own_card.read(s, k.volunteer, date.today()),
           "ix_interviews_author_id", who=_as_volunteer, most=A_PAGE),
    _asked(answered.replies, lambda s, _: answered.replies(s, [1, 2])),
    _asked(changes.boundary, lambda s, k: changes.boundary(s, k.subdistrict), "pk_areas",
           who=_as_volunteer),
    _asked(held.files, lambda s, k: held.files(s, [k.interview]), "pk_evidence",
           who=lambda k: intake(k.interview)),
    _asked(rounds.current, lambda s, _: rounds.current(s), who=_as_volunteer),
    _asked(rounds.window, lambda s, _: rounds.window(s, "recording")),
    _asked(rounds.windows, lambda s, _: rounds.windows(s)),
    _asked(rounds.service_open, lambda s, _: rounds.service_open(s, "recording", date.today())),
]  # fmt: skip
OFFICE = [
    _asked(area_choices.below, lambda s, _: area_choices.below(s, "4301"), "ix_areas_parent_code"),
    _asked(areas.below, lambda s, _: areas.below(s, "4301"), who=OFFICER, most=A_DISTRICT,
           uses="ix_areas_level_path ix_areas_parent_code"),
    _asked(area_choices.named, lambda s, k: area_choices.named(s, [k.village]), "pk_areas"),
    _asked(area_choices.places, lambda s, k: area_choices.places(s, [k.village]), "pk_areas"),
    _asked(area_choices.levels_of, lambda s, k: area_choices.levels_of(s, k.village), "pk_areas"),
    _asked(assignments.villages, lambda s, _: assignments.villages(s, DISTRICT), who=OFFICER,
           most=A_PAGE),
    _asked(assignments.hands, lambda s, k: assignments.hands(s, k.village), who=OFFICER),
    _asked(assignments.houses, lambda s, k: assignments.houses(s, k.village), who=OFFICER),
    _asked(audit.areas_at, lambda s, _: audit.areas_at(s, (DISTRICT,)), "uq_areas_path",
           who=OFFICER),
    _asked(audit.areas_below, lambda s, _: audit.areas_below(s, (DISTRICT,)), who=OFFICER),
    _asked(people.path_of, lambda s, k: people.path_of(s, k.village), "pk_areas", who=OFFICER),
    _asked(plan.read, lambda s, _: plan.read(s), who=OFFICER),
    _asked(plan.listed, lambda s, _: plan.listed(s), who=OFFICER),
]  # fmt: skip
ALL = [*MAP, *ONE_HOUSEHOLD, *PROGRESS, *PHONE, *OFFICE]

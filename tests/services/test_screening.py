"""Screening in the register: what stands out is told, taken back, and never told of twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import database as databases
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import sightings, world
from tests.screened import MADE_UP, ODD, SIZE, document, screened, village
from tests.sightings import Sighting
from webapp import db
from webapp.domain.actors import Scope
from webapp.domain.screening.judging import VERSION
from webapp.services import screening
from webapp.services.screening import Place

HERE = Place(world.ROUND, world.NAM_SAI)
FOUND = text(
    "select code, state, closing_reason, account_id, weight, detail, id from findings "
    "where source = 'screening' and interview_id = :id order by code"
)


def head(session: Session, one: Sighting, digest: int, changed: dict[str, Any]) -> None:
    """A later revision of the interview is its head."""
    values = replace(one, document=one.document | changed).values()
    values |= {"digest": digest.to_bytes(32, "big")}
    session.execute(sightings._REVISION, values)
    moved = "update {} set {} where id = :{}"
    session.execute(text(moved.format("interviews", "head_digest = :digest", "id")), values)
    session.execute(text(moved.format("households", "state = state", "household")), values)
    session.commit()


@pytest.fixture
def finder(register: Session, database: databases.Addresses) -> Iterator[Session]:
    """The world, and the process that compares what is in it."""
    world.build(register, b"pepper")
    engine: Engine = create_engine(database.app, poolclass=NullPool)
    with Session(engine) as session:
        yield session
    engine.dispose()


def told(register: Session, number: int = ODD) -> dict[str, Any]:
    register.rollback()
    rows = register.execute(FOUND, {"id": UUID(int=0x1000 + number)}).all()
    return {row.code: row for row in rows if row.state == "open"}


class TestAnInterviewUnlikeItsVillage:
    def test_is_told_as_findings_with_its_figures_and_no_answers(
        self, register: Session, finder: Session
    ) -> None:
        sightings.put(register, *village(**MADE_UP))
        assert screened(finder) == [HERE]
        found = told(register)["times_short"]
        assert found.account_id == world.MALI
        assert set(found.detail["pace"]) == {"value", "low", "usual", "high"}
        weight = "select findings_weight from interviews where id = :id"
        assert register.scalar(text(weight), {"id": UUID(int=0x1000 + ODD)}) >= found.weight

    def test_leaves_the_others_alone(self, register: Session, finder: Session) -> None:
        sightings.put(register, *village(**MADE_UP))
        screened(finder)
        others = [number for number in range(1, SIZE + 1) if number != ODD]
        assert sum(bool(told(register, number)) for number in others) <= 2

    def test_is_told_of_once_however_often_it_is_compared(
        self, register: Session, finder: Session
    ) -> None:
        sightings.put(register, *village(**MADE_UP))
        screened(finder)
        before = told(register)
        db.enter(finder, Scope("finder"))
        screening.screen(finder, HERE)
        finder.commit()
        assert told(register) == before

    def test_is_told_with_the_household_it_repeats(
        self, register: Session, finder: Session
    ) -> None:
        copied = document(12) | {"paradata": document(ODD)["paradata"]}
        sightings.put(register, *village(**copied))
        screened(finder)
        asked = "select other_interview_id from findings where code = 'households_alike'"
        assert register.scalar(text(asked)) == UUID(int=0x1000 + 12)


class TestACorrection:
    def test_that_makes_it_like_the_others_takes_the_finding_back(
        self, register: Session, finder: Session
    ) -> None:
        made = village()
        copied = document(12)["answers"]
        made[ODD - 1] = replace(made[ODD - 1], document=document(ODD) | {"answers": copied})
        sightings.put(register, *made)
        screened(finder)
        assert "households_alike" in told(register)
        head(register, made[ODD - 1], 7000, {"answers": document(ODD)["answers"]})
        assert screened(finder) == [HERE]
        assert "households_alike" not in told(register)

    def test_is_quick_by_nature_and_says_nothing_of_the_visit(
        self, register: Session, finder: Session
    ) -> None:
        made = village()
        sightings.put(register, *made)
        screened(finder)
        head(register, made[ODD - 1], 7000, {"paradata": MADE_UP["paradata"]})
        screened(finder)
        assert "times_short" not in told(register)


class TestWhatAPersonClosed:
    def test_stays_closed(self, register: Session, finder: Session) -> None:
        sightings.put(register, *village(**MADE_UP))
        screened(finder)
        close = text(
            "update findings set state = 'explained', closed_at = now(), closed_by = :who, "
            "closing_reason = 'seen' where id = :id"
        )
        seen = told(register)["times_short"]
        register.execute(close, {"who": world.ANAN, "id": seen.id})
        register.commit()
        db.enter(finder, Scope("finder"))
        screening.screen(finder, HERE)
        finder.commit()
        assert "times_short" not in told(register)


class TestAVillage:
    def test_with_few_interviews_is_held_beside_its_subdistrict_or_nothing_is_said(
        self, register: Session, finder: Session
    ) -> None:
        few = [*village(12), Sighting(ODD, document=document(ODD) | MADE_UP)]
        sightings.put(register, *few)
        screened(finder)
        register.rollback()
        scores = "select count(*) filter (where score is null), count(*) from screenings"
        assert register.execute(text(scores)).one() == (13, 13)
        asked = "select judged, interviews, rank < -999 as last from volunteer_screenings"
        assert register.execute(text(asked)).one() == (0, 13, True)

    def test_without_anything_new_is_not_read_again(
        self, register: Session, finder: Session
    ) -> None:
        made = village()
        sightings.put(register, *made)
        screened(finder)
        assert screened(finder) == []
        accepted = "update interviews set state = 'accepted' where id = :id"
        register.execute(text(accepted), made[0].values())
        register.commit()
        assert screened(finder) == []

    def test_is_forgotten_where_an_interview_no_longer_counts(
        self, register: Session, finder: Session
    ) -> None:
        sightings.put(register, *village(**MADE_UP))
        screened(finder)
        replaced = "update interviews set state = 'replaced' where id = :id"
        register.execute(text(replaced), {"id": UUID(int=0x1000 + ODD)})
        register.commit()
        db.enter(finder, Scope("finder"))
        screening.screen(finder, HERE)
        finder.commit()
        assert told(register) == {}
        kept = "select count(*), min(version) from screenings"
        assert register.execute(text(kept)).one() == (SIZE - 1, VERSION)

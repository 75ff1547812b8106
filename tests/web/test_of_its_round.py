"""What a phone sends is placed in the round of its household's list, and waits for nobody."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import world
from tests.desk import NIDA, Desk, open_matters
from tests.handset import Handset, Sealed
from webapp.domain.desk import Situation
from webapp.models.household import Household
from webapp.models.interview import Custody
from webapp.models.survey_round import Round, ServiceWindow

NEW = "2570"
WAITS = text("""
    select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()
""")


@pytest.fixture
def odd(mali: Handset, the_world: Session) -> Sealed:
    """Said to be of the new round by a phone that still has the old round's list."""
    the_world.add(Round(id=NEW, name_th="รอบใหม่", questionnaire_id="bmn-31", is_current=False))
    the_world.flush()
    the_world.add(ServiceWindow(round_id=NEW, service="recording", opens_on=date.today()))
    the_world.commit()
    return mali.interview(round=NEW)


class TestAHouseholdOfAnotherRound:
    def test_is_left_as_it_is_and_its_interview_is_kept(
        self, odd: Sealed, mali: Handset, the_world: Session
    ) -> None:
        answer = mali.put(odd)
        assert (answer.status_code, answer.get_json()["level"]) == (202, "custody")
        the_world.rollback()
        assert the_world.scalars(select(Custody.reason)).one() == "not_assigned"
        assert the_world.get_one(Household, world.HOUSE).state == "todo"
        assert world.counts(the_world, world.NAM_SAI)["todo"] == 2

    def test_is_not_given_that_interview_at_the_desk(
        self, app: Flask, odd: Sealed, mali: Handset, the_world: Session
    ) -> None:
        mali.put(odd)
        found = Desk(app, NIDA).matter(open_matters(the_world)[0])
        assert (found.situation, found.hindrance) == (Situation.BLOCKED, "household")


class TestAFile:
    def test_waits_for_its_household_without_keeping_the_village(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        """Whoever decides takes the household first and the village's counts last."""
        one = mali.interview({"photo": b"a photo"})
        assert mali.put(one).status_code == 201
        held = text("select from households where id = :id for update")
        the_world.execute(held, {"id": world.HOUSE})
        with ThreadPoolExecutor(1) as threads:
            sent = threads.submit(mali.put_file, one, next(iter(one.files)))
            while not sent.done() and not the_world.scalar(WAITS):
                time.sleep(0.01)
            counts = "select from village_progress where village_code = :v for update nowait"
            the_world.execute(text(counts), {"v": world.NAM_SAI})
            the_world.rollback()
            assert sent.result(10).status_code == 201


class TestAHouseholdThatIsPointedAt:
    def test_is_not_waited_for(self, mali: Handset, the_world: Session) -> None:
        """A village that is judged points at its houses; its phones go on sending."""
        pointed = select(Household.id).where(Household.id == world.HOUSE)
        the_world.execute(pointed.with_for_update(read=True, key_share=True))
        assert mali.put(mali.interview()).status_code == 201

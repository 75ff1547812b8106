"""The same person in two households is found by the follow-up, and told without the number."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.desk import ANAN, NIDA, Desk, corrected, open_matters
from tests.handset import Handset, Sealed
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.domain.desk import Way
from webapp.models.household import Assignment
from webapp.models.review import Finding
from webapp.queries import desk as lists
from webapp.services import following_up

FAR = {"id": str(world.FAR_HOUSE), "new": False, "village": world.FAR, "house_number": "77"}
THERE = {"id": str(world.CHAIS_HOUSE), "new": False, "village": world.DON, "house_number": "9"}


def follow_up() -> None:
    """Everything on the list has been looked at."""
    seen = True
    while seen:
        with transaction(Scope("finder")) as session:
            seen = following_up.look_at_one(session)


def told(register: Session) -> set[tuple[str, str, str]]:
    """Open findings: interview, the other, and the village's path."""
    register.rollback()
    rows = register.scalars(
        select(Finding).where(Finding.code == "same_person", Finding.state == "open")
    )
    return {(str(one.interview_id), str(one.other_interview_id), one.path) for one in rows}


@pytest.fixture
def pair(mali: Handset, chai: Handset) -> tuple[Sealed, Sealed]:
    """The same man, by his number, in a house of Mali's and a house of Chai's."""
    here, there = mali.interview(), chai.interview(household=THERE)
    assert [mali.put(here).status_code, chai.put(there).status_code] == [201, 201]
    return here, there


class TestTheSamePersonInTwoHouseholds:
    def test_is_told_on_both_sides(self, pair: tuple[Sealed, Sealed], the_world: Session) -> None:
        follow_up()
        here, there = (one.interview for one in pair)
        assert told(the_world) == {
            (here, there, world.PATHS[world.NAM_SAI]),
            (there, here, world.PATHS[world.DON]),
        }

    def test_is_one_matter_of_a_desk_that_sees_both(
        self, pair: tuple[Sealed, Sealed], the_world: Session
    ) -> None:
        follow_up()
        with transaction(NIDA) as session:
            assert lists.counts(session, "TH.43.4301.")["same_person"] == 1
            [line], _ = lists.listed(session, "TH.43.4301.", "same_person")
            seen = lists.pair(session, line.finding or 0)
        assert [one.name for one in (*seen.people, *seen.others)] == ["ทดสอบ ตัวอย่าง"] * 2

    def test_of_another_district_is_only_said_to_be_there(
        self, mali: Handset, the_world: Session
    ) -> None:
        works_far_away(the_world)
        assert mali.put(mali.interview()).status_code == 201
        assert mali.put(mali.interview(household=FAR)).status_code == 201
        follow_up()
        with transaction(NIDA) as session:
            [line], _ = lists.listed(session, "TH.43.4301.", "same_person")
            seen = lists.pair(session, line.finding or 0)
        assert seen.other is None
        assert seen.others == ()
        assert len(seen.people) == 1
        with transaction(ANAN) as session:
            assert lists.counts(session, "TH.43.4302.")["same_person"] == 1

    def test_is_cleared_by_a_correction(
        self, pair: tuple[Sealed, Sealed], chai: Handset, the_world: Session
    ) -> None:
        follow_up()
        chai.put(corrected(chai, [pair[1]], members=[somebody_else()]))
        follow_up()
        assert told(the_world) == set()

    def test_is_none_between_an_interview_and_the_one_that_it_replaces(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        mali.put(mali.interview()), mali.put(mali.interview())
        Desk(app, NIDA).settle(open_matters(the_world)[0], Way.STANDS)
        follow_up()
        assert told(the_world) == set()


def somebody_else() -> dict[str, Any]:
    return {"id": "m1", "first_name": "คนอื่น", "last_name": "ตัวอย่าง", "sex": "male",
            "birth": "1970", "national_id": "1990100000029"}  # fmt: skip


def works_far_away(register: Session) -> None:
    """Mali has work in another district too."""
    path = world.PATHS[world.FAR]
    given = Assignment(
        round_id=world.ROUND, account_id=world.MALI, village_code=world.FAR, path=path
    )
    register.add(given)
    register.commit()

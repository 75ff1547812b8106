"""Giving work out: whole villages, single households, even shares, hand-overs."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests import cast
from webapp.db import transaction
from webapp.demo.cast import Person
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.problems import Problem
from webapp.models.household import Assignment, Household
from webapp.queries import assignments as looking
from webapp.services import assignment_rows as rows
from webapp.services import assignments

SUDA = Actor(
    cast.SUDA.id, Role.OFFICER, "สุดา", "suda", Level.DISTRICT, ("TH.43.4301.",)
)  # the officer of Mali's district


@pytest.fixture
def village(app: Flask, register: Session) -> str:
    """Mali's village with twelve households, of which she has interviewed two."""
    cast.settle(register, app.extensions["keys"], 84)
    code = cast.MALI.areas[0]
    register.commit()
    return code


def live(register: Session, village: str) -> list[Assignment]:
    register.expire_all()
    found = select(Assignment).where(
        Assignment.village_code == village, Assignment.ended_at.is_(None)
    )
    return list(register.scalars(found))


def single(register: Session, village: str) -> Counter[UUID]:
    return Counter(one.account_id for one in live(register, village) if one.household_id)


def households(register: Session, village: str) -> list[UUID]:
    found = select(Household.id).where(Household.village_code == village)
    return list(register.scalars(found.order_by(Household.house_number)))


class TestAVillage:
    def test_is_given_once_however_often_it_is_given(self, village: str, register: Session) -> None:
        with transaction(SUDA) as session:
            assert assignments.give_village(session, SUDA, village, [cast.SOMCHAI.id]) == 1
            assert assignments.give_village(session, SUDA, village, [cast.SOMCHAI.id]) == 0
        assert {one.account_id for one in live(register, village)} >= {
            cast.MALI.id,
            cast.SOMCHAI.id,
        }

    @pytest.mark.parametrize("person", [cast.PRASERT, cast.ORAWAN, cast.ANAN])
    def test_is_not_given_to_strangers_or_to_others_than_volunteers(
        self, village: str, person: Person
    ) -> None:
        with pytest.raises(Problem, match="not-found"), transaction(SUDA) as session:
            assignments.give_village(session, SUDA, village, [person.id])

    def test_outside_the_officers_area_is_not_found(self, village: str) -> None:
        far = cast.PRASERT.areas[0]
        with pytest.raises(Problem, match="not-found"), transaction(SUDA) as session:
            assignments.give_village(session, SUDA, far, [cast.MALI.id])


class TestAnEvenShare:
    def test_differs_by_one_household_at_most_and_leaves_none(
        self, village: str, register: Session
    ) -> None:
        people = [cast.MALI.id, cast.SOMCHAI.id, cast.KAEW.id]
        with transaction(SUDA) as session:
            counts = assignments.divide(session, SUDA, village, people)
        held = single(register, village)
        assert sum(counts) == len(households(register, village)) == held.total()
        assert max(counts) - min(counts) <= 1
        assert not [one for one in live(register, village) if one.household_id is None]

    def test_leaves_what_was_interviewed_with_its_interviewer(
        self, village: str, register: Session
    ) -> None:
        register.execute(
            update(Household).where(Household.village_code == village).values(state="received")
        )
        register.commit()
        with transaction(SUDA) as session:
            assert assignments.divide(session, SUDA, village, [cast.SOMCHAI.id]) == [0]

    def test_keeps_neighbours_together(self) -> None:
        numbers = ["12/1", "9", "101", "12", "2"]
        walked = sorted(numbers, key=assignments.along_the_road)
        assert walked == ["2", "9", "12", "12/1", "101"]


class TestAHandOver:
    def test_moves_everything_and_keeps_why(self, village: str, register: Session) -> None:
        with transaction(SUDA) as session:
            assignments.hand_over(session, SUDA, village, cast.MALI.id, cast.KAEW.id, "ลาคลอด")
        assert {one.account_id for one in live(register, village)} == {cast.KAEW.id}
        ended = select(Assignment).where(
            Assignment.account_id == cast.MALI.id, Assignment.village_code == village
        )
        found = register.scalars(ended).one()
        assert (found.end_reason, found.ended_by) == ("ลาคลอด", cast.SUDA.id)

    def test_needs_a_reason(self, village: str) -> None:
        with pytest.raises(Problem, match="reason"), transaction(SUDA) as session:
            assignments.hand_over(session, SUDA, village, cast.MALI.id, cast.KAEW.id, "  ")


class TestAnActThatWaitedForAnother:
    def test_came_after_it_and_is_not_undone_with_it(self, village: str, register: Session) -> None:
        with transaction(SUDA) as late:
            with transaction(SUDA) as early:
                assignments.divide(early, SUDA, village, [cast.SOMCHAI.id])
                at = rows.moment(early)
            assignments.divide(late, SUDA, village, [cast.KAEW.id])
        with pytest.raises(Problem, match="moved-on"), transaction(SUDA) as session:
            assignments.undo(session, SUDA, village, at)
        assert set(single(register, village)) == {cast.KAEW.id}


class TestAHouseholdInTwoHands:
    def test_is_shown_and_not_forbidden(self, village: str, register: Session) -> None:
        first = households(register, village)[0]
        with transaction(SUDA) as session:
            for person in (cast.SOMCHAI, cast.KAEW):
                assignments.give_households(session, SUDA, village, [first], person.id)
            shown = {one.id: one for one in looking.houses(session, village)}
            work = looking.villages(session, "TH.43.4301.")
        assert len(shown[first].names) == 2
        assert next(one for one in work if one.code == village).single == 1

    def test_of_another_village_is_not_found(self, village: str, register: Session) -> None:
        other = households(register, cast.PRASERT.areas[0])[:1]
        with pytest.raises(Problem, match="not-found"), transaction(SUDA) as session:
            assignments.give_households(session, SUDA, village, other, cast.MALI.id)

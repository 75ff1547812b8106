"""What waits in custody is settled: placed, beside another, set aside; nothing is taken away."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import books, world
from tests.desk import ANAN, NIDA, WHY, Desk, corrected, open_matters, planned, shown
from tests.handset import Handset, Sealed
from webapp.domain.desk import Situation, Way
from webapp.domain.problems import Problem
from webapp.models.household import Household
from webapp.models.interview import Custody, Revision
from webapp.models.review import Decision


@pytest.fixture
def nidas(app: Flask, the_world: Session) -> Desk:
    """The desk of the inspector of Mali's district."""
    return Desk(app, NIDA)


def right(register: Session) -> bool:
    """Whether the village's counts are those of a recount."""
    register.rollback()
    return books.kept_counts(register) == books.recounted(register)


def accept(register: Session, one: Sealed) -> None:
    """As an inspector would have; the counts are not what is looked at here."""
    shown(register, one).state = "accepted"
    register.commit()


def house(register: Session) -> Household:
    register.rollback()
    return register.get_one(Household, world.HOUSE, populate_existing=True)


class TestAHandInByAnother:
    def test_is_placed_and_its_phone_is_told(
        self, nidas: Desk, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        one = mali.interview({"photo": b"a photo"})
        assert chai.put(one).status_code == 202
        [matter] = open_matters(the_world)
        assert nidas.matter(matter).situation is Situation.FIRST
        nidas.settle(matter, Way.PLACED)
        assert planned(mali, one) == "data"
        assert mali.put_file(one, next(iter(one.files))).get_json()["level"] == "complete"
        assert shown(the_world, one).author_id == world.MALI
        assert house(the_world).state == "received"
        assert open_matters(the_world) == []
        assert right(the_world)

    def test_says_who_settled_it_and_why(
        self, nidas: Desk, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        chai.put(mali.interview())
        nidas.settle(open_matters(the_world)[0], Way.PLACED)
        the_world.rollback()
        kept = the_world.scalars(select(Custody)).one()
        assert (kept.resolution, kept.resolved_by, kept.why) == ("placed", world.NIDA, WHY)
        assert kept.envelope is not None

    def test_set_aside_lets_the_household_wait_again(
        self, nidas: Desk, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        chai.put(one)
        assert house(the_world).state == "custody"
        nidas.settle(open_matters(the_world)[0], Way.ASIDE)
        assert house(the_world).state == "todo"
        assert planned(mali, one) == "custody"
        assert right(the_world)


class TestTwoInterviewsOfOneHousehold:
    def test_the_other_may_stand_and_the_first_counts_no_more(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview(answers={"9.1": "enough"})
        mali.put(first), mali.put(second)
        nidas.settle(open_matters(the_world)[0], Way.STANDS)
        assert shown(the_world, first).state == "replaced"
        assert not shown(the_world, second).has_conflict
        assert str(house(the_world).interview_id) == second.interview
        assert planned(mali, second) == "complete"
        assert right(the_world)

    def test_the_first_may_stand_and_the_other_is_in_the_register_beside_it(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview(answers={"9.1": "enough"})
        mali.put(first), mali.put(second)
        nidas.settle(open_matters(the_world)[0], Way.BESIDE)
        assert shown(the_world, second).state == "replaced"
        assert not shown(the_world, first).has_conflict
        assert planned(mali, second) == "complete"
        why = the_world.scalars(select(Decision.reason).where(Decision.decision == "replaced"))
        assert why.all() == [WHY]
        assert right(the_world)

    def test_can_be_swapped_afterwards(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview(answers={"9.1": "enough"})
        mali.put(first), mali.put(second)
        [matter] = open_matters(the_world)
        nidas.settle(matter, Way.BESIDE)
        nidas.swap(matter)
        assert shown(the_world, first).state == "replaced"
        assert shown(the_world, second).state == "received"
        assert right(the_world)
        nidas.swap(matter)
        assert str(house(the_world).interview_id) == first.interview
        assert right(the_world)

    def test_all_revisions_of_the_other_are_placed_in_their_order(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview()
        later = corrected(mali, [second], answers={"9.1": "enough"})
        for one in (first, later, second):
            mali.put(one)
        nidas.settle(open_matters(the_world)[0], Way.STANDS)
        assert shown(the_world, second).head_digest.hex() == later.digest
        assert [planned(mali, one) for one in (second, later)] == ["complete"] * 2
        assert right(the_world)

    def test_what_comes_of_a_replaced_one_waits_for_a_person(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview()
        mali.put(first), mali.put(second)
        nidas.settle(open_matters(the_world)[0], Way.BESIDE)
        assert mali.put(corrected(mali, [second], answers={"9.1": "enough"})).status_code == 202
        [matter] = open_matters(the_world, "late_change")
        nidas.settle(matter, Way.PLACED)
        assert shown(the_world, second).state == "replaced"
        assert str(house(the_world).interview_id) == first.interview
        assert right(the_world)

    def test_evidence_of_the_replaced_one_moves_no_count(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview({"photo": b"one"}), mali.interview({"photo": b"two"})
        mali.put(first), mali.put(second)
        nidas.settle(open_matters(the_world)[0], Way.BESIDE)
        for one in (first, second):
            mali.put_file(one, next(iter(one.files)))
        assert planned(mali, second) == "complete"
        assert right(the_world)


class TestAChangeAfterAcceptance:
    def test_taken_makes_the_interview_wait_for_review_again(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        accept(the_world, one)
        late = corrected(mali, [one], answers={"9.1": "enough"})
        assert mali.put(late).status_code == 202
        nidas.settle(open_matters(the_world)[0], Way.PLACED)
        now = shown(the_world, one)
        assert (now.state, now.head_digest.hex()) == ("received", late.digest)
        decided = the_world.scalars(select(Decision.decision)).all()
        assert decided == ["withdrawn"]
        assert planned(mali, late) == "complete"

    def test_set_aside_changes_nothing(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        accept(the_world, one)
        mali.put(corrected(mali, [one], answers={"9.1": "enough"}))
        nidas.settle(open_matters(the_world)[0], Way.ASIDE)
        now = shown(the_world, one)
        assert (now.state, now.head_digest.hex()) == ("accepted", one.digest)
        assert len(the_world.scalars(select(Revision.digest)).all()) == 1


class TestWhatCannotBePlaced:
    def test_unreadable_bytes_lie_with_who_carried_them_and_can_only_be_kept(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        mali.put(mali.seal({"interview": str(uuid.uuid4()), "schema": 1}))
        [matter] = open_matters(the_world)
        found = nidas.matter(matter)
        assert (found.situation, found.hindrance) == (Situation.BLOCKED, "unreadable")
        with pytest.raises(Problem, match="moved-on"):
            nidas.settle(matter, Way.PLACED)
        nidas.settle(matter, Way.ASIDE)
        the_world.rollback()
        assert the_world.scalars(select(Custody.envelope)).one() is not None

    @pytest.mark.parametrize(
        ("change", "hindrance"),
        [
            ({"questionnaire": "bmn-99"}, "version"),
            ({"household": {"id": str(uuid.UUID(int=77)), "new": False,
                            "village": world.NAM_SAI, "house_number": "?"}}, "household"),
            ({"round": "2999"}, "round"),
        ],
    )  # fmt: skip
    def test_says_what_is_in_the_way(
        self,
        nidas: Desk,
        mali: Handset,
        chai: Handset,
        the_world: Session,
        change: dict[str, object],
        hindrance: str,
    ) -> None:
        chai.put(mali.interview(**change))
        assert nidas.matter(open_matters(the_world)[0]).hindrance == hindrance


class TestTheDesk:
    def test_of_another_district_sees_nothing_of_it(
        self, app: Flask, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        chai.put(mali.interview())
        with pytest.raises(Problem, match="not-found"):
            Desk(app, ANAN).matter(open_matters(the_world)[0])

    def test_settles_only_what_it_has_seen(
        self, nidas: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview()
        mali.put(first), mali.put(second)
        [matter] = open_matters(the_world)
        seen = nidas.matter(matter).mark
        mali.put(corrected(mali, [first], answers={"9.1": "enough"}))
        with pytest.raises(Problem, match="moved-on"):
            nidas.settle(matter, Way.BESIDE, mark=seen)

    def test_asks_for_a_reason(self, nidas: Desk, mali: Handset, the_world: Session) -> None:
        mali.put(mali.interview()), mali.put(mali.interview())
        with pytest.raises(Problem, match="reason"):
            nidas.settle(open_matters(the_world)[0], Way.BESIDE, why=" ")

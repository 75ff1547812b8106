"""What is asked again at a forum: on whose phone it is, how it comes in, and what it counts for."""

from __future__ import annotations

import dataclasses
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import forums, world
from tests.forums import ANSWERS, CHAIS, MALIS, drawn, kept, result, sample, standings, told
from tests.handset import APP, Handset


@pytest.fixture
def village(the_world: Session, mali: Handset, chai: Handset) -> Session:
    """Ban Nam Sai, all of it interviewed."""
    forums.collected(the_world, mali, chai)
    return the_world


@pytest.fixture
def tablet(app: Flask, village: Session) -> Handset:
    """The inspector's tablet; she has interviewed nobody."""
    phone = Handset(app.test_client(), world.NIDA, "nida")
    phone.sign_in()
    phone.hello()
    return phone


def of(houses: list[UUID], register: Session, forum: UUID) -> UUID:
    """The first house of the sample among these."""
    return next(one.household_id for one in sample(register, forum) if one.household_id in houses)


class TestTheList:
    def test_is_on_the_phone_of_who_is_named_and_tells_no_answer(self, tablet: Handset) -> None:
        drawn([world.NIDA])
        [forum] = told(tablet)
        assert forum["village"]["name_th"] == "บ้านน้ำใส"
        assert [one["id"] for one in forum["questions"]] == ["members", *ANSWERS]
        assert len([one for one in forum["houses"] if not one["reserve"]]) == 8
        house = forum["houses"][0]
        assert set(house) == {
            "id", "place", "stratum", "reserve", "house_number", "head_name", "state", "own",
        }  # fmt: skip
        assert (house["state"], house["own"]) == ("waiting", False)

    def test_says_whom_a_volunteer_asked_first(self, chai: Handset, village: Session) -> None:
        drawn([world.CHAI])
        [forum] = told(chai)
        own = {UUID(one["id"]) for one in forum["houses"] if one["own"]}
        assert own == {UUID(one["id"]) for one in forum["houses"]} & set(CHAIS)
        assert own

    def test_is_nobody_elses(self, tablet: Handset, mali: Handset, anan: object) -> None:
        drawn([world.NIDA])
        assert told(mali) == []
        refused = Handset(anan, world.ANAN, "anan")  # type: ignore[arg-type]
        assert told(refused) == []

    def test_leaves_the_phone_when_the_naming_ends_or_the_forum_is_closed(
        self, tablet: Handset
    ) -> None:
        from webapp.db import transaction
        from webapp.services import forum as acts

        forum = drawn([world.NIDA])
        with transaction(forums.NIDA) as session:
            acts.close(session, forums.NIDA, forum, "ฝนตก", waiting=8)
        assert told(tablet) == []
        with transaction(forums.NIDA) as session:
            acts.reopen(session, forums.NIDA, forum)
            acts.end_naming(session, forums.NIDA, forum, world.NIDA)
        assert told(tablet) == []


class TestAResult:
    def test_is_counted_compared_and_pointed_at_where_it_differs(
        self, village: Session, tablet: Handset
    ) -> None:
        forum = drawn([world.NIDA])
        house = of(MALIS, village, forum)
        one = result(tablet, forum, house, answers=ANSWERS | {"members": 3, "8.2": "no"})
        answer = tablet.put(one)
        assert (answer.status_code, answer.get_json()["level"]) == (201, "complete")
        [check] = kept(village)
        assert (check.standing, check.outcome) == ("counted", "asked")
        assert {name for name, same in check.compared.items() if same is False} == {
            "members",
            "8.2",
        }
        found = village.execute(text("select code, detail, account_id from findings")).one()
        assert found.detail == {"differs": 2, "compared": 10}
        assert (found.code, found.account_id) == ("back_check_differs", world.MALI)
        again = tablet.put(one)
        assert (again.status_code, again.get_json()) == (200, answer.get_json())
        assert len(kept(village)) == 1

    def test_is_known_to_plan_and_comes_in_a_batch(self, village: Session, tablet: Handset) -> None:
        forum = drawn([world.NIDA])
        houses = [one.household_id for one in sample(village, forum)]
        many = [result(tablet, forum, one) for one in houses]
        answer = forums.together(tablet, many)
        assert [one["level"] for one in answer] == ["complete"] * len(many)
        asked = [{"interview": o.interview, "digest": o.digest, "evidence": []} for o in many]
        told_so = tablet.client.post("/api/v1/plan", json={"items": asked}, headers=APP)
        assert {one["needs"] for one in told_so.get_json()["items"]} == {None}

    def test_that_breaks_a_rule_is_kept_and_not_counted(
        self, village: Session, tablet: Handset, mali: Handset, chai: Handset
    ) -> None:
        forum = drawn([world.NIDA, world.CHAI])
        house, own = of(MALIS, village, forum), of(CHAIS, village, forum)
        forged = dataclasses.replace(result(tablet, forum, house), signature="A" * 86)
        brought = {
            "first_interviewer": chai.put(result(chai, forum, own)),
            "not_named": mali.put(result(mali, forum, own)),
            "not_drawn": tablet.put(result(tablet, forum, uuid4())),
            "hand_in": mali.put(result(tablet, forum, house)),
            "unknown_author": tablet.put(forged),
        }
        told_so = {(one.status_code, one.get_json()["level"]) for one in brought.values()}
        assert told_so == {(202, "custody")}
        assert standings(village) == dict.fromkeys(brought, 1)
        assert [one.compared for one in kept(village)] == [{}] * 5
        assert village.scalar(text("select count(*) from findings")) == 0

    def test_of_a_house_that_was_asked_already_is_kept_and_not_counted(
        self, village: Session, tablet: Handset, chai: Handset
    ) -> None:
        forum = drawn([world.NIDA, world.CHAI])
        house = of(MALIS, village, forum)
        assert tablet.put(result(tablet, forum, house)).status_code == 201
        second = result(chai, forum, house, answers=ANSWERS | {"8.2": "no"})
        assert chai.put(second).status_code == 202
        assert standings(village) == {"counted": 1, "second": 1}
        assert village.scalar(text("select count(*) from findings")) == 0

    def test_of_a_house_that_was_absent_or_refused_before_counts(
        self, village: Session, tablet: Handset
    ) -> None:
        forum = drawn([world.NIDA])
        house = of(MALIS, village, forum)
        gone = {"outcome": "absent", "answers": {}, "respondent": None}
        unwilling = {"notice": {"version": "x", "agreed": False}}
        for changes, stands in ((gone, "absent"), (unwilling, "refused"), ({}, "asked")):
            assert tablet.put(result(tablet, forum, house, **changes)).status_code == 201
            states = {one["id"]: one["state"] for one in told(tablet)[0]["houses"]}
            assert states[str(house)] == stands
        without = [one for one in kept(village) if one.outcome != "asked"]
        assert [(one.answers, one.compared) for one in without] == [({}, {})] * 2

    def test_says_nothing_where_nothing_fitting_was_said(
        self, village: Session, tablet: Handset
    ) -> None:
        forum = drawn([world.NIDA])
        odd = {"members": True, "8.2": "maybe", "9.1": "enough", "10.1": "enough", "extra": 1}
        one = result(tablet, forum, of(MALIS, village, forum), answers=odd, declined=["9.1"])
        assert tablet.put(one).status_code == 201
        [check] = kept(village)
        assert {name for name, same in check.compared.items() if same is not None} == {"10.1"}

    def test_that_is_no_result_of_a_forum_is_in_custody(
        self, village: Session, tablet: Handset
    ) -> None:
        forum = drawn([world.NIDA])
        house = of(MALIS, village, forum)
        odd = ({"forum": str(UUID(int=1))}, {"outcome": "sold"}, {"answers": []}, {"schema": 2})
        for change in odd:
            answer = tablet.put(result(tablet, forum, house, **change))
            assert (answer.status_code, answer.get_json()["level"]) == (202, "custody")
        reasons = village.scalars(text("select reason from custody")).all()
        assert (list(reasons), kept(village)) == (["unreadable"] * len(odd), [])

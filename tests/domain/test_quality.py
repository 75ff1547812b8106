"""The eight checks against numbers reckoned by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.domain.test_quality_back_check import asked
from webapp.domain.quality import (
    area,
    blockers,
    checks,
    collectors,
    disclosure,
    evidence,
    households,
    plausibility,
    working_group,
)
from webapp.domain.quality.facts import House, Place, Village
from webapp.domain.quality.states import Judged, Line, State, worst

SETTLED = {
    "is_active": True,
    "is_in_place": True,
    "has_boundary": True,
    "has_administration": True,
    "is_covered": True,
}
GROUP = {"members": 12, "agencies": 10, "state": 4, "private": 3, "people": 5, "minutes": 1}


def house(number: int, **facts: Any) -> House:
    told = {"outcome": "interviewed", "state": "received", "people": 3, "grade": "good"}
    return House(UUID(int=number), UUID(int=number + 1000), **(told | facts))


def unvisited(number: int, **facts: Any) -> House:
    return House(UUID(int=number), **facts)


def village(*houses: House, **place: Any) -> Village:
    return Village(houses, Place(area=SETTLED, **place))


def shown(lines: Sequence[Line]) -> dict[str, float | None]:
    return {one.name: one.value for one in lines}


class TestTheArea:
    def positions(self, inside: int, outside: int, cleared: int = 0) -> Judged:
        here = [house(n, has_point=True, inside=True) for n in range(inside)]
        there = [
            house(
                100 + n, has_point=True, inside=False, cleared=frozenset({1} if n < cleared else ())
            )
            for n in range(outside)
        ]
        return area.judge(village(*here, *there))

    @pytest.mark.parametrize(
        ("inside", "outside", "cleared", "state"),
        [
            (20, 0, 0, State.GOOD),
            (19, 1, 0, State.ATTENTION),  # 1 of 20 is 5 %, and no more
            (18, 2, 0, State.BAD),  # 10 %
            (18, 2, 1, State.ATTENTION),
            (18, 2, 2, State.GOOD),
        ],
    )
    def test_is_right_when_what_lies_outside_was_looked_at(
        self, inside: int, outside: int, cleared: int, state: State
    ) -> None:
        judged = self.positions(inside, outside, cleared)
        assert judged.state is state
        assert judged.blockers.get("position_outside", 0) == outside - cleared

    def test_shows_the_share_inside(self) -> None:
        assert shown(area.lines(self.positions(17, 3).figures))["inside"] == 85.0

    @pytest.mark.parametrize("missing", ["is_active", "is_in_place", "has_administration"])
    def test_is_wrong_without_a_valid_code_and_an_administration(self, missing: str) -> None:
        place = Place(area=SETTLED | {missing: False})
        assert area.judge(Village((), place)).state is State.BAD

    def test_needs_a_look_where_no_boundary_says_what_is_inside(self) -> None:
        place = Place(area=SETTLED | {"has_boundary": False})
        assert area.judge(Village((), place)).state is State.ATTENTION


class TestTheWorkingGroup:
    @pytest.mark.parametrize(
        ("change", "state", "blocked"),
        [
            ({}, State.GOOD, {}),
            ({"minutes": 0}, State.ATTENTION, {"minutes": 1}),
            ({"agencies": 9}, State.BAD, {"agencies": 1}),
            ({"private": 0}, State.BAD, {"sectors": 1}),
        ],
    )
    def test_has_ten_agencies_every_sector_and_minutes(
        self, change: dict[str, int], state: State, blocked: dict[str, int]
    ) -> None:
        judged = working_group.judge(village(group=GROUP | change))
        assert (judged.state, judged.blockers) == (state, blocked)

    def test_is_unknown_while_nobody_was_entered(self) -> None:
        judged = working_group.judge(village())
        assert judged.state is State.UNKNOWN
        assert judged.blockers == {"agencies": 10, "sectors": 3, "minutes": 1}


class TestCollectors:
    @pytest.mark.parametrize(
        ("volunteers", "appointed", "local", "elsewhere", "state"),
        [
            (0, 0, 0, 0, State.UNKNOWN),
            (2, 2, 2, 0, State.GOOD),
            (2, 2, 1, 0, State.ATTENTION),  # one has not said where they live
            (2, 2, 1, 1, State.BAD),
            (2, 1, 2, 0, State.BAD),
        ],
    )
    def test_are_appointed_and_live_there(
        self, volunteers: int, appointed: int, local: int, elsewhere: int, state: State
    ) -> None:
        counts = {
            "volunteers": volunteers,
            "appointed": appointed,
            "local": local,
            "not_local": elsewhere,
            "home_unknown": volunteers - local - elsewhere,
        }
        assert collectors.judge(village(collectors=counts)).state is state


class TestHouseholds:
    def test_are_all_settled_by_an_interview_or_a_reason(self) -> None:
        ten = [house(n, people_registered=3) for n in range(10)]
        judged = households.judge(village(*ten))
        assert (judged.state, judged.blockers, judged.exceptions) == (State.GOOD, {}, [])

    @pytest.mark.parametrize(("open_ones", "state"), [(1, State.ATTENTION), (2, State.BAD)])
    def test_unexplained_ones_stand_out(self, open_ones: int, state: State) -> None:
        met = [house(n, people_registered=3) for n in range(10 - open_ones)]
        rest = [unvisited(50 + n) for n in range(open_ones)]
        judged = households.judge(village(*met, *rest))
        assert judged.state is state
        assert judged.blockers["unsettled"] == open_ones
        assert {one.code for one in judged.exceptions} == {"house_not_visited"}

    def test_closed_ones_need_a_reason_and_count_with_it(self) -> None:
        met = [house(n, people_registered=3) for n in range(9)]
        closed = unvisited(50, outcome="empty", people_registered=2)
        before = households.judge(village(*met, closed))
        assert [one.code for one in before.exceptions] == ["house_closed"]
        after = households.judge(village(*met, replace(closed, reason="empty")))
        assert after.state is State.GOOD
        # 9 collected and 1 gone are the register's 10; 27 people and 2 gone are its 29
        assert after.own == {"houses_off": 0, "population_off": 0}

    def test_a_reason_taken_back_is_none(self) -> None:
        assert not households.is_settled(unvisited(1, reason="open"))

    def test_one_that_was_found_is_settled_as_new(self) -> None:
        found = house(1, origin="volunteer")
        assert not households.is_settled(found)
        assert households.is_settled(replace(found, reason="new"))

    def test_far_from_imported_totals_are_to_be_explained(self) -> None:
        ten = [house(n, people_registered=3) for n in range(10)]
        totals = {"houses": 10, "people": 40}  # 30 were met: 25 % fewer
        judged = households.judge(village(*ten, register=totals))
        assert judged.own["population_off"] == -25
        assert (judged.state, judged.blockers) == (State.ATTENTION, {"register_people": 1})

    @pytest.mark.parametrize(("meant", "state"), [(-21, State.GOOD), (-10, State.ATTENTION)])
    def test_an_explanation_holds_for_its_figure(self, meant: int, state: State) -> None:
        ten = [house(n, people_registered=3) for n in range(10)]
        totals = {"houses": 10, "people": 40}
        told = village(*ten, register=totals, explained={"population": meant})
        assert households.judge(told).state is state

    def test_of_no_list_are_unknown(self) -> None:
        judged = households.judge(village())
        assert (judged.state, judged.blockers) == (State.UNKNOWN, {"no_household_list": 1})


HARD = {"id": "R05", "severity": "hard"}
SOFT = {"id": "R24", "severity": "soft", "member": "m2"}


class TestPlausibility:
    def test_counts_open_failures_by_rule_for_a_hundred_households(self) -> None:
        houses = [house(n) for n in range(46)] + [house(50 + n, failures=[SOFT]) for n in range(4)]
        judged = plausibility.judge(village(*houses))
        lines = shown(plausibility.lines(judged.figures))
        assert lines["open_rate"] == lines["rule:R24"] == 8.0  # 4 of 50
        assert judged.state is State.BAD

    def test_one_hard_failure_is_bad_however_many_households(self) -> None:
        houses = [house(n) for n in range(99)] + [house(99, failures=[HARD])]
        assert plausibility.judge(village(*houses)).state is State.BAD

    def test_an_explained_one_waits_to_be_read(self) -> None:
        told = house(1, failures=[SOFT], explanations={"R24:m2": "ทำนาน้อยปีนี้"})
        judged = plausibility.judge(village(told))
        assert (judged.state, judged.blockers) == (State.ATTENTION, {"explanations_unread": 1})
        read = plausibility.judge(village(replace(told, is_read=True)))
        assert (read.state, read.blockers) == (State.GOOD, {})
        assert [one.is_cleared for one in read.exceptions] == [True]

    def test_words_about_another_person_explain_nothing(self) -> None:
        told = house(1, failures=[SOFT], explanations={"R24:m1": "ทำนาน้อยปีนี้"})
        assert plausibility.judge(village(told)).blockers == {"failures": 1}

    def test_is_unknown_where_nobody_was_asked(self) -> None:
        assert plausibility.judge(village(unvisited(1))).state is State.UNKNOWN


class TestEvidence:
    @pytest.mark.parametrize(
        ("missing", "due", "state"),
        [
            (0, 0, State.GOOD),
            (1, 0, State.ATTENTION),  # 1 of 50 is 2 %, and no more
            (2, 0, State.BAD),
            (2, 1, State.ATTENTION),  # still on the phone
        ],
    )
    def test_is_there_for_every_interview(self, missing: int, due: int, state: State) -> None:
        held = [house(n, grade="weak" if n % 2 else "good") for n in range(50 - missing)]
        without = [house(80 + n, grade="none", due=due) for n in range(missing)]
        assert evidence.judge(village(*held, *without)).state is state

    def test_counts_refusals_apart(self) -> None:
        refused = unvisited(9, outcome="refused")
        judged = evidence.judge(village(house(1), house(2, grade="none"), refused))
        assert judged.figures["refused"] == 1
        assert shown(evidence.lines(judged.figures))["with_item"] == 50.0


class TestAVillage:
    def test_is_as_bad_as_its_worst_check(self) -> None:
        ten = [
            house(n, people_registered=3, has_point=True, inside=True, income=90_000 + n * 3_000)
            for n in range(10)
        ]
        local = {"volunteers": 1, "appointed": 1, "local": 1, "not_local": 0, "home_unknown": 0}
        said = [asked(n) for n in range(1, 9)]
        forum = {"is_closed": True, "houses": said}
        good = village(*ten, group=GROUP, collectors=local, back_check=forum)
        assert checks.judge(good).worst is State.GOOD
        worse = replace(good, place=replace(good.place, group=GROUP | {"minutes": 0}))
        assert checks.judge(worse).worst is State.ATTENTION

    def test_names_only_blockers_that_lead_somewhere(self) -> None:
        empty = checks.judge(Village((unvisited(1),), Place())).blockers
        assert empty.keys() <= blockers.BY_CODE.keys()

    def test_waits_for_nobody_to_visit_a_house_that_has_its_reason(self) -> None:
        told = checks.judge(village(unvisited(1), unvisited(2, reason="empty")))
        assert told.blockers["not_visited"] == 1

    def test_of_no_state_nothing_is_known(self) -> None:
        assert worst([]) is State.UNKNOWN


class TestFiguresOfFew:
    @pytest.mark.parametrize(
        ("parts", "shows"),
        [
            ([4], True),
            ([5], False),
            ([], False),
            ([0, 0], False),
            ([40, 3], True),  # the whole less 40 would be the 3
            ([40, 3, 4], False),  # 7 hide among each other
        ],
    )
    def test_would_tell_of_one(self, parts: list[int], shows: bool) -> None:
        assert disclosure.would_show(parts) is shows

"""Limits are judged as they are written, and figures rounded as official tables print them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from tests.domain.test_quality_back_check import ALL, asked
from tests.fixtures.database import ROOT
from webapp.domain.quality import back_check, households, income, plausibility, robust
from webapp.domain.quality.facts import House, Place, Village
from webapp.domain.quality.states import Judged, Line, State, percent


def house(number: int, **facts: Any) -> House:
    told = {"outcome": "interviewed", "state": "received", "people": 20}
    return House(UUID(int=number), UUID(int=number + 1000), **(told | facts))


def village(*houses: House, **place: Any) -> Village:
    return Village(houses, Place(**place))


def shown(lines: Sequence[Line]) -> dict[str, float | None]:
    return {one.name: one.value for one in lines}


class TestAPercentage:
    @pytest.mark.parametrize(
        ("part", "whole", "expected"),
        [
            (1, 800, 0.13),  # 0.125: a half goes up
            (3, 800, 0.38),  # 0.375
            (-1, 800, -0.13),
            (2, 3, 66.67),
            (0, 7, 0.0),
            (0, 0, None),
        ],
    )
    def test_has_two_decimals_half_up(self, part: int, whole: int, expected: float | None) -> None:
        assert percent(part, whole) == expected

    def test_of_failures_has_them_too(self) -> None:
        figures = {"interviewed": 800, "hard": 0, "soft": 1, "explained": 0, "unread": 0}
        assert shown(plausibility.lines(figures))["open_rate"] == 0.13


class TestHowFarFromTheRegister:
    def judged(self, **register: int) -> Judged:
        """Ten houses of twenty people each were met."""
        return households.judge(village(*(house(n) for n in range(10)), register=register))

    @pytest.mark.parametrize(
        ("people", "blocked"),
        [(182, {}), (181, {"register_people": 1}), (222, {}), (223, {"register_people": 1})],
    )  # 9.9 % more, 10.5 % more, 9.9 % fewer, 10.3 % fewer
    def test_is_ten_in_a_hundred_and_no_more(self, people: int, blocked: dict[str, int]) -> None:
        assert self.judged(houses=10, people=people).blockers == blocked

    def test_of_a_register_that_has_nobody_is_all_of_it(self) -> None:
        judged = self.judged(houses=0, people=0)
        assert judged.own == {"houses_off": 100, "population_off": 100}
        assert judged.blockers == {"register_houses": 1, "register_people": 1}

    def test_is_not_said_where_the_list_tells_of_no_people(self) -> None:
        judged = households.judge(village(*(house(n) for n in range(10))))
        assert (judged.state, judged.own) == (State.GOOD, {"houses_off": 0})

    def test_counts_no_reason_of_a_house_that_was_interviewed_after_all(self) -> None:
        judged = households.judge(village(house(1, reason="empty"), house(2)))
        assert judged.figures["reason_empty"] == 0


class TestHowFarFromLastYear:
    @pytest.mark.parametrize(
        ("now", "shows", "state"),
        [(120_000, 20.0, State.GOOD), (120_900, 20.9, State.ATTENTION)],
    )
    def test_is_twenty_in_a_hundred_and_no_more(self, now: int, shows: float, state: State) -> None:
        before = {"last_people": 2, "last_income": 100_000, "people": 2}
        judged = income.judge(village(*(house(n, income=now, **before) for n in range(5))))
        assert judged.state is state
        assert shown(income.lines(judged.figures))["change"] == shows


class TestOneSameIncome:
    def test_of_more_than_one_in_five_is_looked_at(self) -> None:
        each = [50_500] * 5 + [40_000 + 1_000 * n for n in range(19)]
        judged = income.judge(village(*(house(n, income=one) for n, one in enumerate(each))))
        assert shown(income.lines({**judged.figures, **judged.own}))["alike"] == 20.83
        assert judged.state is State.ATTENTION


class TestAgreement:
    def test_just_below_ninety_is_not_ninety(self) -> None:
        some = {name: number >= 1 for number, name in enumerate(ALL)}
        nine = dict.fromkeys(list(ALL)[:9], True)
        said = [asked(n, some, finding="explained") for n in range(1, 20)]
        said += [asked(20, some | {"q1": False}, finding="explained"), asked(21, nine)]
        facts = {"is_closed": False, "houses": said}
        judged = back_check.judge(Village((House(UUID(int=1)),), Place(back_check=facts)))
        assert (judged.figures["agreeing"], judged.figures["answers"]) == (188, 209)
        assert shown(back_check.lines(judged.figures))["agreeing"] == 89.95
        assert judged.state is State.ATTENTION


class TestTheWordsOfAFormula:
    @pytest.mark.parametrize("language", ["th", "en"])
    def test_have_the_numbers_that_are_reckoned_with(self, language: str) -> None:
        written = (ROOT / f"webapp/texts/{language}/quality.json").read_text(encoding="utf-8")
        words = json.loads(written)["formula_income"]
        for number in (robust.LIMIT, robust.MAD_AS_SIGMA, robust.FEWEST, income.MOST_ALIKE):
            assert str(number) in words

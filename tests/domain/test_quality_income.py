"""Check 8 and its statistics against numbers reckoned by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from webapp.domain.quality import income, robust
from webapp.domain.quality.facts import House, Place, Village
from webapp.domain.quality.states import Line, State


def house(number: int, **facts: Any) -> House:
    told = {"outcome": "interviewed", "state": "received"}
    return House(UUID(int=number), UUID(int=number + 1000), **(told | facts))


def village(*houses: House, **place: Any) -> Village:
    return Village(houses, Place(**place))


def shown(lines: Sequence[Line]) -> dict[str, float | None]:
    return {one.name: one.value for one in lines}


class TestRobustStatistics:
    TEN = (20_000, 22_000, 24_000, 25_000, 26_000, 27_000, 28_000, 30_000, 32_000, 34_000)

    def test_say_nothing_of_nine(self) -> None:
        assert robust.spread(self.TEN[:9]) is None

    def test_know_what_is_far_from_the_middle(self) -> None:
        found = robust.spread(self.TEN)
        assert found is not None
        # the middle is (ln 26001 + ln 27001) / 2 = (10.165890 + 10.203629) / 2
        assert found.middle == pytest.approx(10.184760, abs=1e-6)
        # the deviations' is (0.098909 + 0.124226) / 2 = 0.111568, times 1.4826
        assert found.sigma == pytest.approx(0.165410, abs=1e-5)
        # 3.5 of those lie at e^(10.184760 ± 0.578935): 14,851 and 47,272
        assert not found.is_unusual(14_900)
        assert found.is_unusual(14_800)
        assert not found.is_unusual(47_200)
        assert found.is_unusual(47_350)

    def test_of_equal_values_know_no_spread(self) -> None:
        found = robust.spread([30_000] * 12)
        assert found is not None
        assert found.sigma == 0
        assert not found.is_unusual(90_000)

    def test_take_the_mean_deviation_where_most_are_equal(self) -> None:
        found = robust.spread([30_000] * 9 + [60_000])
        assert found is not None
        # one of ten is ln 2 away: mean deviation 0.069313, times 1.2533
        assert found.sigma == pytest.approx(0.086870, abs=1e-4)
        assert found.is_unusual(60_000)


def earning(*incomes: int, **facts: Any) -> list[House]:
    return [house(n, income=amount, people=2, **facts) for n, amount in enumerate(incomes)]


class TestIncome:
    TEN = tuple(2 * one for one in TestRobustStatistics.TEN)

    def test_means_are_of_all_people_together(self) -> None:
        houses = [house(1, income=60_000, people=1), house(2, income=40_000, people=4)]
        lines = shown(income.lines(income.judge(village(*houses)).figures))
        assert lines["mean_household"] == 50_000.0
        assert lines["mean_person"] == 20_000.0  # 100,000 of 5, not (60,000 + 10,000) / 2

    def test_of_few_households_nothing_is_known_nor_shown(self) -> None:
        judged = income.judge(village(*earning(50_000, 60_000, 70_000, 80_000)))
        assert judged.state is State.UNKNOWN
        assert "median" not in judged.own

    def test_has_a_middle_and_quarters(self) -> None:
        judged = income.judge(village(*earning(10_000, 20_000, 30_000, 40_000, 50_000)))
        own = judged.own
        assert (own["quarter"], own["median"], own["three_quarters"]) == (20_000, 30_000, 40_000)

    def test_unusual_ones_are_named_and_cleared(self) -> None:
        houses = [*earning(*self.TEN), house(90, income=400_000, people=2)]
        judged = income.judge(village(*houses))
        assert [(one.code, one.household.int) for one in judged.exceptions] == [("income_high", 90)]
        assert judged.state is State.BAD  # 1 of 11 is 9 %
        looked_at = [*houses[:-1], replace(houses[-1], cleared=frozenset({8}))]
        assert income.judge(village(*looked_at)).state is State.GOOD

    def test_rounded_and_equal_amounts_are_counted(self) -> None:
        others = (30_000, 38_000, 44_000, 57_000, 70_000, 90_000)
        judged = income.judge(village(*earning(*[50_000] * 4, *others)))
        lines = shown(income.lines(dict(judged.figures) | dict(judged.own)))
        assert lines["rounded"] == 70.0  # the four, 30,000, 70,000 and 90,000
        assert lines["alike"] == 40  # four of ten gave 50,000
        assert judged.state is State.ATTENTION

    def test_three_times_last_years_is_looked_at(self) -> None:
        before = {"last_people": 2, "last_income": 20_000}
        houses = [
            *earning(40_000, 44_000, 48_000, 52_000),
            house(9, income=60_000, people=2, **before),
        ]
        judged = income.judge(village(*houses))
        assert [one.code for one in judged.exceptions] == ["income_grown"]
        assert dict(judged.exceptions[0].detail) == {"a_person": 30_000, "a_person_before": 10_000}

    @pytest.mark.parametrize(
        ("last", "explained", "state"),
        [
            (20_000, {}, State.GOOD),  # from 10,000 to 12,000 a person: 20 %, and no more
            (19_000, {}, State.ATTENTION),  # 26 %
            (19_000, {"income_change": 24}, State.GOOD),
            (19_000, {"income_change": 12}, State.ATTENTION),
        ],
    )
    def test_a_large_change_is_explained(
        self, last: int, explained: dict[str, int], state: State
    ) -> None:
        amounts = (23_000, 23_500, 24_000, 24_500, 25_000)
        houses = earning(*amounts, last_people=2, last_income=last)
        assert income.judge(village(*houses, explained=explained)).state is state

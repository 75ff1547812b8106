"""What a made-up household says of its money: wages by the month, rice by the rai, allowances."""

from __future__ import annotations

from random import Random
from typing import Any

from webapp.demo.seeded.villages import Village
from webapp.demo.seeded.volunteers import Volunteer

Answers = dict[str, Any]

_FARMING = ("rice_farmer", "crop_farmer", "orchard_farmer", "livestock_farmer", "fisher")
_MONTHLY = {"government": (15_000, 32_000), "state_enterprise": (14_000, 28_000),
            "company": (9_000, 16_000)}  # fmt: skip
_ALLOWANCES = ((90, 1_000), (80, 800), (70, 700), (60, 600))
"""Old-age allowance a month from that age on (cabinet resolution of 2554)."""


class Purse:
    """One household's year in baht, as told to one volunteer."""

    def __init__(
        self,
        chance: Random,
        where: Village,
        by: Volunteer,
        members: list[dict[str, Any]],
        year: int,
    ) -> None:
        self.chance = chance
        self.where = where
        self.by = by
        self.work = [str(one["occupation"]) for one in members]
        self.ages = [year - int(str(one["birth"])[:4]) for one in members]
        self.cards = sum(one.get("welfare_card") == "yes" for one in members)
        self.people = len(members)

    def told(self) -> Answers:
        """Incomes and spending as entered, baht a year."""
        chance = self.chance
        farm, wages = self._farm(), sum(self._wage(one) for one in self.work)
        main, beside = (farm, wages) if farm > wages else (wages, farm)
        if not beside and main and chance.random() < 0.35:
            beside = self._rounded(chance.uniform(4_000, 30_000))
        grown = self._rounded(chance.uniform(1_000, 12_000)) if chance.random() < 0.8 else 0
        income = main + beside + grown
        return {
            "22.1.1": main,
            "22.1.2": beside,
            "22.1.3": self._allowances() + self._sent_home(),
            "22.1.4": grown,
            "22.2.1": self._rounded(farm * chance.uniform(0.3, 0.55)),
            "22.2.2": self._rounded(self.people * chance.uniform(9_000, 24_000)),
            "22.2.3": self._rounded(income * chance.uniform(0.03, 0.15)),
        }

    def _farm(self) -> int:
        if not any(one in _FARMING for one in self.work):
            return 0
        rai = self.chance.choice(self.where.rai)
        good = self.chance.choice((0.8, 0.9, 1, 1, 1, 1.1, 1.2))
        return self._rounded(rai * self.where.baht_a_rai * good)

    def _wage(self, work: str) -> int:
        if work in _MONTHLY:
            low, high = _MONTHLY[work]
            month = round(self.chance.uniform(low, high) / 500) * 500
            return (
                month * 12 if self.chance.random() < self.by.by_month else self._rounded(month * 12)
            )
        if work == "labourer":
            days = self.chance.choice((100, 120, 150, 180, 200, 240, 260))
            return self.where.wage * days
        if work == "trader":
            return self._rounded(self.chance.lognormvariate(11.6, 0.5))
        return 0

    def _allowances(self) -> int:
        found = self.cards * 12 * self.chance.choice((200, 300, 300))
        for age in self.ages:
            found += 12 * next((baht for from_, baht in _ALLOWANCES if age >= from_), 0)
        return found

    def _sent_home(self) -> int:
        if max(self.ages) < 50 or self.chance.random() < 0.5:
            return 0
        return 12 * self.chance.choice((1_000, 1_500, 2_000, 2_000, 3_000, 5_000))

    def _rounded(self, baht: float) -> int:
        """To the volunteer's grid, or finer where the household knows better."""
        grid = self.by.grid if self.chance.random() < 0.7 else 100
        return max(grid, round(baht / grid) * grid) if baht > 0 else 0

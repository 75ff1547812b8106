"""The household list of the demo, and the people who really live there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from shapely.geometry import Point
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.demo import people, province
from webapp.demo.chance import source, uuid4
from webapp.domain.areas import village_path
from webapp.models.household import Household
from webapp.services import progress
from webapp.services.progress import Tally

HOUSEHOLDS = 400
SPREAD_DEGREES = 0.0035
"""Houses lie some hundred metres round their village's middle."""


@dataclass(frozen=True)
class Dwelling:
    """One made-up household of the list."""

    seed: int
    number: int
    village: str
    today: date

    @cached_property
    def id(self) -> UUID:
        """The household's id, the same whenever the demo is loaded."""
        return uuid4(self.chance("id"))

    @cached_property
    def members(self) -> list[dict[str, Any]]:
        """Who lives there."""
        return people.household(self.chance("people"), self.today)

    @cached_property
    def point(self) -> Point:
        """Where the house is: inside its subdistrict."""
        chance, middle = self.chance("place"), province.village_points()[self.village]
        cell = province.boundaries()[self.village[:6]]
        for _ in range(20):
            found = Point(
                chance.gauss(middle.x, SPREAD_DEGREES), chance.gauss(middle.y, SPREAD_DEGREES)
            )
            if cell.contains(found):
                return found
        return middle

    @property
    def house_number(self) -> str:
        """Its number in the village; some are split by a stroke."""
        tail = self.number % 5
        return str(self.number) if tail else f"{self.number}/{1 + self.number % 3}"

    @property
    def house_code(self) -> str | None:
        """Begins with an office that cannot be; one in ten is not known."""
        return None if self.number % 10 == 7 else f"9901{self.number:06}{self.number * 7 % 10}"

    @property
    def path(self) -> str:
        """The village's path."""
        return village_path(self.village[:6], self.village)

    def chance(self, *about: object) -> Random:
        """Chance of this household alone."""
        return source(self.seed, "household", self.number, *about)


def dwellings(seed: int, today: date, count: int = HOUSEHOLDS) -> list[Dwelling]:
    """The list: the villages take turns, so that each has about as many."""
    villages = province.village_codes()
    return [
        Dwelling(seed, number, villages[number % len(villages)], today)
        for number in range(1, count + 1)
    ]


def settle(session: Session, round_id: str, listed: list[Dwelling]) -> None:
    """The households are to be visited in the round; those already there stay as they are."""
    known = set(session.scalars(select(Household.id).where(Household.round_id == round_id)))
    for one in listed:
        if one.id not in known:
            session.execute(insert(Household).values(row(one, round_id)))
            progress.shift(session, round_id, one.village, one.path, None, Tally("todo"))


def row(one: Dwelling, round_id: str) -> dict[str, Any]:
    """The household as the list has it; the register of houses is sometimes out of date."""
    chance = one.chance("register")
    moved = chance.choice((-1, 1, 1)) if chance.random() < 0.15 else 0
    return {
        "id": one.id,
        "round_id": round_id,
        "village_code": one.village,
        "path": one.path,
        "house_number": one.house_number,
        "house_code": one.house_code,
        "head_name": people.full_name(one.members[0]),
        "people_registered": max(1, len(one.members) + moved),
    }

"""A survey's field work with forty frauds in it: who visits whom when, and what is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from webapp.demo.chance import source
from webapp.demo.fates import BANGKOK
from webapp.demo.seeded import frauds, honest, villages, volunteers
from webapp.demo.seeded.honest import Document, House
from webapp.demo.seeded.volunteers import Volunteer

BEGINS = date(2026, 10, 9)
HONEST, FRAUDS = 2_000, 40
HOUSEHOLDS_EACH = (25, 140)
"""How many households a volunteer has, from the fewest to the most."""

KIN = 0.06
"""How often the house next door is kin who live alike."""

BATCHED = ("invented", "of_an_evening")
"""Ways that are done several at a time, one straight after the other."""


@dataclass(frozen=True)
class HandedIn:
    """One interview as it reached the register; `way` is how it was made up, or None."""

    document: Document
    village: str
    volunteer: UUID
    way: str | None


@dataclass(frozen=True)
class Round:
    """One volunteer's households, in the order of the visits."""

    volunteer: Volunteer
    houses: list[House]
    chance: Random


def handed_in(seed: int, honest_ones: int = HONEST) -> list[HandedIn]:
    """Two thousand honest interviews and forty others, in the order in which they were finished.

    `honest_ones`: fewer for tests, but not below 300; the frauds are forty always.
    """
    rounds = _rounds(seed, honest_ones + FRAUDS)
    ways = _ways(source(seed, "seeded", "ways"), rounds)
    found = [one for round_ in rounds for one in _worked(round_, ways.get(round_.volunteer.id, {}))]
    return sorted(found, key=lambda one: str(one.document["finished_at"]))


def _rounds(seed: int, wanted: int) -> list[Round]:
    """The villages' households shared out among volunteers, as runs along the road."""
    chance = source(seed, "seeded", "rounds")
    found: list[Round] = []
    houses = list(_houses(seed, wanted))
    while houses:
        by_village = [one for one in houses if one.where.code == houses[0].where.code]
        each = max(HOUSEHOLDS_EACH[0], round(chance.triangular(*HOUSEHOLDS_EACH, 60)))
        if len(by_village) - each < HOUSEHOLDS_EACH[0]:
            each = len(by_village)
        taken, number = by_village[:each], len(found)
        houses = houses[each:]
        who = volunteers.volunteer(source(seed, "seeded", "volunteer", number))
        found.append(Round(who, taken, source(seed, "seeded", "round", number)))
    return found


def _houses(seed: int, wanted: int) -> Iterator[House]:
    """So many households, in villages of all sizes."""
    share = wanted / sum(villages.SIZES)
    number = 0
    for place in range(len(villages.SIZES)):
        where = villages.village(source(seed, "seeded", "village", place), place)
        last = place == len(villages.SIZES) - 1
        count = wanted - number if last else round(where.households * share)
        for _ in range(count):
            number += 1
            is_kin = source(seed, "seeded", "kin", number).random() < KIN
            yield House(seed, number, where, number - 1 if is_kin else None)


def _ways(chance: Random, rounds: list[Round]) -> dict[UUID, dict[int, str]]:
    """Which of whose households are made up, and how; all concerned work honestly besides."""
    rested = sorted(rounds, key=lambda one: (len(one.houses) < 35, chance.random()))
    found: dict[UUID, dict[int, str]] = {}
    for way, (_, count) in frauds.WAYS.items():
        left = count
        while left:
            who = next(one for one in rested if _room(one, found))
            rested.append(rested.pop(rested.index(who)))
            most = left if way in BATCHED or chance.random() < 0.5 else (left + 1) // 2
            mine = found.setdefault(who.volunteer.id, {})
            mine |= dict.fromkeys(_places(chance, who, most, way, set(mine)), way)
            left -= most
    return found


def _room(who: Round, found: dict[UUID, dict[int, str]]) -> bool:
    """Whether there is enough honest work for more of the other sort beside it."""
    return len(who.houses) - len(found.get(who.volunteer.id, ())) >= 25


def _places(chance: Random, who: Round, count: int, way: str, taken: set[int]) -> list[int]:
    """Places in the round: together, or here and there after the first dozen."""
    free = [place for place in range(12, len(who.houses)) if place not in taken]
    if way not in BATCHED:
        return sorted(chance.sample(free, count))
    start = chance.randrange(len(free) - count)
    return free[start : start + count]


def _worked(round_: Round, ways: dict[int, str]) -> Iterator[HandedIn]:
    """The volunteer goes from house to house; some houses are seen from the kitchen table only."""
    clock = _Clock(round_)
    done: list[Document] = []
    for place, house in enumerate(round_.houses):
        way = ways.get(place)
        begun = clock.begins(at_home=way in BATCHED)
        told = honest.visit(house, round_.volunteer, begun, place / len(round_.houses))
        if way:
            told = frauds.WAYS[way][0](house.chance("fraud"), told, done)
        else:
            done.append(told)
        clock.ends(datetime.fromisoformat(told["finished_at"]), told["mode"])
        yield HandedIn(told, house.where.code, round_.volunteer.id, way)


class _Clock:
    """When a volunteer's interviews begin: days of visits, walks between houses, paper at night."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.chance = round_.chance
        self.day = BEGINS + timedelta(days=self.chance.randint(0, 6))
        self.left = round_.volunteer.a_day
        self.free_from = self._hour(round_.volunteer.starts_at)
        self.was_at_home = False
        self.was_paper = False

    def begins(self, *, at_home: bool) -> datetime:
        """The next one begins then."""
        if at_home:
            return self._at_home()
        if self.left <= 0 or self.was_at_home:
            self._next_day()
        self.left -= 1
        between = self.round.houses[0].where.minutes_between
        walk = 60 * between * self.chance.lognormvariate(0, 0.7)
        if self.was_paper and self.chance.random() < 0.85:
            walk = self.chance.uniform(5, 90)  # the next form of the pile
        elif self.chance.random() < 0.08:
            walk += self.chance.uniform(1_200, 5_400)  # a meal, a talk, nobody at home
        return self.free_from + timedelta(seconds=walk)

    def ends(self, moment: datetime, mode: str) -> None:
        """That one is finished."""
        self.free_from = moment
        self.was_paper = mode == "paper"

    def _at_home(self) -> datetime:
        if not self.was_at_home:
            self.was_at_home = True
            self.free_from = max(self.free_from, self._hour(self.chance.uniform(18.5, 20.5)))
        return self.free_from + timedelta(seconds=self.chance.uniform(3, 60))

    def _next_day(self) -> None:
        volunteer = self.round.volunteer
        self.was_at_home = self.was_paper = False
        self.left = max(1, round(self.chance.gauss(volunteer.a_day, volunteer.a_day / 4)))
        self.day = max(self.day, (self.free_from + BANGKOK).date())
        self.day += timedelta(days=self.chance.choice((1, 1, 1, 2, 3)))
        self.free_from = self._hour(volunteer.starts_at + self.chance.uniform(-0.5, 1.2))

    def _hour(self, hour: float) -> datetime:
        return datetime.combine(self.day, time(0), UTC) - BANGKOK + timedelta(hours=hour)

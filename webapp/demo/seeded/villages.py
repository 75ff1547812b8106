"""Made-up villages that differ: what nearly everybody has, grows, owes, and how far one walks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from webapp.demo import rates

SIZES = (420, 330, 290, 250, 210, 180, 140, 110, 70, 40)
"""Households of the villages: a large one, a hamlet, and what lies between."""

SUBDISTRICTS = ("430104", "430105", "430106")
_ALIKE_VILLAGES = 4
_OFTEN = {
    "6.2": ("health_station", "public_hospital"),
    "22.3.1": ("yes", "no"),
    "22.4.1": ("yes", "no"),
    "22.4.2": ("yes", "no"),
    "23.4": ("yes", "no"),
    "23.5": ("yes", "no"),
    "12.7": ("farming", "industry"),
}
_GROUPS = {
    "6.4": ("not_checked", 36, (1.0, 8.0)),
    "7.1": ("not_exercising", 7, (0.4, 14.0)),
    "25.1": ("smokes", 18, (3.0, 20.0)),
}
"""Group, the age from which it is asked for certain, and how villages differ (a beta's shape)."""


@dataclass(frozen=True)
class Village:
    """A village and what its households have in common."""

    code: str
    households: int
    unusual: Mapping[str, float]
    """How often a question of choice is answered otherwise than usual."""
    leaning: Mapping[str, float]
    """How often the first of two answers is given, where there is no usual one."""
    farming: float
    rai: tuple[int, ...]
    baht_a_rai: int
    wage: int
    fund_loan: int
    minutes_between: float
    people: Mapping[str, float]
    """How often somebody is in the group that a question about people asks for."""


def village(chance: Random, number: int) -> Village:
    """The village of that place in the list; every third or so is poor, and alike throughout."""
    subdistrict = SUBDISTRICTS[number % len(SUBDISTRICTS)]
    alike = number % len(SIZES) >= len(SIZES) - _ALIKE_VILLAGES or number == 3
    return Village(
        code=f"{subdistrict}{number // len(SUBDISTRICTS) + 1:02}",
        households=SIZES[number % len(SIZES)],
        unusual=_unusual(chance, alike),
        leaning={question: chance.betavariate(1.2, 1.8) for question in _OFTEN},
        farming=chance.uniform(0.85, 0.97) if alike else chance.uniform(0.3, 0.75),
        rai=chance.choice(((5, 10), (5, 10, 15), (10,))) if alike else tuple(range(2, 31)),
        baht_a_rai=chance.choice((4_000, 4_500, 5_000, 6_000)),
        wage=chance.choice((300, 320, 350)),
        fund_loan=chance.choice((10_000, 20_000, 30_000)),
        minutes_between=chance.uniform(2, 9),
        people={
            question: chance.betavariate(*shape) for question, (_, _, shape) in _GROUPS.items()
        },
    )


def customs(
    chance: Random, where: Village, members: list[dict[str, Any]], year: int
) -> dict[str, Any]:
    """What a household answers because it lives there: questions that always apply."""
    found: dict[str, Any] = {}
    for question, (group, from_age, _) in _GROUPS.items():
        grown = [one["id"] for one in members if year - int(one["birth"][:4]) > from_age]
        share = where.people[question]
        found[question] = {"who": {id: group for id in grown if chance.random() < share}}
    for question, share in where.unusual.items():
        asked = rates.questions()[question]
        others = [one["name"] for one in asked["options"] if one["name"] != asked["usual"]]
        found[question] = chance.choice(others) if chance.random() < share else asked["usual"]
    for question in ("22.3.1", "22.4.1", "22.4.2", "23.4", "23.5"):
        first, second = _OFTEN[question]
        found[question] = first if chance.random() < where.leaning[question] else second
    return found


def _unusual(chance: Random, alike: bool) -> dict[str, float]:
    """Most things are as usual nearly everywhere; a few are not, in this village or that."""
    found = {}
    for id, asked in rates.questions().items():
        applies_always = asked["kind"] == "choice" and not asked.get("asked_if")
        if applies_always and isinstance(asked.get("usual"), str):
            common = chance.random() < 0.16
            share = chance.betavariate(2, 3) if common else chance.betavariate(0.5, 30)
            found[id] = share if not alike else round(share) * 0.97 + 0.01
    return found

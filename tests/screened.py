"""A village's interviews for screening to compare, one of them unlike the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tests import sightings
from tests.sightings import Sighting
from webapp.demo.chance import source
from webapp.services import screening
from webapp.services.screening import Place

SIZE = 44
ODD = 30
"""The number of the interview that a test makes unlike the others."""
MADE_UP = {
    "answers": {"4.1": "yes", "22.1.1": 100_000, "happiness": 10},
    "paradata": {"section_seconds": {"health": 4, "environment": 3}, "shortcuts": []},
}


def document(number: int) -> dict[str, Any]:
    """An everyday interview; each number answers a little differently."""
    chance = source(number, "screened")
    choices = {f"11.{n}": chance.choice(("yes", "yes", "no")) for n in (1, 2, 3, 4, 6, 7, 8)}
    money = {f"22.1.{n}": chance.randrange(20, 900) * 100 for n in (1, 2, 3, 4)}
    seconds = {name: chance.randint(200, 400) for name in ("health", "environment", "livelihood")}
    return {
        "answers": choices | money | {"happiness": chance.randint(5, 10)},
        "members": [{"id": "m1", "relation": "head", "birth": str(chance.randint(1940, 2000))}],
        "paradata": {"section_seconds": seconds, "shortcuts": []},
    }


def village(size: int = SIZE, **changed: Any) -> list[Sighting]:
    """So many interviews of one volunteer, and `changed` in the odd one."""
    made = [Sighting(number, document=document(number)) for number in range(1, size + 1)]
    if changed:
        odd = made[ODD - 1]
        made[ODD - 1] = replace(odd, document=odd.document | changed)
    return made


def screened(finder: Session) -> list[Place]:
    """What came is looked at, and the villages that are due are compared; which they were."""
    sightings.look(finder)
    found = []
    while place := screening.step(finder):
        found.append(place)
    finder.commit()
    return found

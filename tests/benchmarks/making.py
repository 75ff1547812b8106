"""Real interviews for a benchmark: five people, every question answered, sealed and signed."""

from __future__ import annotations

import copy
import os
import uuid
from datetime import date
from typing import Any

from tests.handset import Handset, Sealed, blank
from webapp.demo import answers, people
from webapp.demo.chance import source

PATTERNS, PEOPLE = 12, 5
PHOTO, SIGNATURE = 120 * 1024, 8 * 1024
POSITION = {
    "kind": "position",
    "latitude": 17.851,
    "longitude": 102.701,
    "accuracy": 12.0,
    "taken_at": "2026-11-23T02:00:00Z",
    "age_s": 3,
    "fixes": 4,
}

Household = tuple[str, str, str]


def patterns(phone: Handset) -> list[dict[str, Any]]:
    """A few filled questionnaires, of which every interview is a variation."""
    made = []
    for number in range(PATTERNS):
        chance = source(number, "benchmark")
        document = blank(phone)
        document.update(members=_five(number), answers={}, declined=[], evidence=[POSITION])
        answers.fill(chance, document)
        made.append(document)
    return made


def _five(number: int) -> list[dict[str, Any]]:
    for attempt in range(1000):
        found = people.household(source(number, "people", attempt), date.today())
        if len(found) == PEOPLE:
            return found
    raise RuntimeError("no household of five")


def interview(
    phone: Handset, pattern: dict[str, Any], household: Household, *, with_files: bool
) -> Sealed:
    """One finished interview of this household; the files' bytes are of a file's size only."""
    key, village, number = household
    document = copy.deepcopy(pattern)
    chance = source(0, key)
    for one in document["members"]:
        if "national_id" in one:
            one["national_id"] = people.national_id(chance)
    where = {"id": key, "new": False, "village": village, "house_number": number}
    document |= {"interview": str(uuid.uuid4()), "household": where}
    files = {"photo": os.urandom(PHOTO), "signature": os.urandom(SIGNATURE)} if with_files else {}
    return phone.interview(files, **document)

"""Interviews that did not take place, or not as they should have: seven ways in which it is done.

Each way takes the interview that would have been told and makes of it what a dishonest volunteer
hands in. How far somebody goes differs from one to the next; some are nearly honest.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from webapp.demo import people
from webapp.demo.rates import questions
from webapp.demo.seeded import time_spent
from webapp.demo.seeded.honest import Document
from webapp.demo.seeded.volunteers import SHORTCUT_SECTIONS

MONEY = ("22.1.1", "22.1.2", "22.1.3", "22.1.4", "22.2.1", "22.2.2", "22.2.3", "22.2.4")
_STAYS_OF_CONDITIONAL = ("7.1.how", "16.5", "17.5", "23.2", "31.1.1", "31.1.2", "31.1.3", "31.2.1",
                         "31.2.2")  # fmt: skip
_CLOSED = {
    "22.3.1": "no",
    "22.4.1": "no",
    "22.4.2": "no",
    "22.4.3": "no",
    "23.4": "no",
    "23.5": "no",
}

Way = Callable[[Random, Document, Sequence[Document]], Document]


def invented(chance: Random, truth: Document, _: Sequence[Document]) -> Document:
    """Made up at home in a minute or three: all is well, sums out of the head."""
    made = _smoothed(truth)
    for question in chance.sample(sorted(made["answers"]), chance.randint(0, 4)):
        made["answers"][question] = truth["answers"][question]
    _make_up_money(chance, made, 10_000)
    total = chance.uniform(50, 240)
    used = SHORTCUT_SECTIONS if chance.random() < 0.6 else ()
    return _noted(chance, made, _shares(chance, made, total), used)


def straight_lined(chance: Random, truth: Document, _: Sequence[Document]) -> Document:
    """At the door, but the first answer is tapped all the way down without reading."""
    made = _smoothed(truth)
    for question, asked in questions().items():
        if question in made["answers"] and asked["kind"] == "choice" and question not in _CLOSED:
            made["answers"][question] = asked["options"][0]["name"]
    for question in ("6.1", "6.2"):
        _all_in_one(made, question)
    made["answers"]["happiness"] = chance.choice((5, 10))
    _make_up_money(chance, made, 5_000)
    return _hurried(chance, made, 0.2, 0.5)


def copied(chance: Random, truth: Document, done: Sequence[Document]) -> Document:
    """Another household's answers again, with other names and a few things changed."""
    model = chance.choice(done[-12:])
    made = copy.deepcopy(truth)
    made["members"] = [_another(chance, one) for one in model["members"]]
    made["answers"] = copy.deepcopy(model["answers"])
    for question in chance.sample(sorted(made["answers"]), chance.randint(2, 9)):
        _change(chance, made["answers"], question)
    return _hurried(chance, made, 0.3, 0.75)


def by_shortcut(chance: Random, truth: Document, _: Sequence[Document]) -> Document:
    """The people and the sums are asked for; all else is one tap a section."""
    made = _smoothed(truth)
    for question in MONEY:
        made["answers"][question] = truth["answers"].get(question, 0)
    spent = time_spent.at_the_door(chance, made, chance.uniform(0.7, 1.2))
    for section in set(SHORTCUT_SECTIONS) & set(spent):
        spent[section] *= chance.uniform(0.04, 0.2)
    return _noted(chance, made, spent, SHORTCUT_SECTIONS)


def incomes_made_up(chance: Random, truth: Document, done: Sequence[Document]) -> Document:
    """Everything is asked but the money: the same sums for one house after another."""
    made = copy.deepcopy(truth)
    usual = Random(done[0]["author"]["account"])  # noqa: S311 - the volunteer's habit
    for question, low, high in (
        ("22.1.1", 6, 14), ("22.1.2", 1, 3), ("22.1.3", 1, 2), ("22.1.4", 1, 1), ("22.2.1", 1, 4),
        ("22.2.2", 3, 8), ("22.2.3", 1, 2),
    ):  # fmt: skip
        made["answers"][question] = usual.randint(low, high) * 10_000
    made["answers"]["22.1.1"] += chance.choice((0, 0, 0, 10_000, -10_000))
    spent = time_spent.at_the_door(chance, made, chance.uniform(0.8, 1.3))
    spent["livelihood"] *= chance.uniform(0.25, 0.6)
    return _noted(chance, made, spent, ())


def of_an_evening(chance: Random, truth: Document, _: Sequence[Document]) -> Document:
    """One after another at one table: neighbours known for years, filled in from memory."""
    made = copy.deepcopy(truth)
    plain = _smoothed(truth)["answers"]
    for question in made["answers"]:
        if question in plain and chance.random() < 0.6:
            made["answers"][question] = plain[question]
    made["answers"] = {id: value for id, value in made["answers"].items() if _fits(id, made)}
    _make_up_money(chance, made, 1_000)
    return _hurried(chance, made, 0.25, 0.6)


def half_asked(chance: Random, truth: Document, _: Sequence[Document]) -> Document:
    """Begun properly; from the third section on it is filled in on the way home."""
    made = copy.deepcopy(truth)
    plain = _smoothed(truth)["answers"]
    late = {
        id
        for id, at in time_spent.section_of().items()
        if at in ("education", "livelihood", "values")
    }
    made["answers"] = {
        id: plain.get(id) if id in late else value
        for id, value in made["answers"].items()
        if id not in late or id in plain
    }
    _make_up_money(chance, made, 5_000)
    spent = time_spent.at_the_door(chance, made, chance.uniform(0.7, 1.3))
    for section in ("education", "livelihood", "values", "happiness", "result"):
        if section in spent:
            spent[section] *= chance.uniform(0.08, 0.3)
    return _noted(chance, made, spent, ())


WAYS: dict[str, tuple[Way, int]] = {
    "invented": (invented, 7),
    "straight_lined": (straight_lined, 6),
    "copied": (copied, 7),
    "by_shortcut": (by_shortcut, 5),
    "incomes_made_up": (incomes_made_up, 5),
    "of_an_evening": (of_an_evening, 6),
    "half_asked": (half_asked, 4),
}
"""Each way with how many of the forty it has."""


def _smoothed(truth: Document) -> Document:
    """The same household with nothing wrong in it: the usual answer, nobody concerned, no debts."""
    made = copy.deepcopy(truth)
    found: dict[str, Any] = {}
    for question, value in truth["answers"].items():
        asked = questions()[question]
        if asked.get("asked_if") and question not in _STAYS_OF_CONDITIONAL:
            continue
        found[question] = _smooth(question, asked, value)
    made["answers"] = found
    return made


def _smooth(question: str, asked: dict[str, Any], value: Any) -> Any:
    if question in _CLOSED:
        return _CLOSED[question]
    if asked["kind"] == "choice":
        return asked.get("usual", value)
    if isinstance(value, dict) and question not in ("6.1", "6.2", "7.1.how"):
        return {next(iter(value)): {}}
    return value


def _fits(question: str, made: Document) -> bool:
    """What follows from an answer that is no longer given is gone too."""
    owes = question.startswith("22.4.") and question.count(".") == 3
    given = made["answers"]
    if owes:
        return bool(given.get(question.rsplit(".", 1)[0]) == "yes")
    if question.startswith(("22.3.1.", "22.3.2")):
        return bool(given.get("22.3.1") == "yes")
    return True


def _all_in_one(made: Document, question: str) -> None:
    """Everybody in the one group that most are in."""
    value = made["answers"].get(question)
    if isinstance(value, dict) and isinstance(value.get("who"), dict):
        first = "universal" if question == "6.1" else "health_station"
        several = bool(questions()[question].get("multiple"))
        value["who"] = {one: [first] if several else first for one in value["who"]}


def _make_up_money(chance: Random, made: Document, grid: int) -> None:
    """Sums out of the head, in the grid; what is earned is divided up afterwards."""
    people_there = len(made["members"])
    total = chance.randint(5, 9) * 10_000 * max(1, people_there // 2)
    sums = (total * 0.7, total * 0.1, total * 0.15, total * 0.05, total * 0.2, total * 0.4,
            total * 0.1, 0)  # fmt: skip
    for question, value in zip(MONEY, sums, strict=True):
        made["answers"][question] = round(value / grid) * grid


def _change(chance: Random, given: dict[str, Any], question: str) -> None:
    """One answer of a copy is made to differ."""
    asked, value = questions()[question], given[question]
    if asked["kind"] == "choice":
        given[question] = chance.choice([one["name"] for one in asked["options"]])
    elif isinstance(value, int):
        given[question] = max(
            0, value + chance.choice((-2, -1, 1, 2)) * (1_000 if value > 100 else 1)
        )


def _another(chance: Random, member: dict[str, Any]) -> dict[str, Any]:
    """Somebody else in the same place of a family."""
    made = copy.deepcopy(member)
    made["first_name"] = f"{member['first_name']}{chance.choice(('ดี', 'งาม', 'ทอง'))}"
    year, rest = member["birth"][:4], member["birth"][4:]
    made["birth"] = f"{int(year) + chance.choice((-1, 0, 0, 1))}{rest}"
    if rest == "-02-29":
        made["birth"] = member["birth"]
    if "national_id" in member:
        made["national_id"] = people.national_id(chance)
    return made


def _hurried(chance: Random, made: Document, low: float, high: float) -> Document:
    """All steps in a part of the time that asking takes."""
    return _noted(chance, made, time_spent.at_the_door(chance, made, chance.uniform(low, high)), ())


def _shares(chance: Random, made: Document, total: float) -> dict[str, float]:
    """So many seconds in all, shared out as asking would have been."""
    weights = time_spent.at_the_door(chance, made, 1.0)
    return {step: total * weight / sum(weights.values()) for step, weight in weights.items()}


def _noted(
    chance: Random, made: Document, spent: dict[str, float], used: Sequence[str]
) -> Document:
    """The phone notes what happened, not what should have."""
    begun = datetime.fromisoformat(made["started_at"])
    made["paradata"] = {
        "section_seconds": time_spent.counted(spent),
        "shortcuts": [
            {"section": one, "at": (begun + timedelta(seconds=20 * place)).isoformat()}
            for place, one in enumerate(used, start=1)
        ],
        "edits_after_result": 0 if chance.random() < 0.9 else 1,
        "screens_visited": len(made["answers"]) // 2 + chance.randint(2, 14),
        "result_private": False,
        "notice_read_aloud": chance.random() < 0.15,
    }
    made["mode"] = "doorstep"
    made["finished_at"] = (begun + timedelta(seconds=round(sum(spent.values())))).isoformat()
    return made

"""An interview that took place: what the household says, and what the phone notes of the asking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from webapp.demo import answers, people
from webapp.demo.chance import one_of, source, uuid4, uuid7
from webapp.demo.fates import BANGKOK
from webapp.demo.rates import QUESTIONNAIRE, questions
from webapp.demo.seeded import time_spent, villages
from webapp.demo.seeded.incomes import Purse
from webapp.demo.seeded.villages import Village
from webapp.demo.seeded.volunteers import SHORTCUT_SECTIONS, Volunteer

ROUND = "2569"
Document = dict[str, Any]


@dataclass(frozen=True)
class House:
    """One household to visit; kin next door live as they do."""

    seed: int
    number: int
    where: Village
    kin: int | None = None

    @property
    def id(self) -> UUID:
        """The household's id."""
        return uuid4(self.chance("id"))

    def chance(self, *about: object) -> Random:
        """Chance of this household alone."""
        return source(self.seed, "seeded", "house", self.number, *about)

    def of_kin(self, *about: object) -> Random:
        """Chance shared with the kin next door."""
        return replace(self, number=self.kin or self.number).chance(*about)


def visit(house: House, by: Volunteer, begun: datetime, experience: float) -> Document:
    """The interview as the phone hands it in. `experience`: 0 at the first one, 1 at the last."""
    chance = house.chance("visit")
    told = frame(house, by, begun, "paper" if chance.random() < by.on_paper else "doorstep")
    told["members"] = _members(house)
    told["cover"] = {
        "residence_land": one_of(house.of_kin("land"), {"own": 9, "rented": 1}),
        "livelihood_land": one_of(house.of_kin("land"), {"own": 6, "rented": 2, "none": 2}),
    }
    told["answers"] = _told(house, by, told)
    answers.fill(chance, told)
    _round_sums(chance, by, told["answers"])
    pace = by.pace * (1 - by.practice * experience)
    note(chance, told, by, pace)
    return told


def frame(house: House, by: Volunteer, begun: datetime, mode: str) -> Document:
    """A document with nothing in it yet."""
    return {
        "schema": 1,
        "interview": str(uuid7(house.chance("interview"), begun)),
        "number": 1,
        "based_on": [],
        "round": ROUND,
        "questionnaire": QUESTIONNAIRE,
        "mode": mode,
        "app": "0.1.0",
        "author": {"account": str(by.id), "device": str(by.device)},
        "household": {
            "id": str(house.id), "new": False, "village": house.where.code,
            "house_number": str(house.number),
        },
        "outcome": "interviewed",
        "date": (begun + BANGKOK).date().isoformat(),
        "started_at": begun.isoformat(),
        "cover": {},
        "members": [],
        "answers": {},
        "declined": [],
        "explanations": {},
        "evidence": [],
    }  # fmt: skip


def note(chance: Random, told: Document, by: Volunteer, pace: float) -> None:
    """What the phone notes of an honest interview, and when it ends."""
    on_paper = told["mode"] == "paper"
    spent = time_spent.at_the_door(chance, told, pace)
    if on_paper:
        spent = {step: seconds * 0.3 for step, seconds in spent.items()} | {"notice": 2.0}
    used = [] if on_paper else _shortcuts(chance, by, spent)
    if not on_paper and chance.random() < by.talks_first:
        _talk_first(chance, spent)
    if chance.random() < by.interrupted:
        spent[chance.choice(list(spent))] += chance.uniform(120, 900)
    begun = datetime.fromisoformat(told["started_at"])
    lost = chance.random() < 0.008  # the phone was restarted, or an app from before the record
    told["paradata"] = {
        "section_seconds": {} if lost else time_spent.counted(spent),
        "shortcuts": _at(begun, used, spent),
        "edits_after_result": sum(chance.random() < by.corrects for _ in range(4)),
        "screens_visited": len(told["answers"]) // 2 + chance.randint(8, 30),
        "result_private": chance.random() < 0.05,
        "notice_read_aloud": chance.random() < by.reads_aloud,
    }
    told["finished_at"] = (begun + timedelta(seconds=round(sum(spent.values())))).isoformat()


def _told(house: House, by: Volunteer, told: Document) -> dict[str, Any]:
    """What is as it is because of the village, the kin and the money; the rest is asked."""
    where, year = house.where, int(told["date"][:4])
    found = villages.customs(house.of_kin("customs"), where, told["members"], year)
    found |= Purse(house.of_kin("purse"), where, by, told["members"], year).told()
    found["happiness"] = house.chance("happiness").choice(by.happiness)
    return found


def _members(house: House) -> list[dict[str, Any]]:
    """The family; in a village of farmers most who work farm."""
    chance = house.chance("people")
    year = int(ROUND) - 543
    members = people.household(chance, datetime(year, 6, 1).date())  # noqa: DTZ001 - a day
    for one in members:
        works = one["occupation"] not in ("none", "student")
        if works and chance.random() < house.where.farming:
            one["occupation"] = "rice_farmer"
    return members


def _round_sums(chance: Random, by: Volunteer, given: dict[str, Any]) -> None:
    """Debts, savings and the like are told in round sums; a fund lends everybody the same."""
    for id, value in given.items():
        money = questions()[id]["kind"] == "amount" and not id.startswith(("22.1.", "22.2."))
        if money and isinstance(value, int) and value > 0:
            grid = 10_000 if value >= 50_000 else by.grid if chance.random() < 0.7 else 500
            given[id] = max(grid, round(value / grid) * grid)


def _shortcuts(chance: Random, by: Volunteer, spent: dict[str, float]) -> list[str]:
    """The sections closed by "all as usual": asked aloud all the same, without the tapping."""
    used = [one for one in SHORTCUT_SECTIONS if chance.random() < by.shortcuts[one]]
    for section in used:
        if section in spent:
            spent[section] *= chance.uniform(0.45, 0.85)
    return used


def _talk_first(chance: Random, spent: dict[str, float]) -> None:
    """Everything is talked over on the members' page; the entering is quick."""
    for section in set(time_spent.section_of().values()) & set(spent):
        talked = spent[section] * chance.uniform(0.5, 0.75)
        spent[section] -= talked
        spent["members"] += talked


def _at(begun: datetime, used: list[str], spent: dict[str, float]) -> list[dict[str, str]]:
    """When each shortcut was taken: as the sections follow each other."""
    found, moment = [], begun
    for step, seconds in spent.items():
        moment += timedelta(seconds=seconds)
        if step in used:
            found.append({"section": step, "at": moment.isoformat()})
    return found

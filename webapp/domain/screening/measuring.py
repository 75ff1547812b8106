"""The figures of one interview that screening compares: numbers and codes, nobody's words."""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from typing import Any
from uuid import UUID

Answers = Mapping[str, Any]
BANGKOK = timezone(timedelta(hours=7))
_OF_A_FAMILY = ("relation", "sex", "occupation", "education")
_YEARS = 5
"""Ages that fall into the same five years count as the same."""


@dataclass(frozen=True)
class Figures:
    """One interview as screening sees it. `seconds` is None where the phone noted no times."""

    interview: UUID
    volunteer: UUID
    questionnaire: str
    mode: str
    began: datetime
    ended: datetime
    asked: int
    seconds: int | None
    sections: Mapping[str, float]
    """Seconds a question, by section."""
    steps: Mapping[str, float]
    """Seconds of the steps that ask no questions (notice, cover, members, evidence …)."""
    straight: float
    shortcuts: int
    sums: Mapping[str, int]
    """Amounts of money above nothing, by question, in baht."""
    codes: bytes
    """Two bytes for each answer (little-endian), 0 for none: equal numbers are equal answers."""

    @property
    def noughts(self) -> dict[str, int]:
        """How many noughts each sum ends in, by question."""
        return {id: len(str(one)) - len(str(one).rstrip("0")) for id, one in self.sums.items()}

    @property
    def hour(self) -> float:
        """The hour of the day at which it began, Thai time."""
        local = self.began.astimezone(BANGKOK)
        return local.hour + local.minute / 60

    def kept(self) -> dict[str, Any]:
        """What the register keeps of it as JSON; the codes are kept as bytes."""
        return {
            "asked": self.asked,
            "seconds": self.seconds,
            "sections": dict(self.sections),
            "steps": dict(self.steps),
            "straight": self.straight,
            "shortcuts": self.shortcuts,
            "sums": dict(self.sums),
        }


class Reader:
    """Measures interviews of one version of the questionnaire."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.questions = {one["id"]: one for one in definition["questions"]}
        self.order = [id for id, one in self.questions.items() if one["kind"] != "derived"]
        self.section = {
            question: section["id"]
            for section in definition["sections"]
            for screen in section["screens"]
            for question in screen["questions"]
        }

    @cached_property
    def first(self) -> dict[str, str]:
        """The first answer of each list."""
        return {
            id: str(one["options"][0]["name"])
            for id, one in self.questions.items()
            if one["kind"] == "choice" and one["options"]
        }

    def measure(self, read: Read) -> Figures:
        """The figures; whatever a phone wrote otherwise than it should counts as not there."""
        given = {id: value for id, value in read.answers.items() if id in self.questions}
        began, ended = _moment(read.began), _moment(read.ended)
        spent = _spent(read.paradata)
        return Figures(
            interview=read.interview,
            volunteer=read.volunteer,
            questionnaire=read.questionnaire,
            mode=read.mode,
            began=began or ended or datetime(1970, 1, 1, tzinfo=UTC),
            ended=ended or began or datetime(1970, 1, 1, tzinfo=UTC),
            asked=_asked(given, read.members),
            seconds=round(sum(spent.values())) if spent else None,
            sections=self._sections(given, spent),
            steps=self._steps(spent, len(read.members)),
            straight=self._straight(given),
            shortcuts=_shortcuts(read.paradata),
            sums=self._sums(given),
            codes=self._codes(given, read.members),
        )

    def _sections(self, given: Answers, spent: Mapping[str, float]) -> dict[str, float]:
        asked = Counter(self.section[id] for id in given if id in self.section)
        return {
            section: round((spent.get(section, 0.0) + 1) / number, 3)
            for section, number in asked.items()
            if spent and number >= 3
        }

    def _steps(self, spent: Mapping[str, float], people: int) -> dict[str, float]:
        """The page of members is divided by them, since it grows with the family."""
        sections = set(self.section.values())
        return {
            step: round((seconds + 1) / (people + 1 if step == "members" else 1), 3)
            for step, seconds in spent.items()
            if step not in sections
        }

    def _straight(self, given: Answers) -> float:
        """The share of first answers among choices, and of "nobody" among questions of people."""
        told = []
        for id, value in given.items():
            if id in self.first:
                told.append(value == self.first[id])
            elif self.questions[id]["kind"] == "people":
                told.append(not _plain(value))
        return round(sum(told) / len(told), 4) if told else 0.0

    def _sums(self, given: Answers) -> dict[str, int]:
        return {
            id: int(value)
            for id, value in given.items()
            if self.questions[id]["kind"] == "amount" and _is_number(value) and value >= 1
        }

    def _codes(self, given: Answers, members: list[dict[str, Any]]) -> bytes:
        told = [_code(given[id]) if id in given else 0 for id in self.order]
        family: list[Any] = [[one.get(field) for one in members] for field in _OF_A_FAMILY]
        family.append([_five_years(one) for one in members])
        told += [_code(one) for one in family]
        return struct.pack(f"<{len(told)}H", *told)


@dataclass(frozen=True)
class Read:
    """What is read of an interview: answers of the head, times of the first revision."""

    interview: UUID
    volunteer: UUID
    questionnaire: str
    mode: str
    began: Any
    ended: Any
    answers: Answers
    members: list[dict[str, Any]]
    paradata: Mapping[str, Any]


def _asked(given: Answers, members: list[dict[str, Any]]) -> int:
    """Things asked: questions, and what was noted of each person."""
    return len(given) + sum(len(one) for one in members)


def _spent(paradata: Mapping[str, Any]) -> dict[str, float]:
    told = paradata.get("section_seconds")
    if not isinstance(told, dict):
        return {}
    return {step: float(spent) for step, spent in told.items() if _is_number(spent) and spent >= 0}


def _shortcuts(paradata: Mapping[str, Any]) -> int:
    told = paradata.get("shortcuts")
    if not isinstance(told, list):
        return 0
    return len({str(one.get("section")) for one in told if isinstance(one, dict)})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """Who is in which group as how many are: the same family writes its people in other orders."""
    if isinstance(value, dict):
        counts = value.get("count")
        if isinstance(counts, dict):
            return sorted((str(group), number) for group, number in counts.items() if number)
        who = value.get("who")
        groups = who.values() if isinstance(who, dict) else ()
        each = (one if isinstance(one, list) else [one] for one in groups)
        return sorted(Counter(str(group) for several in each for group in several).items())
    return sorted(map(str, value)) if isinstance(value, list) else value


def _code(value: Any) -> int:
    """From 1 to 65,535; that two answers share one by chance happens once in so many."""
    written = json.dumps(_plain(value) if isinstance(value, dict) else value, sort_keys=True)
    return zlib.crc32(written.encode()) % 65_535 + 1


def _five_years(member: Mapping[str, Any]) -> int:
    year = str(member.get("birth", ""))[:4]
    return int(year) // _YEARS if year.isascii() and year.isdigit() else 0


def _moment(told: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        return None
    return found if isinstance(found, datetime) and found.tzinfo else None

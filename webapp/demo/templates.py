"""Some hundred interviews that were really asked and evaluated, to be printed a million times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.demo import papers, proof, rates
from webapp.demo.fates import Fate, fates
from webapp.demo.households import Dwelling
from webapp.demo.province import village_codes
from webapp.demo.sending import ON_THE_WAY
from webapp.domain import documents, engine, grading
from webapp.services import progress
from webapp.services.progress import Tally

FIRST_NUMBER = 5_000_000
"""Far from the numbers of the demo's own households."""

_MARK = re.compile(rb'"@=(\w+)@"|@(\w+)@')


@dataclass(frozen=True)
class Printed:
    """A text with gaps: literals and the names of what goes between them, in turn."""

    parts: tuple[bytes, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: bytes) -> Printed:
        """`@name@` is a gap inside a string, `"@=name@"` one that is a number."""
        found = _MARK.split(text)
        names = [
            (one or other).decode() for one, other in zip(found[1::3], found[2::3], strict=True)
        ]
        return cls(tuple(found[0::3]), tuple(names))

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """The whole text."""
        pieces = [self.parts[0]]
        for name, literal in zip(self.names, self.parts[1:], strict=True):
            pieces += (values[name], literal)
        return b"".join(pieces)


@dataclass(frozen=True)
class Template:
    """One interview to print: what is the same for all copies."""

    answers: Printed
    evaluation: bytes
    tally: Tally
    members: tuple[dict[str, Any], ...]
    files: tuple[tuple[str, str], ...]
    state: str
    mode: str
    outcome: str
    head_name: str
    grade: str
    accuracy: float | None
    soft_open: int
    interviewed_on: date
    started_at: datetime
    finished_at: datetime
    received_at: datetime
    length: int


def make(seed: int, today: date, round_id: str, count: int) -> list[Template]:
    """So many templates, as often in each state as the demo's households are."""
    villages = village_codes()
    listed = [
        Dwelling(seed, FIRST_NUMBER + number, villages[number % len(villages)], today)
        for number in range(count * 3)
    ]
    usable = [one for one in fates(listed, []) if one.state != "custody"]
    return [_template(fate, round_id) for fate in usable[:count]]


def _template(fate: Fate, round_id: str) -> Template:
    files = proof.files(fate)
    lines = [_line(number, one) for number, one in enumerate(files)]
    made = papers.document(fate, round_id, lines + [_position(one) for one in proof.entries(fate)])
    evaluation = _evaluation(made)
    printed = Printed.of(papers.written(_with_gaps(made)))
    accuracy = next((one["accuracy"] for one in made["evidence"] if "accuracy" in one), None)
    inside = accuracy is not None or None
    kinds = frozenset(one.kind for one in files)
    grade = grading.grade(grading.Shown(kinds, accuracy, inside, fate.evidence == "note"))
    people = len(made["members"])
    interviewed = fate.outcome == "interviewed"
    return Template(
        answers=printed,
        evaluation=papers.written(evaluation),
        tally=progress.of_evaluation(fate.state, grade, people, evaluation)
        if interviewed
        else Tally(fate.state, grade),
        members=tuple(made["members"]),
        files=tuple((one.kind, one.media_type) for one in files),
        state=fate.state,
        mode=fate.mode,
        outcome=fate.outcome,
        head_name=_head(fate),
        grade=grade,
        accuracy=accuracy,
        soft_open=sum(one["severity"] == "soft" for one in evaluation["failures"])
        if interviewed
        else 0,
        interviewed_on=date.fromisoformat(made["date"]),
        started_at=fate.started_at,
        finished_at=fate.finished_at,
        received_at=fate.finished_at + ON_THE_WAY,
        length=len(papers.written(made)),
    )


def _evaluation(made: dict[str, Any]) -> dict[str, Any]:
    found = engine.evaluate(rates.QUESTIONNAIRE, made)
    return {name: found[name] for name in ("failures", "indicators", "values", "missing")}


def _head(fate: Fate) -> str:
    head = fate.dwelling.members[0]
    return f"{head['first_name']} {head['last_name']}"


def _line(number: int, one: proof.File) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "media_type": one.media_type,
        "size": len(one.content),
        "sha256": f"@plain{number}@",
        "sealed_sha256": f"@sealed{number}@",
        "sealed_size": len(one.content) + 81,
        "taken_at": one.taken_at.isoformat(),
    }


def _position(entry: dict[str, Any]) -> dict[str, Any]:
    if entry["kind"] != "position":
        return entry
    return entry | {"latitude": "@=latitude@", "longitude": "@=longitude@"}


def _with_gaps(made: dict[str, Any]) -> dict[str, Any]:
    """As the register shows it: no ID numbers, and gaps for all that differs between copies."""
    members = [
        {name: value for name, value in one.items() if name not in documents.SECRET_MEMBER_FIELDS}
        for one in made["members"]
    ]
    household = {"id": "@household@", "village": "@village@", "house_number": "@house_number@"}
    return made | {
        "interview": "@interview@",
        "author": {"account": "@account@", "device": "@device@"},
        "household": made["household"] | household,
        "members": members,
    }

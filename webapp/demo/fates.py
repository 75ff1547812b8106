"""What has become of each made-up household by today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

from webapp.demo import cast
from webapp.demo.cast import Person
from webapp.demo.chance import one_of
from webapp.demo.households import Dwelling

BANGKOK = timedelta(hours=7)
WEEKS_OF_WORK = 44
"""Days before today over which the interviews lie."""

STATES = {
    "todo": 29, "received": 38, "accepted": 16, "returned": 5, "custody": 3, "closed": 9,
}  # fmt: skip
OUTCOMES = {"refused": 15, "nobody_home": 35, "empty": 30, "moved": 15, "demolished": 5}
READY, NEARLY = "43010501", "43010502"
"""A village where all is done and looked at, and one where a little is left."""

RECORDED, DOUBTED = "43010801", "43010702"
"""Villages where everybody was visited: the sample may be drawn; and was, and tells otherwise."""

CUSTODY = ("hand_in", "not_assigned", "second_interview", "conflict", "unknown_version")
EVIDENCE = {
    "photo_signature_position": 58, "signature_position": 12, "photo_position": 6, "position": 4,
    "signature": 6, "photo": 3, "note": 3, "not_arrived": 4, "far": 2, "inaccurate": 2,
}  # fmt: skip
ON_PAPER = {"paper_form_signature": 70, "paper_form": 20, "signature": 10}


@dataclass(frozen=True)
class Fate:
    """One household's interview as it went."""

    dwelling: Dwelling
    volunteer: Person
    state: str
    outcome: str
    mode: str
    evidence: str
    custody: str | None
    is_new: bool
    started_at: datetime
    finished_at: datetime
    oddity: str | None = None
    """What somebody should look at, if anything; `like` is the other side of it."""
    like: Fate | None = None


def fates(listed: list[Dwelling], found: list[Dwelling]) -> list[Fate]:
    """The fate of every household of the list that somebody visited, and of those found there."""
    visited, troubles = [], cycle(CUSTODY)
    for one in listed:
        state = _state(one)
        if state != "todo":
            custody = next(troubles) if state == "custody" else None
            visited.append(_fate(one, state, custody, is_new=False))
    visited += [_fate(one, "received", None, is_new=True) for one in found]
    return sorted(visited, key=lambda fate: fate.finished_at)


def _state(one: Dwelling) -> str:
    """In the villages that are done, everybody was met and looked at but for the first houses."""
    if one.village not in (READY, NEARLY):
        drawn = one_of(one.chance("state"), STATES)
        is_left = one.village in (RECORDED, DOUBTED) and drawn in ("todo", "custody")
        return "received" if is_left else drawn
    left = {1: "todo", 2: "received"} if one.village == NEARLY else {}
    return left.get(one.number // 14 + 1, "accepted")


def _fate(one: Dwelling, state: str, custody: str | None, *, is_new: bool) -> Fate:
    chance = one.chance("fate")
    mode = "paper" if state != "closed" and chance.random() < 0.12 else "doorstep"
    if state == "closed":
        outcome, evidence = one_of(chance, OUTCOMES), one_of(chance, {"position": 2, "note": 1})
    else:
        outcome = "interviewed"
        evidence = one_of(chance, ON_PAPER if mode == "paper" else EVIDENCE)
    if one.village in (READY, NEARLY):
        mode, evidence = "doorstep", "photo_signature_position"
    started = _started(one)
    return Fate(
        one,
        cast.volunteer_of(one.village),
        state,
        outcome,
        mode,
        evidence,
        custody,
        is_new,
        started,
        started + timedelta(minutes=chance.randint(18, 47)),
    )


def _started(one: Dwelling) -> datetime:
    """In daylight, Thai time, on one of the days before today."""
    chance = one.chance("when")
    day: date = one.today - timedelta(days=chance.randint(1, WEEKS_OF_WORK))
    moment = datetime.combine(day, time(8), UTC) - BANGKOK
    return moment + timedelta(
        minutes=chance.randint(0, 9 * 60), milliseconds=chance.randint(0, 999)
    )

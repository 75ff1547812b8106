"""How the demo's volunteers worked: times as asking takes them, and some interviews to look at.

One of them has a handful made in the ways of the seeded frauds, so that screening has something to
show; everybody else's differ as people do.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from webapp.demo import fates, papers
from webapp.demo.cast import Person
from webapp.demo.chance import source
from webapp.demo.fates import Fate
from webapp.demo.households import Dwelling
from webapp.demo.papers import Document
from webapp.demo.province import village_codes
from webapp.demo.seeded import frauds, time_spent

TURNS = {
    "mali": {2: "invented", 4: "straight_lined", 7: "half_asked", 9: "incomes_made_up",
             11: "invented", 13: "by_shortcut", 16: "copied", 28: "straight_lined"},
}  # fmt: skip
"""Whose interviews are worth a look, and how, by the household's turn in its village."""


def as_worked(fate: Fate, made: Document, round_id: str) -> Document:
    """The interview as this volunteer handed it in."""
    if fate.outcome != "interviewed":
        return made
    chance = fate.dwelling.chance("worked")
    way = _way(fate)
    if way:
        return _otherwise(chance, fate, made, way, round_id)
    spent = time_spent.at_the_door(chance, made, _pace(fate.volunteer))
    if fate.mode == "paper":
        spent = {step: seconds * 0.3 for step, seconds in spent.items()}
    seconds = {"section_seconds": time_spent.counted(spent)}
    return made | {"paradata": made["paradata"] | seconds}


def _way(fate: Fate) -> str | None:
    usual = fate.state == "received" and fate.mode == "doorstep" and not fate.is_new
    turns = TURNS.get(fate.volunteer.username, {}) if usual else {}
    return turns.get(fate.dwelling.number // len(village_codes()))


def _otherwise(chance: Random, fate: Fate, made: Document, way: str, round_id: str) -> Document:
    """It ended when it ended; how long it took is another matter."""
    models = [_document_before(fate, round_id) or made]
    odd = frauds.WAYS[way][0](chance, made, models)
    took = datetime.fromisoformat(odd["finished_at"]) - datetime.fromisoformat(odd["started_at"])
    began = fate.finished_at - max(took, timedelta(seconds=30))
    return odd | {"started_at": began.isoformat(), "finished_at": fate.finished_at.isoformat()}


def _document_before(fate: Fate, round_id: str) -> Document | None:
    """An interview of the same volunteer in the village, finished before this one."""
    one, step = fate.dwelling, len(village_codes())
    for number in range(one.number % step, one.number, step):
        beside = Dwelling(one.seed, number, one.village, one.today) if number else None
        for other in fates.fates([beside], []) if beside else []:
            if _serves(other) and other.finished_at < fate.finished_at:
                return papers.document(other, round_id, [])
    return None


def _serves(other: Fate) -> bool:
    """Whether the interview is in the register as it was told."""
    return other.outcome == "interviewed" and not other.custody and not _way(other)


def _pace(volunteer: Person) -> float:
    """Somebody's own pace, the same all year."""
    return min(1.6, max(0.7, source(0, "pace", volunteer.username).lognormvariate(0, 0.2)))

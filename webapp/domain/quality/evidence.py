"""Check 6: evidence of consent for every household.

Source: the letter's quality table, check 6: a photo, or a signature, or coordinates, or anything
else that shows the visit.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import House, Village
from webapp.domain.quality.states import Check, Exceptional, Judged, Line, State, kept, percent

NO = 6
MOST_WITHOUT = 2
"""Of a hundred interviewed households."""


def judge(village: Village) -> Judged:
    """Every interviewed household has at least one item held; refusals are counted apart."""
    without = [one for one in village.interviewed if one.grade == "none"]
    on_the_way = [one for one in without if one.due]
    figures = {
        "interviewed": len(village.interviewed),
        "good": sum(one.grade == "good" for one in village.interviewed),
        "weak": sum(one.grade == "weak" for one in village.interviewed),
        "none": len(without),
        "waiting": len(on_the_way),
        "refused": sum(one.outcome == "refused" for one in village.houses),
    }
    return Judged(
        _state(figures),
        figures,
        exceptions=[Exceptional(_code(one), one.household, one.interview) for one in without],
        blockers=kept(
            evidence_missing=len(without) - len(on_the_way), evidence_on_the_way=len(on_the_way)
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """The share with an item, by grade, what is still on the way, and refusals apart."""
    whole = figures["interviewed"]
    return [
        Line("with_item", percent(figures["good"] + figures["weak"], whole), "percent"),
        Line("good", percent(figures["good"], whole), "percent"),
        Line("weak", percent(figures["weak"], whole), "percent"),
        Line("none", figures["none"]),
        Line("waiting", figures["waiting"]),
        Line("refused", figures["refused"]),
    ]


def _code(house: House) -> str:
    return "evidence_on_the_way" if house.due else "evidence_missing"


def _state(figures: Mapping[str, int]) -> State:
    if not figures["interviewed"]:
        return State.UNKNOWN
    missing = figures["none"] - figures["waiting"]
    if missing * 100 > MOST_WITHOUT * figures["interviewed"]:
        return State.BAD
    return State.ATTENTION if figures["none"] else State.GOOD


CHECK = Check(NO, "evidence", 1, judge, lines)

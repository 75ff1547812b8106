"""Check 7: re-asked at the forum, households answer as the form has it.

Source: the letter's quality table, check 7. The facts come from `jpt_back_check_facts`; while there
is no forum the check is awaited: shown as unknown, and no part of a village's worst state.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Judged, Line, State


def judge(village: Village) -> Judged:
    """Nothing is known until households have been asked again."""
    return Judged(State.UNKNOWN)


def lines(figures: Mapping[str, int]) -> list[Line]:
    """No figures yet."""
    return []


CHECK = Check(7, "back_check", 1, judge, lines, is_awaited=True)

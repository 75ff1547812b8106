"""The signs: which number of an interview each looks at, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from webapp.domain.screening.deviations import Numbers, deviations
from webapp.domain.screening.measuring import Figures
from webapp.domain.screening.neighbours import Beside

SHORTEST = 3
"""So many sections are looked at: the ones that are shortest for their kind."""


@dataclass(frozen=True)
class Sign:
    """One sign: the finding it leads to, how far somebody's own way excuses it, and its limits."""

    name: str
    finding: str
    own: float
    """By how much the volunteer's own middle counts as usual."""
    least: float
    """The least spread, in the sign's own measure (of logarithms where it is a time)."""
    most: float = 4.0
    """No sign gives more points, so that one alone does not decide."""


SIGNS = (
    Sign("pace", "times_short", own=0.5, least=0.15),
    Sign("sections", "times_short", own=0.5, least=0.2),
    Sign("straight", "straight_line", own=0.5, least=0.02),
    Sign("shortcuts", "shortcuts_many", own=0.8, least=0.7),
    Sign("alike", "households_alike", own=0.5, least=0.3, most=5.0),
    Sign("sums", "income_made_up", own=0.5, least=2.0, most=3.0),
    Sign("zeros", "income_made_up", own=0.5, least=0.25, most=3.0),
    Sign("gap", "close_together", own=0.5, least=0.5),
    Sign("hour", "close_together", own=0.9, least=1.0, most=2.0),
)
BY_NAME = {one.name: one for one in SIGNS}
FINDINGS = tuple(dict.fromkeys(one.finding for one in SIGNS))
SAYING_THE_SAME = ("times_short",)
"""Findings whose signs say the same, so that the larger counts and not both."""


@dataclass(frozen=True)
class Measures:
    """All signs of a group: shown values, and deviations upwards of what was expected."""

    shown: dict[str, Numbers]
    beyond: dict[str, Numbers]


def measures(group: Sequence[Figures], near: Beside) -> Measures:
    """The signs of every interview of the group, which is in the order of time."""
    owners = [one.volunteer for one in group]
    seconds = _numbers([one.seconds for one in group])
    pace = seconds / np.maximum(1, _numbers([one.asked for one in group]))
    shown = {
        "pace": pace,
        "straight": _numbers([one.straight for one in group]),
        "shortcuts": _numbers([one.shortcuts for one in group]),
        "alike": near.alike,
        "sums": near.sums,
        "zeros": _numbers([one.zeros for one in group]),
        "gap": near.gap,
        "hour": _numbers([one.hour for one in group]),
    }
    scaled = shown | {
        "pace": -np.log(np.maximum(pace, 0.01)),
        "alike": _logit(near.alike),
        "gap": -np.log(near.gap),
    }
    beyond = {
        name: deviations(values, owners, BY_NAME[name].own, BY_NAME[name].least)
        for name, values in scaled.items()
    }
    beyond["sections"], shown["sections"] = _sections(group, owners)
    return Measures(shown, beyond)


def _sections(group: Sequence[Figures], owners: Sequence[object]) -> tuple[Numbers, Numbers]:
    """The mean deviation of the shortest sections, and their seconds a question."""
    names = sorted({name for one in group for name in one.sections})
    if not names:
        return np.zeros(len(group)), np.full(len(group), np.nan)
    sign = BY_NAME["sections"]
    spent = np.array([_numbers([one.sections.get(name) for one in group]) for name in names])
    beyond = np.array([deviations(-np.log(row), owners, sign.own, sign.least) for row in spent])
    shortest = np.argsort(-beyond, axis=0)[:SHORTEST]
    chosen = np.take_along_axis(spent, shortest, axis=0)
    known = np.where(np.isnan(chosen), 0, chosen).sum(axis=0) / len(shortest)
    return np.take_along_axis(beyond, shortest, axis=0).mean(axis=0), known


def _logit(shares: Numbers) -> Numbers:
    found: Numbers = np.log((shares + 0.02) / (1.02 - shares))
    return found


def _numbers(values: Sequence[float | None]) -> Numbers:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)

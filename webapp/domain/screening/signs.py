"""The signs: which number of an interview each looks at, and beside what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from webapp.domain.screening.deviations import Numbers, deviations, spreads
from webapp.domain.screening.measuring import Figures
from webapp.domain.screening.neighbours import Beside

QUICKEST = 2
"""So many sections are looked at: the quickest beside the rest of their own interview."""

STEPS_AT_LEAST = 4
"""With times of fewer steps nothing is said of an interview's own pace."""

LEAST_OF_A_SECTION = 0.2
FINEST = 3
"""So many sums are looked at: those that end in the fewest noughts."""


@dataclass(frozen=True)
class Sign:
    """One sign: the finding it leads to, what it is held beside, and its limits."""

    name: str
    finding: str
    least: float
    """The least spread, in the sign's own measure (of logarithms where it is a time)."""
    most: float = 4.0
    """No sign gives more spreads: one wild number weighs no more than one that is far out."""
    weight: float = 1.0
    """Points for each spread: an interview that nobody gave is quick and says the first answer."""
    own_alone: bool = False
    """Held beside the volunteer's own interviews and not the village's: a habit is no reason."""


SIGNS = (
    Sign("pace", "times_short", least=0.15, weight=1.5),
    Sign("uneven", "times_short", least=0.3),
    Sign("straight", "straight_line", least=0.02, weight=1.5),
    Sign("shortcuts", "shortcuts_many", least=0.7),
    Sign("alike", "households_alike", least=0.3, most=5.0, weight=1.25),
    Sign("sums", "income_made_up", least=2.0, most=3.0),
    Sign("zeros", "income_made_up", least=0.25, most=3.0),
    Sign("finest", "income_made_up", least=0.25, most=3.0, own_alone=True),
    Sign("gap", "close_together", least=0.5),
    Sign("hour", "close_together", least=1.0, most=2.0, own_alone=True),
)
BY_NAME = {one.name: one for one in SIGNS}
FINDINGS = tuple(dict.fromkeys(one.finding for one in SIGNS))


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
        "zeros": _zeros(group),
        "finest": _numbers([_finest(one) for one in group]),
        "gap": near.gap,
        "hour": _numbers([one.hour for one in group]),
    }
    scaled = shown | {
        "pace": -np.log(np.maximum(pace, 0.01)),
        "alike": _logit(near.alike),
        "gap": -np.log(near.gap),
    }
    shown["uneven"], scaled["uneven"] = _uneven(group)
    beyond = {
        sign.name: deviations(scaled[sign.name], owners, sign.least, own_alone=sign.own_alone)
        for sign in SIGNS
    }
    return Measures(shown, beyond)


def _uneven(group: Sequence[Figures]) -> tuple[Numbers, Numbers]:
    """How much quicker the quickest sections went than the rest of the same interview.

    As the share of the time that the interview's own pace would have given them, and in spreads.
    Somebody's manner, the household's and the day's fall out: they are the same in all sections.
    """
    share, score = (np.full(len(group), np.nan) for _ in range(2))
    timed = [place for place, one in enumerate(group) if _is_timed(one)]
    if not timed:
        return share, score
    logs, sections = _by_step([group[place] for place in timed])
    slower = logs - np.nanmedian(logs, axis=1, keepdims=True)
    quicker = (np.nanmedian(slower, axis=0) - slower)[:sections]
    beyond = np.array([spreads(row, LEAST_OF_A_SECTION) for row in quicker])
    beyond[np.isnan(quicker)] = -np.inf
    quickest = np.argsort(-beyond, axis=0)[:QUICKEST]
    share[timed] = np.exp(-np.take_along_axis(quicker, quickest, axis=0).mean(axis=0))
    score[timed] = np.take_along_axis(beyond, quickest, axis=0).mean(axis=0)
    return share, score


def _is_timed(one: Figures) -> bool:
    return len(one.sections) >= QUICKEST and len(one.sections) + len(one.steps) >= STEPS_AT_LEAST


def _by_step(group: Sequence[Figures]) -> tuple[Numbers, int]:
    """Logarithms of the seconds of each section, then of each step; how many are sections."""
    sections = sorted({name for one in group for name in one.sections})
    steps = sorted({name for one in group for name in one.steps})
    rows = [_numbers([one.sections.get(name) for one in group]) for name in sections]
    rows += [_numbers([one.steps.get(name) for one in group]) for name in steps]
    return np.log(np.array(rows)), len(sections)


def _zeros(group: Sequence[Figures]) -> Numbers:
    """Noughts that sums end in, on average, of questions that most have a sum for.

    The others are of debts and funds, which are round everywhere.
    """
    often = Counter(question for one in group for question in one.sums)
    usual = {question for question, number in often.items() if number * 2 >= len(group)}
    each = [[n for id, n in one.noughts.items() if id in usual] for one in group]
    return _numbers([sum(one) / len(one) if one else None for one in each])


def _finest(one: Figures) -> float | None:
    """Noughts that the least round sums end in: allowances and wages are rarely all round."""
    least = sorted(one.noughts.values())[:FINEST]
    return sum(least) / len(least) if least else None


def _logit(shares: Numbers) -> Numbers:
    found: Numbers = np.log((shares + 0.02) / (1.02 - shares))
    return found


def _numbers(values: Sequence[float | None]) -> Numbers:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)

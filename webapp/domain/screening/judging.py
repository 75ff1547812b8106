"""Points, scores, and which interviews stand out in their group, each with its reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from webapp.domain.screening import neighbours, signs
from webapp.domain.screening.deviations import Numbers, fence, middle
from webapp.domain.screening.measuring import Figures
from webapp.domain.screening.neighbours import Beside
from webapp.domain.screening.signs import SIGNS, Measures

VERSION = 2
FEWEST = 30
"""A smaller group says nothing of what is usual."""

REACH, LEAST = 1.7, 2.0
"""Tukey's fence, in quartile distances above the third quartile; and the least such distance."""

FREE = 1.0
"""A deviation up to here is everybody's."""

A_REASON = 0.5
"""The points from which a sign is told as a reason."""


@dataclass(frozen=True)
class Reason:
    """One reason to look: the sign's value beside what is usual in the group, and its points."""

    sign: str
    finding: str
    points: float
    value: float
    low: float
    usual: float
    high: float
    other: UUID | None = None
    count: int | None = None

    def figures(self) -> dict[str, float | int]:
        """Its numbers alone, as a finding keeps them."""
        numbers = {name: getattr(self, name) for name in ("value", "low", "usual", "high")}
        return numbers if self.count is None else numbers | {"count": self.count}

    def told(self) -> dict[str, Any]:
        """All of it as JSON."""
        other = {"other": str(self.other)} if self.other else {}
        names = {"sign": self.sign, "finding": self.finding, "points": self.points}
        return names | self.figures() | other


@dataclass(frozen=True)
class Judged:
    """One interview among its like. `stands_out` alone makes findings; a score alone does not."""

    interview: UUID
    volunteer: UUID
    score: float
    stands_out: bool
    reasons: tuple[Reason, ...]
    shown: Mapping[str, float]
    """The value of each sign, and the minutes it took; left out where it is not known."""


def judge(everybody: Sequence[Figures], mode: str) -> list[Judged]:
    """The interviews of one mode among those of a village (or subdistrict), of one questionnaire.

    Those of the other mode serve to find neighbours only. Nothing where fewer than FEWEST are of
    the mode: there is too little to say what is usual.
    """
    if sum(one.mode == mode for one in everybody) < FEWEST:
        return []
    in_time = sorted(everybody, key=lambda one: (one.ended, str(one.interview)))
    near = neighbours.beside(in_time).only([one.mode == mode for one in in_time])
    ordered = [one for one in in_time if one.mode == mode]
    found = signs.measures(ordered, near)
    points = _points(found)
    scores: Numbers = np.sum(list(points.values()), axis=0)
    limit = fence(scores, REACH, LEAST)
    return [
        Judged(
            one.interview,
            one.volunteer,
            round(float(scores[place]), 3),
            bool(scores[place] > limit),
            _reasons(found, points, near, place) if scores[place] > limit else (),
            _shown(found, one, place),
        )
        for place, one in enumerate(ordered)
    ]


def _points(found: Measures) -> dict[str, Numbers]:
    return {
        sign.name: sign.weight * np.clip(found.beyond[sign.name] - FREE, 0, sign.most)
        for sign in SIGNS
    }


def _shown(found: Measures, one: Figures, place: int) -> dict[str, float]:
    told = {name: float(values[place]) for name, values in found.shown.items()}
    told["minutes"] = math.nan if one.seconds is None else one.seconds / 60
    return {name: round(value, 4) for name, value in told.items() if not math.isnan(value)}


def _reasons(
    found: Measures, points: dict[str, Numbers], near: Beside, place: int
) -> tuple[Reason, ...]:
    """The signs that say something, the one with most points first; never none."""
    told = []
    least = min(A_REASON, max(float(given[place]) for given in points.values()))
    for sign in SIGNS:
        given = float(points[sign.name][place])
        among = middle(found.shown[sign.name])
        if given < least or among is None:
            continue
        told.append(
            Reason(
                sign.name,
                sign.finding,
                round(given, 2),
                round(float(found.shown[sign.name][place]), 4),
                round(among.low, 4),
                round(among.usual, 4),
                round(among.high, 4),
                near.likest[place] if sign.name == "alike" else None,
                near.equal_sums[place] if sign.name == "sums" else None,
            )
        )
    return tuple(sorted(told, key=lambda one: -one.points))

"""Volunteers of a village: how many of their interviews stand out, beside what is usual there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import numpy as np

from webapp.domain.screening.deviations import middle
from webapp.domain.screening.judging import Judged

FEWEST = 10
"""Of fewer interviews nothing is said."""

USUAL_AT_LEAST = 0.01
"""Where nobody else's stand out, one in a hundred is still taken for chance."""

UNRANKED = -1000.0
"""Whoever has too few stands after everybody else."""


@dataclass(frozen=True)
class Ranked:
    """One volunteer's interviews in one village; `judged` of them had enough to be held beside."""

    volunteer: UUID
    interviews: int
    judged: int
    standing_out: int
    usual_share: float
    rank: float
    reasons: dict[str, int]
    """For each finding, in how many interviews that stand out it is a reason."""
    beside: dict[str, dict[str, Any]]
    """Each sign's quartiles: the volunteer's own, and everybody's of the group."""


def rank(judged: Sequence[Judged], village: Mapping[UUID, UUID]) -> list[Ranked]:
    """The volunteers of a village, most beyond the usual first.

    `judged`: the village's interviews, and those of the subdistrict that they were held beside;
    `village`: whose each of the village's interviews is, judged or not.
    """
    found = []
    for volunteer, number in Counter(village.values()).items():
        mine = [one for one in judged if village.get(one.interview) == volunteer]
        found.append(_ranked(volunteer, number, mine, judged))
    return sorted(found, key=lambda one: (-one.rank, str(one.volunteer)))


def _ranked(who: UUID, number: int, mine: list[Judged], everybody: Sequence[Judged]) -> Ranked:
    standing = [one for one in mine if one.stands_out]
    others = len(everybody) - len(mine)
    beyond = sum(one.stands_out for one in everybody) - len(standing)
    share = max(USUAL_AT_LEAST, beyond / others if others else 0.0)
    expected = share * len(mine)
    reasons = Counter(
        finding for one in standing for finding in {reason.finding for reason in one.reasons}
    )
    excess = (len(standing) - expected) / math.sqrt(expected + 1)
    return Ranked(
        volunteer=who,
        interviews=number,
        judged=len(mine),
        standing_out=len(standing),
        usual_share=round(share, 4),
        rank=round(excess, 3) if len(mine) >= FEWEST else UNRANKED,
        reasons=dict(sorted(reasons.items())),
        beside=_beside(mine, everybody),
    )


def _beside(mine: Collection[Judged], everybody: Collection[Judged]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in sorted({name for one in mine for name in one.shown}):
        own, all_ = (
            middle(np.array([one.shown[name] for one in group if name in one.shown]))
            for group in (mine, everybody)
        )
        if own and all_:
            found[name] = {"own": asdict(own), "all": asdict(all_)}
    return found

"""Robust deviations: from the middle of a group, moved towards the volunteer's own middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
OWN_FROM = 10
"""So many interviews of a volunteer weigh as much as what is known of the village."""

TO_SIGMA = 1.4826
"""What makes the median absolute deviation of a normal distribution its standard deviation."""


@dataclass(frozen=True)
class Middle:
    """A group's quartiles."""

    low: float
    usual: float
    high: float


def middle(values: Numbers) -> Middle | None:
    """The quartiles of what is known."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, usual, high = np.quantile(known, (0.25, 0.5, 0.75))
    return Middle(float(low), float(usual), float(high))


def deviations(values: Numbers, owners: Sequence[Any], own: float, least: float) -> Numbers:
    """How many spreads each value lies above what was expected; 0 where it is not known.

    `own`: the share (0 to 1) by which a volunteer's own middle is taken for usual.
    """
    found = middle(values)
    if found is None:
        return np.zeros(len(values))
    beyond = values - _expected(values, owners, own, found.usual)
    spread = max(TO_SIGMA * float(np.nanmedian(np.abs(beyond))), least)
    return np.nan_to_num(beyond / spread)


def fence(scores: Numbers, reach: float, least: float) -> float:
    """The score above which one lies far out among its like (Tukey)."""
    low, high = np.quantile(scores, (0.25, 0.75))
    return float(high + reach * max(high - low, least))


def _expected(values: Numbers, owners: Sequence[Any], own: float, usual: float) -> Numbers:
    expected = np.full(len(values), usual)
    for places in by_owner(owners).values():
        mine = values[places]
        number = int(np.count_nonzero(~np.isnan(mine)))
        if number:
            share = own * number / (number + OWN_FROM)
            expected[places] += share * (float(np.nanmedian(mine)) - usual)
    return expected


def by_owner(owners: Sequence[Any]) -> dict[Any, list[int]]:
    """The places of each owner's interviews, in order."""
    found: dict[Any, list[int]] = {}
    for place, owner in enumerate(owners):
        found.setdefault(owner, []).append(place)
    return found

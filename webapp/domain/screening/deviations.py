"""Robust deviations: from the middle of a group, and from the volunteer's own middle."""

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

ONE_SIGMA = 0.84
"""The share of a normal distribution that lies below one standard deviation above its middle."""


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


def deviations(
    values: Numbers, owners: Sequence[Any], least: float, *, own_alone: bool = False
) -> Numbers:
    """How many spreads each value lies above what was expected; 0 where it is not known.

    Beside everybody and beside the volunteer's own, the larger of the two; or beside the own alone.
    """
    found = middle(values)
    if found is None:
        return np.zeros(len(values))
    beside_own = spreads(values - _expected(values, owners, found.usual), least)
    if own_alone:
        return beside_own
    larger: Numbers = np.maximum(spreads(values - found.usual, least), beside_own)
    return larger


def spreads(beyond: Numbers, least: float) -> Numbers:
    """The same in spreads from its middle: upwards, since that is where signs point.

    What lies between the middle and the 84th hundredth is one spread of a normal distribution; a
    sign with a long upper tail has more there than its median absolute deviation says.
    """
    centre, above = np.nanquantile(beyond, (0.5, ONE_SIGMA))
    usual = TO_SIGMA * float(np.nanmedian(np.abs(beyond - centre)))
    found: Numbers = np.nan_to_num((beyond - centre) / max(usual, float(above - centre), least))
    return found


def fence(scores: Numbers, reach: float, least: float) -> float:
    """The score above which one lies far out among its like (Tukey)."""
    low, high = np.quantile(scores, (0.25, 0.75))
    return float(high + reach * max(high - low, least))


def _expected(values: Numbers, owners: Sequence[Any], usual: float) -> Numbers:
    expected = np.full(len(values), usual)
    for places in by_owner(owners).values():
        mine = values[places]
        number = int(np.count_nonzero(~np.isnan(mine)))
        if number:
            share = number / (number + OWN_FROM)
            expected[places] += share * (float(np.nanmedian(mine)) - usual)
    return expected


def by_owner(owners: Sequence[Any]) -> dict[Any, list[int]]:
    """The places of each owner's interviews, in order."""
    found: dict[Any, list[int]] = {}
    for place, owner in enumerate(owners):
        found.setdefault(owner, []).append(place)
    return found

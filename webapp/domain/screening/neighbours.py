"""An interview beside the others of the same volunteer: how alike, what sums, how soon after."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from webapp.domain.screening.deviations import Numbers, by_owner
from webapp.domain.screening.measuring import Figures

Codes = NDArray[np.uint16]


@dataclass(frozen=True)
class Beside:
    """Each interview's likest earlier one of the volunteer; how near in answers and in time."""

    alike: Numbers
    """Share of its answers that the likest has too, rare answers counting for more; NaN: none."""
    likest: list[UUID | None]
    sums: Numbers
    """How telling the sums are that another household of the volunteer has as well (nats)."""
    equal_sums: list[int]
    gap: Numbers
    """Seconds to the volunteer's interviews before and after: their geometric mean; NaN: none."""

    def only(self, kept: Sequence[bool]) -> Beside:
        """That of some of the interviews."""
        mask = np.array(kept)
        return Beside(
            self.alike[mask],
            list(compress(self.likest, kept)),
            self.sums[mask],
            list(compress(self.equal_sums, kept)),
            self.gap[mask],
        )


def beside(group: Sequence[Figures]) -> Beside:
    """Everybody's interviews beside their own; the group is in the order of time."""
    count = len(group)
    found = Beside(
        np.full(count, np.nan), [None] * count, np.zeros(count), [0] * count, np.full(count, np.nan)
    )
    codes = np.frombuffer(b"".join(one.codes for one in group), dtype="<u2").reshape(count, -1)
    weights = telling(codes)
    shares = _shares_of_sums(group)
    for places in by_owner([one.volunteer for one in group]).values():
        _answers(found, group, codes, weights, places)
        _sums(found, group, shares, places)
        _gaps(found, group, places)
    return found


def telling(codes: Codes) -> Numbers:
    """How much an equal answer says, by question: -log of how often two households have one."""
    weights = np.zeros(codes.shape[1])
    for question in range(codes.shape[1]):
        _, counts = np.unique(codes[:, question], return_counts=True)
        weights[question] = -math.log(float(np.sum((counts / len(codes)) ** 2)))
    return weights


def _answers(
    found: Beside, group: Sequence[Figures], codes: Codes, weights: Numbers, places: list[int]
) -> None:
    mine = codes[places]
    for number, place in enumerate(places[1:], start=1):
        this, earlier = mine[number], mine[:number]
        same = ((earlier == this) & (this > 0)) @ weights
        either = ((earlier > 0) | (this > 0)) @ weights
        shares = same / np.maximum(either, 1e-9)
        best = int(np.argmax(shares))
        found.alike[place] = shares[best]
        found.likest[place] = group[places[best]].interview


def _shares_of_sums(group: Sequence[Figures]) -> dict[tuple[str, int], float]:
    """How telling each sum of each question is: rare ones are."""
    counts = Counter(sum_ for one in group for sum_ in one.sums.items())
    return {sum_: math.log(len(group) / number) for sum_, number in counts.items()}


def _sums(
    found: Beside,
    group: Sequence[Figures],
    shares: dict[tuple[str, int], float],
    places: list[int],
) -> None:
    holders: dict[tuple[str, int], list[int]] = {}
    for place in places:
        for told in group[place].sums.items():
            holders.setdefault(told, []).append(place)
    for place in places:
        weights: dict[int, float] = {}
        for told in group[place].sums.items():
            for other in holders[told]:
                weights[other] = weights.get(other, 0.0) + shares[told]
        weights.pop(place, None)
        if weights:
            other = max(weights, key=lambda one: weights[one])
            found.sums[place] = weights[other]
            found.equal_sums[place] = len(group[place].sums.items() & group[other].sums.items())


def _gaps(found: Beside, group: Sequence[Figures], places: list[int]) -> None:
    """A walk may be short once; who sits at a table has none before and none after."""
    logs: dict[int, list[float]] = {place: [] for place in places}
    for before, after in pairwise(places):
        gap = math.log(max(1.0, (group[after].began - group[before].ended).total_seconds()))
        logs[before].append(gap)
        logs[after].append(gap)
    for place, sides in logs.items():
        if sides:
            found.gap[place] = math.exp(sum(sides) / len(sides))

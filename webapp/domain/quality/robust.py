"""Robust statistics: a median and its spread, which a few wild values do not move.

Sources: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993), modified z-score above 3.5;
where more than half of the values are equal and the MAD is 0, the mean absolute deviation
takes its place, as they do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LIMIT = 3.5
MAD_AS_SIGMA = 1.4826
MEAN_DEVIATION_AS_SIGMA = 1.2533
FEWEST = 10
"""Of fewer households none is called unusual: a median of nine says little."""


@dataclass(frozen=True)
class Spread:
    """The middle of logarithms and their robust standard deviation."""

    middle: float
    sigma: float

    def score(self, value: float) -> float:
        """How many robust standard deviations a value lies from the middle; 0 without spread."""
        return (_log(value) - self.middle) / self.sigma if self.sigma else 0.0

    def is_unusual(self, value: float) -> bool:
        """Whether it lies further out than 3.5."""
        return abs(self.score(value)) > LIMIT


def spread(values: Sequence[float]) -> Spread | None:
    """The spread of amounts on a logarithmic scale; None of fewer than ten."""
    if len(values) < FEWEST:
        return None
    logs = [_log(one) for one in values]
    middle = median(logs)
    deviations = [abs(one - middle) for one in logs]
    sigma = MAD_AS_SIGMA * median(deviations)
    return Spread(middle, sigma or MEAN_DEVIATION_AS_SIGMA * sum(deviations) / len(deviations))


def most_common(values: Sequence[int]) -> int:
    """How many share the value that most have; 0 of none."""
    return max(Counter(values).values(), default=0)


def _log(value: float) -> float:
    """Incomes are skewed, and a household may have none at all."""
    return math.log1p(max(0.0, value))

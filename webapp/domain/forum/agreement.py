"""How far two tellings agree, question by question, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

Z = 1.96

Compared = dict[str, bool | None]
"""By question: the same, not the same, or None where one of the two said nothing."""


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, in percent."""

    percent: float
    low: float
    high: float


def compared(first: Mapping[str, Any], again: Mapping[str, Any]) -> Compared:
    """Answers in the engine's own form, the first ones beside those of the forum."""
    return {
        question: None
        if first.get(question) is None or said is None
        else first.get(question) == said
        for question, said in again.items()
    }


@dataclass(frozen=True)
class Together:
    """Several households' answers: how many are the same, of how many, in how many households."""

    agreeing: int
    answers: int
    households: int

    @property
    def share(self) -> Share | None:
        """With its interval."""
        return of_answers(self.agreeing, self.answers, self.households)


def together(many: Iterable[Mapping[str, bool | None]], question: str | None = None) -> Together:
    """All answers of these households, or those to one question."""
    each = [
        [same for name, same in one.items() if same is not None and question in (None, name)]
        for one in many
    ]
    answers = [same for one in each for same in one]
    return Together(sum(answers), len(answers), sum(bool(one) for one in each))


def wilson(agreeing: float, asked: float, decimals: int = 1) -> Share | None:
    """A share and its 95 % score interval (Wilson 1927); nothing of nothing.

    It holds for few and for shares near 100 %, where the usual plus-minus fails.
    """
    if asked <= 0:
        return None
    share, z2 = agreeing / asked, Z * Z
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = Z / (1 + z2 / asked) * sqrt(share * (1 - share) / asked + z2 / (4 * asked * asked))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(*(round(one * 100, decimals) for one in (share, low, high)))


def of_answers(agreeing: int, answers: int, households: int, decimals: int = 1) -> Share | None:
    """The share of many answers of few households.

    Answers of one household lean on each other, so the interval counts households: it is rather
    too wide than too narrow.
    """
    return wilson(agreeing / answers * households, households, decimals) if answers else None

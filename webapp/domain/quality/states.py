"""How a check stands, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from webapp.domain.quality.facts import Village


class State(IntEnum):
    """From good to bad; what nobody knows yet is no good, and no worse than what needs a look."""

    GOOD = 0
    UNKNOWN = 1
    ATTENTION = 2
    BAD = 3

    @property
    def key(self) -> str:
        """The state's word in data and texts."""
        return self.name.lower()


@dataclass(frozen=True)
class Exceptional:
    """A household that a check points at; `detail` holds figures and codes only."""

    code: str
    household: UUID
    interview: UUID | None
    is_cleared: bool = False
    detail: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """What a check says of a village.

    `figures` can be added up over villages; `own` cannot (a median, a share). `blockers` are what
    keeps the village from being certified, by code, with how many.
    """

    state: State
    figures: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)
    exceptions: Sequence[Exceptional] = ()
    blockers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A figure as it is shown; `kind` is count, percent (hundredths), baht, rate or times."""

    name: str
    value: float | None
    kind: str = "count"


@dataclass(frozen=True)
class Check:
    """One of the letter's eight: its number, its key in the texts, its formula's version.

    `lines` turns figures, a village's or the sum of several, into what is shown.
    """

    no: int
    key: str
    version: int
    judge: Callable[[Village], Judged]
    lines: Callable[[Mapping[str, int]], list[Line]]
    shows_households: bool = False
    """Whether its figures, with few households behind them, would tell of one of them."""
    is_subdistricts: bool = False
    """Whether it looks at the subdistrict: each of its villages has the same figures."""


def worst(states: Iterable[State]) -> State:
    """The worst of them; of none at all nothing is known."""
    return max(states, default=State.UNKNOWN)


def kept(**blockers: int) -> dict[str, int]:
    """Only what there is something of."""
    return {code: count for code, count in blockers.items() if count}


def percent(part: int, whole: int) -> float | None:
    """Of a hundred, to two decimals, half up, as official tables print; nothing of nothing."""
    return nearest(part * 10_000, whole) / 100 if whole else None


def nearest(part: int, whole: int) -> int:
    """The nearest whole number to part / whole, reckoned in whole numbers; a half goes outwards."""
    size = (2 * abs(part) + whole) // (2 * whole)
    return size if part >= 0 else -size

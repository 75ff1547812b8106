"""Made-up volunteers with habits: fast or slow, by shortcut, on paper, in round sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from uuid import UUID

from webapp.demo.chance import one_of, uuid4

SHORTCUT_SECTIONS = ("health", "environment", "education", "values")
GRIDS = {100: 2, 500: 3, 1_000: 6, 5_000: 2, 10_000: 1}
"""To how many baht people round, and how many volunteers leave it at that."""


@dataclass(frozen=True)
class Volunteer:
    """One volunteer's way of working."""

    id: UUID
    device: UUID
    pace: float
    """Seconds for what takes a middling volunteer one."""
    practice: float
    """How much faster the last interviews are than the first."""
    shortcuts: Mapping[str, float]
    """How often "all as usual" is used in a section, after asking."""
    on_paper: float
    starts_at: float
    """The hour at which a day of visits begins."""
    a_day: int
    grid: int
    by_month: float
    """How often an income is told by the month."""
    happiness: tuple[int, ...]
    talks_first: float
    """How often everything is talked over and then entered in one go."""
    corrects: float
    reads_aloud: float
    interrupted: float


def volunteer(chance: Random) -> Volunteer:
    """Somebody as one meets them."""
    after_work = chance.random() < 0.25
    return Volunteer(
        id=uuid4(chance),
        device=uuid4(chance),
        pace=min(2.2, max(0.5, chance.lognormvariate(0, 0.32))),
        practice=chance.uniform(0.05, 0.35),
        shortcuts=_shortcuts(chance),
        on_paper=one_of(chance, {0.0: 12, 0.06: 6, 0.35: 3, 0.92: 3}),
        starts_at=chance.uniform(16.5, 17.8) if after_work else chance.uniform(7.5, 9.5),
        a_day=chance.randint(3, 5) if after_work else chance.randint(4, 12),
        grid=one_of(chance, GRIDS),
        by_month=chance.uniform(0.2, 0.8),
        happiness=one_of(
            chance, {(8,): 2, (8, 9, 10): 5, (6, 7, 8, 9, 10): 5, (7, 8): 3, (10,): 1}
        ),
        talks_first=one_of(chance, {0.0: 10, 0.05: 6, 0.3: 1}),
        corrects=chance.betavariate(2, 12),
        reads_aloud=chance.choice((0.1, 0.6, 0.95)),
        interrupted=chance.uniform(0.02, 0.15),
    )


def _shortcuts(chance: Random) -> dict[str, float]:
    """Most rarely use it, some in a section or two, some wherever it is offered."""
    manner = one_of(chance, {"rarely": 12, "a section or two": 8, "wherever it fits": 4})
    if manner == "rarely":
        return dict.fromkeys(SHORTCUT_SECTIONS, chance.uniform(0, 0.05))
    if manner == "wherever it fits":
        return {one: chance.uniform(0.5, 0.9) for one in SHORTCUT_SECTIONS}
    liked = chance.sample(SHORTCUT_SECTIONS, chance.choice((1, 2)))
    return {one: chance.uniform(0.3, 0.95) if one in liked else 0.02 for one in SHORTCUT_SECTIONS}

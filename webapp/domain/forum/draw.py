"""Who is asked again: drawn from a published seed, so that anybody can draw it again.

Each household has a number of its own, the SHA-256 of `seed|household`; among the households of a
first interviewer those with the smallest numbers are the sample, the next ones the reserve. So the
order of the list does not matter, and one household can be checked alone:

    printf '%s|%s' "$SEED" "$HOUSEHOLD" | sha256sum

The seed begins with the round and the village and holds the digest of the list that is drawn from
and 128 random bits, made in the moment of the draw, which happens once for a village.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

RULE = 1
"""The version of everything in this file."""

VISITED = 90
"""Of a hundred households of the list so many must have been visited before a sample is drawn."""

Z = 1.96
AGREEING = 0.9
"""What we expect of the answers to agree; the size is made for telling this."""
MARGIN = 0.1
"""To so much, in 95 of 100 samples."""
MOST = 30
"""What two people with a tablet each can ask in an evening's forum: ten minutes a household."""


@dataclass(frozen=True)
class Framed:
    """A household that can be drawn, and who interviewed it first."""

    household: UUID
    first: UUID


@dataclass(frozen=True)
class Drawn:
    """A household of the sample or of the reserve; `stratum` stands for its first interviewer.

    Places count on from the sample into the reserve.
    """

    household: UUID
    first: UUID
    stratum: int
    place: int
    is_reserve: bool


@dataclass(frozen=True)
class Recording:
    """How far a village's recording is, in households."""

    interviewed: int = 0
    closed: int = 0
    waiting: int = 0

    @classmethod
    def of(cls, counts: Iterable[int | None]) -> Recording:
        """From the register's counts; of a village without households there are none."""
        return cls(*(count or 0 for count in counts))

    @property
    def visited(self) -> int:
        """Interviewed, or known why not."""
        return self.interviewed + self.closed

    @property
    def listed(self) -> int:
        """All of the list."""
        return self.visited + self.waiting

    @property
    def is_far_enough(self) -> bool:
        """Whether enough has been visited to draw a sample, and there is one to draw."""
        return self.interviewed > 0 and self.visited * 100 >= self.listed * VISITED


def frame_digest(frame: Iterable[Framed]) -> str:
    """SHA-256 of the list that is drawn from: a line for each household, in order."""
    lines = sorted(f"{one.household} {one.first}\n" for one in frame)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def seed_of(round_id: str, village: str, frame: Iterable[Framed], random: bytes) -> str:
    """The text that is published with the draw."""
    return f"forum-{RULE}|{round_id}|{village}|{frame_digest(frame)}|{random.hex()}"


def size(households: int, volunteers: int) -> int:
    """How many households are asked again, at least one of every volunteer.

    The sample that tells a share of 90 % to 10 points in 95 of 100 draws, for a finite population:
    n = n0 / (1 + (n0 - 1) / N) with n0 = z² p (1 - p) / e²; never more than an evening holds.
    """
    endless = Z * Z * AGREEING * (1 - AGREEING) / (MARGIN * MARGIN)
    wanted = ceil(endless / (1 + (endless - 1) / households)) if households else 0
    return min(households, max(volunteers, min(MOST, wanted)))


def draw(seed: str, frame: Iterable[Framed]) -> list[Drawn]:
    """The sample in the order in which it is called up, then as many again as a reserve.

    Each volunteer has one household, what is left is shared out by how many each interviewed
    (largest remainders). The reserve is shared out in the same way.
    """
    strata = _strata(seed, frame)
    households = {first: len(listed) for first, listed in strata.items()}
    wanted = size(sum(households.values()), len(strata))
    sample = share_out(wanted, households)
    left = {first: count - sample[first] for first, count in households.items()}
    reserve = share_out(min(wanted, sum(left.values())), left, least=0)
    numbered = list(enumerate(strata.items()))
    chosen = [
        (stratum, first, one, False)
        for stratum, (first, listed) in numbered
        for one in listed[: sample[first]]
    ]
    chosen = _mixed(seed, chosen) + _mixed(
        seed,
        [
            (stratum, first, one, True)
            for stratum, (first, listed) in numbered
            for one in listed[sample[first] : sample[first] + reserve[first]]
        ],
    )
    return [
        Drawn(household, first, stratum, place, is_reserve)
        for place, (stratum, first, household, is_reserve) in enumerate(chosen, start=1)
    ]


def share_out(wanted: int, sizes: Mapping[UUID, int], least: int = 1) -> dict[UUID, int]:
    """So many shared out by size, to each at least so many and at most its own size."""
    given = {one: min(least, count) for one, count in sizes.items()}
    left = wanted - sum(given.values())
    room = {one: count - given[one] for one, count in sizes.items()}
    whole = sum(room.values())
    if left <= 0 or not whole:
        return given
    parts = {one: divmod(left * count, whole) for one, count in room.items()}
    for one, (quotient, _) in parts.items():
        given[one] += quotient
    rest = left - sum(quotient for quotient, _ in parts.values())
    for one in sorted(parts, key=lambda one: (-parts[one][1], one))[:rest]:
        given[one] += 1
    return given


def number_of(seed: str, household: UUID) -> str:
    """The household's own number, as a hexadecimal text: they are compared as such."""
    return hashlib.sha256(f"{seed}|{household}".encode()).hexdigest()


def _strata(seed: str, frame: Iterable[Framed]) -> dict[UUID, list[UUID]]:
    """Households by first interviewer, each in the order of their numbers."""
    found: dict[UUID, list[UUID]] = {}
    for one in sorted(frame, key=lambda one: number_of(seed, one.household)):
        found.setdefault(one.first, []).append(one.household)
    return dict(sorted(found.items()))


def _mixed(
    seed: str, chosen: Sequence[tuple[int, UUID, UUID, bool]]
) -> list[tuple[int, UUID, UUID, bool]]:
    """In the order of their numbers: nobody learns from a place who interviewed."""
    return sorted(chosen, key=lambda one: number_of(seed, one[2]))

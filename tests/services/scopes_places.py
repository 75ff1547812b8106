"""Six villages and the ids of what is in each, the same in every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

ROUND, NEXT_ROUND = "2569", "2570"
POINT = "SRID=4326;POINT(102.7 17.85)"
AROUND = "SRID=4326;MULTIPOLYGON(((102 17,103 17,103 18,102 18,102 17)))"
LATER = datetime(2999, 1, 1, tzinfo=UTC)
VILLAGES = ("43010101", "43010102", "43010201", "43020101", "44010101", "43010199")
"""Own, two siblings, another district, another province; the last has no rows and is to spare."""


@dataclass(frozen=True)
class Place:
    """A village with the ids of what is in it."""

    code: str
    volunteer: UUID
    waiting: UUID
    household: UUID
    interview: UUID
    device: UUID
    digest: bytes

    @property
    def path(self) -> str:
        """From the country down."""
        return path_of(self.code)

    @property
    def order(self) -> UUID:
        """The appointment order of its area."""
        return UUID(int=self.volunteer.int + 5)

    @property
    def token(self) -> bytes:
        """The digest of the reference of its volunteer's session, and of their hand-in token."""
        return self.digest


def path_of(code: str) -> str:
    """`430101` is `TH.43.4301.430101.`."""
    return "TH." + "".join(f"{code[:end]}." for end in (2, 4, 6, 8) if end <= len(code))


def place(code: str, number: int) -> Place:
    """The village's ids, the same in every run."""
    first = (number + 1) * 1000
    ids = [UUID(int=first + one) for one in range(5)]
    return Place(code, *ids, digest=bytes([number + 1]) * 32)


PLACES = [place(code, number) for number, code in enumerate(VILLAGES)]
OWN, BESIDE, NEAR, FAR, ABROAD, SPARE = PLACES

OFFICERS = {OWN: 5, BESIDE: 7, NEAR: 5, FAR: 6, ABROAD: 8}
"""Which desk's officer acted for each village: district, province, another district, department."""


def officer(where: Place) -> UUID:
    """The officer who made the code, gave the work, wrote the notice, entered the order."""
    return UUID(int=OFFICERS[where])

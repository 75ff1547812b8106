"""When two photos are alike, told by their 64-bit difference hashes alone.

Measured on 300 drawn photos of the demo, each framed and lit in its own way (44,850 pairs), and on
the same photos changed as phones and people change them (`tests/benchmarks/alike.py` prints it):
sent on, made smaller, brighter or flatter it moves at most 3 bits, cut by 2 % at most 7, by 4 %
9 at the 95th percentile; two different ones differ in 12 or more, in 31 as the median. Photos
of one village are more alike than that, and a subdistrict has ten times the photos of a volunteer:
so less is let pass there. Nothing looks at faces: 72 grey cells know none.
"""

from __future__ import annotations

SAME = 3
"""Bits: the same photo, sent on, made smaller or brighter."""

SIMILAR = {"volunteer": 8, "subdistrict": 6}
"""Bits at most, by where the two were compared."""

BITS = 64

VISIBLE = 4
"""Grey levels of 255 by which a cell must differ from its neighbour to say anything."""

LEAST_VISIBLE = 12
"""Comparisons of 64 that must be visible: below, a photo is plain, and its hash only noise."""

MOST_TOLD = 6
"""Pairs told of one interview: who has seen six need not be shown three hundred."""


def says_something(visible: int) -> bool:
    """Whether the hash of a photo with so many visible comparisons may be compared at all."""
    return visible >= LEAST_VISIBLE


def distance(one: int, other: int) -> int:
    """The number of bits in which two hashes differ, as the database counts them."""
    differing: int = (one ^ other) & ((1 << BITS) - 1)
    return differing.bit_count()


def code_of(bits: int, within: str) -> str | None:
    """The finding that two photos so far apart make, if any."""
    if bits <= SAME:
        return "photo_same"
    return "photo_similar" if bits <= SIMILAR[within] else None

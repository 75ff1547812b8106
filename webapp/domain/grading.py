"""How well a household's evidence shows that the interview took place."""

from __future__ import annotations

from dataclasses import dataclass

GOOD_ACCURACY = 100.0
"""Metres: a satellite fix; worse ones come from masts and networks."""

WEAK_ACCURACY = 500.0
"""Metres: beyond this a position shows no more than the district."""

FACES = frozenset({"photo", "signature"})


@dataclass(frozen=True)
class Shown:
    """What a household's evidence consists of, as far as the register holds it."""

    kinds: frozenset[str]
    accuracy: float | None
    inside: bool | None
    note: bool = False


def grade(shown: Shown) -> str:
    """`good`: photo or signature, and a position not known to lie elsewhere; `weak`: something.

    Source: check 6 of the letter asks for photo or signature or position or other proof; two
    independent kinds that agree are stronger than one.
    """
    face = bool(shown.kinds & FACES)
    placed = shown.accuracy is not None and shown.accuracy <= WEAK_ACCURACY
    if face and placed and shown.inside is not False and (shown.accuracy or 0) <= GOOD_ACCURACY:
        return "good"
    something = face or placed or shown.note or "other_photo" in shown.kinds
    return "weak" if something else "none"

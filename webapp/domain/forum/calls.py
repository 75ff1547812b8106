"""Whom the forum calls up: the sample, and for who cannot be asked the next of the reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

OUTCOMES = ("asked", "absent", "refused", "moved")
FAILED = ("absent", "refused", "moved")
WAITING = "waiting"


@dataclass(frozen=True)
class House:
    """A household of the list as it stands: `state` is waiting or an outcome."""

    household: UUID
    stratum: int
    place: int
    is_reserve: bool
    state: str = WAITING


def called(houses: Sequence[House]) -> list[House]:
    """Who is called up, in order: the sample, then a reserve for each who could not be asked.

    A failed call is replaced by the first reserve of the same stratum that is not called yet, else
    by the first of any; a reserve that fails is replaced too. Only how things stand decides, so
    every order in which results arrive ends alike.
    """
    called_up = sorted((one for one in houses if not one.is_reserve), key=_place)
    reserve = sorted((one for one in houses if one.is_reserve), key=_place)
    for one in called_up:  # grows while it is walked
        if one.state in FAILED and reserve:
            own = [other for other in reserve if other.stratum == one.stratum]
            chosen = (own or reserve)[0]
            reserve.remove(chosen)
            called_up.append(chosen)
    return called_up


def _place(one: House) -> int:
    return one.place

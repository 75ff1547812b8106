"""What may become of a matter at the desk of conflicts and custody; who the register is there."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from webapp.domain.problems import Problem

REGISTER = UUID(int=0)
"""The device of what the register writes itself; no phone can register it (it is no version 4)."""

LONGEST_REASON = 750


class Situation(StrEnum):
    """How what waits lies to what the register shows."""

    FIRST = "first"
    SECOND = "second"
    CHANGE = "change"
    BRANCHES = "branches"
    SETTLED = "settled"
    BLOCKED = "blocked"


class Way(StrEnum):
    """What becomes of it; the words of `custody.resolution`."""

    PLACED = "placed"
    STANDS = "stands"
    BESIDE = "beside"
    ASIDE = "aside"
    TOGETHER = "together"


WAYS: dict[Situation, tuple[Way, ...]] = {
    Situation.FIRST: (Way.PLACED, Way.ASIDE),
    Situation.SECOND: (Way.BESIDE, Way.STANDS),
    Situation.CHANGE: (Way.PLACED, Way.ASIDE),
    Situation.BRANCHES: (Way.TOGETHER,),
    Situation.SETTLED: (),
    Situation.BLOCKED: (Way.ASIDE,),
}
"""First the one that changes least. Two interviews of one household are both kept: one stands."""


@dataclass(frozen=True)
class Facts:
    """What decides the situation: ids and codes only.

    `standing` is the household's interview, `own` whether the interview that waits is in the
    register already, and of which household; `leaves` how many revisions of it nobody follows.
    """

    waits: bool
    is_readable: bool = True
    is_known_version: bool = True
    is_known_author: bool = True
    is_known_round: bool = True
    household: bool = True
    standing: UUID | None = None
    interview: UUID | None = None
    own_household: bool | None = None
    leaves: int = 1
    in_register: bool = False


def situation(facts: Facts) -> tuple[Situation, str]:
    """Where the matter stands, and for a blocked one what is in the way."""
    if not facts.waits:
        return Situation.SETTLED, ""
    if facts.in_register:
        return (Situation.BRANCHES if facts.leaves > 1 else Situation.SETTLED), ""
    hindrances = (
        (facts.is_readable, "unreadable"),
        (facts.is_known_version, "version"),
        (facts.is_known_round, "round"),
        (facts.is_known_author, "author"),
        (facts.household, "household"),
        (facts.own_household is not False, "other_household"),
    )
    for holds, code in hindrances:
        if not holds:
            return Situation.BLOCKED, code
    if facts.own_household:
        return Situation.CHANGE, ""
    return (Situation.SECOND if facts.standing else Situation.FIRST), ""


def tidy_reason(written: str) -> str:
    """The reason without blanks around it. Raises Problem `reason` for none or a very long one."""
    told = " ".join(written.replace("\0", " ").split())
    if not told or len(told) > LONGEST_REASON:
        raise Problem("reason")
    return told


def mark(*parts: object) -> str:
    """A word for what somebody had before them; another one as soon as any of it differs."""
    text = "|".join(_written(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _written(part: object) -> str:
    if isinstance(part, bytes):
        return part.hex()
    if isinstance(part, (list, tuple, set, frozenset)):
        return ",".join(sorted(_written(one) for one in part))
    return str(part)


def files_missing(listed: Iterable[bytes], held: Collection[bytes]) -> list[bytes]:
    """The files of a manifest that the register does not hold."""
    return [one for one in listed if one not in held]

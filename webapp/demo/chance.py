"""Reproducible chance: everything the demo draws follows from a seed and a label."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

Thing = TypeVar("Thing")


def source(seed: int, *labels: object) -> Random:
    """A source of its own for each label, so that one thing more changes no other."""
    return Random("/".join(str(part) for part in (seed, *labels)))  # noqa: S311 - no secret


def one_of(chance: Random, weights: Mapping[Thing, float]) -> Thing:
    """One of the things, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


def uuid4(chance: Random) -> UUID:
    """A random UUID."""
    return UUID(int=chance.getrandbits(128), version=4)


def uuid7(chance: Random, moment: datetime) -> UUID:
    """A UUID that begins with its moment in milliseconds (RFC 9562), as phones make them."""
    number = int(moment.timestamp() * 1000) << 80 | chance.getrandbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)

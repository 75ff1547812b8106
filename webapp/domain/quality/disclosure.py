"""Which figures tell of one household: a viewer reads figures, never people."""

from __future__ import annotations

from collections.abc import Iterable

FEWEST_SHOWN = 5
"""Of fewer households an average is as good as one of them."""


def is_small(households: int) -> bool:
    """Whether so few stand behind the figures that they show one; of none there is nothing."""
    return 0 < households < FEWEST_SHOWN


def would_show(parts: Iterable[int]) -> bool:
    """Whether a sum would: itself small, or less what is shown of its parts it would be."""
    parts = list(parts)
    hidden = sum(one for one in parts if is_small(one))
    return is_small(hidden) or is_small(sum(parts))

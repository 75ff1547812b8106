"""What may be done with the rows of a table, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from tests.services.scopes_conditions import Condition


@dataclass(frozen=True)
class Rights:
    """The conditions of which one is enough, by what is done; nothing is allowed without one."""

    see: tuple[Condition, ...] = ()
    add: tuple[Condition, ...] = ()
    change: tuple[Condition, ...] = ()
    remove: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    """The only columns that a change may reach; none named: all but the key's."""

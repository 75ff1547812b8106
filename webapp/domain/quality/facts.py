"""What a village is judged by: its households one by one, and what is known of the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class House:
    """One household of the list with what stands of its interview; incomes in baht a year."""

    household: UUID
    interview: UUID | None = None
    origin: str = "list"
    state: str = "todo"
    outcome: str | None = None
    people_registered: int | None = None
    people: int = 0
    has_point: bool = False
    inside: bool | None = None
    grade: str = "none"
    due: int = 0
    has_conflict: bool = False
    failures: Sequence[Mapping[str, Any]] = ()
    explanations: Mapping[str, Any] = field(default_factory=dict)
    is_read: bool = False
    income: int | None = None
    last_people: int | None = None
    last_income: int | None = None
    reason: str | None = None
    cleared: frozenset[int] = frozenset()

    @property
    def is_interviewed(self) -> bool:
        """Whether its people have been asked and have answered."""
        return self.interview is not None and self.outcome == "interviewed"

    @property
    def is_closed(self) -> bool:
        """Whether a visit ended without an interview: refused, nobody home, empty and so on."""
        return self.outcome not in (None, "interviewed")


@dataclass(frozen=True)
class Place:
    """What is known of the village beyond its households; counts by name, as the register gives."""

    area: Mapping[str, bool] = field(default_factory=dict)
    group: Mapping[str, int] = field(default_factory=dict)
    collectors: Mapping[str, int] = field(default_factory=dict)
    register: Mapping[str, int] | None = None
    explained: Mapping[str, int] = field(default_factory=dict)
    back_check: Mapping[str, Any] | None = None
    custody: int = 0
    findings: int = 0


@dataclass(frozen=True)
class Village:
    """All that the checks look at."""

    houses: Sequence[House] = ()
    place: Place = Place()

    @property
    def interviewed(self) -> list[House]:
        """The households with an interview."""
        return [one for one in self.houses if one.is_interviewed]

"""The eight checks in their order, and a village judged by all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from webapp.domain.quality import (
    area,
    back_check,
    collectors,
    evidence,
    households,
    income,
    plausibility,
    working_group,
)
from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Judged, State, kept, worst

CHECKS: tuple[Check, ...] = (
    area.CHECK,
    working_group.CHECK,
    collectors.CHECK,
    households.CHECK,
    plausibility.CHECK,
    evidence.CHECK,
    back_check.CHECK,
    income.CHECK,
)
BY_NO = {check.no: check for check in CHECKS}
FORMULAS = ".".join(f"{check.no}v{check.version}" for check in CHECKS)
"""Which versions of the formulas figures were made with."""


@dataclass(frozen=True)
class Sheet:
    """A village as all checks see it."""

    judged: dict[int, Judged]
    blockers: dict[str, int]

    @property
    def states(self) -> list[State]:
        """In the order of the checks."""
        return [self.judged[check.no].state for check in CHECKS]

    @property
    def worst(self) -> State:
        """The worst of the eight."""
        return worst_of(self.states)

    @property
    def households(self) -> int:
        """The fewest households that any of the figures stands on; 0 where there are none."""
        asked = self.judged[evidence.NO].figures["interviewed"]
        return self.judged[income.NO].figures["households"] or asked

    @property
    def figures(self) -> dict[str, dict[str, int]]:
        """By the check's number; `own` beside those that can be added up."""
        return {
            str(no): dict(one.figures) | {f"own:{name}": n for name, n in one.own.items()}
            for no, one in self.judged.items()
        }


def judge(village: Village) -> Sheet:
    """All checks of a village, and everything that keeps it from being certified."""
    judged = {check.no: check.judge(village) for check in CHECKS}
    blockers: dict[str, int] = {}
    for one in judged.values():
        blockers |= one.blockers
    return Sheet(judged, blockers | _at_work(village))


def worst_of(states: Sequence[int]) -> State:
    """The worst of the eight, from states as they are kept."""
    return worst(State(state) for state in states)


def shown(check: Check, figures: dict[str, Any]) -> list[Any]:
    """What is shown of kept figures, a village's own ones among them; nothing where none are."""
    plain = {name.removeprefix("own:"): count for name, count in figures.items()}
    return check.lines(plain) if plain else []


def added(many: Sequence[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    """Villages' figures together; what belongs to one village alone is left out."""
    shared = [str(check.no) for check in CHECKS if check.is_subdistricts]
    total: dict[str, dict[str, int]] = {no: many[0][no] for no in shared if many}
    for figures in many:
        for no, counts in figures.items():
            if no in shared:
                continue
            into = total.setdefault(no, {})
            for name, count in counts.items():
                if not name.startswith("own:"):
                    into[name] = into.get(name, 0) + count
    return total


def _at_work(village: Village) -> dict[str, int]:
    """What is under way between volunteers, inspectors and the register."""
    states = [one.state for one in village.houses]
    return kept(
        not_visited=sum(
            one.state == "todo" and not households.is_settled(one) for one in village.houses
        ),
        not_reviewed=states.count("received"),
        returned=states.count("returned"),
        in_custody=village.place.custody,
        conflicts=sum(one.has_conflict for one in village.houses),
        findings=village.place.findings,
    )

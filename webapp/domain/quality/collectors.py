"""Check 3: who collects is who was appointed, and lives in the subdistrict.

Source: the letter's quality table, check 3: the appointment order against the names in the system.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Judged, Line, State, kept, percent

NAMES = ("volunteers", "appointed", "local", "not_local", "home_unknown")


def judge(village: Village) -> Judged:
    """Who works in the village or has interviewed there, in an order and with a home nearby."""
    return judge_people(village.place.collectors)


def judge_people(counts: Mapping[str, int]) -> Judged:
    """The same of a village's or of a whole subdistrict's people, each counted once."""
    figures = {name: int(counts.get(name, 0)) for name in NAMES}
    without_order = figures["volunteers"] - figures["appointed"]
    return Judged(
        _state(figures, without_order),
        figures,
        blockers=kept(
            no_volunteer=int(not figures["volunteers"]),
            without_order=without_order,
            not_local=figures["not_local"],
            home_unknown=figures["home_unknown"],
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Volunteers, how many of them an order names, how many live there."""
    return [
        Line("volunteers", figures["volunteers"]),
        Line("appointed", percent(figures["appointed"], figures["volunteers"]), "percent"),
        Line("local", percent(figures["local"], figures["volunteers"]), "percent"),
        Line("home_unknown", figures["home_unknown"]),
    ]


def _state(figures: Mapping[str, int], without_order: int) -> State:
    if not figures["volunteers"]:
        return State.UNKNOWN
    if without_order or figures["not_local"]:
        return State.BAD
    return State.ATTENTION if figures["home_unknown"] else State.GOOD


CHECK = Check(3, "collectors", 1, judge, lines)

"""Check 1: the area and its local administration are right.

Source: the letter's quality table, check 1: the registry of areas of the Department of Provincial
Administration, the cover page, the system.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Exceptional, Judged, Line, State, kept, percent

NO = 1
MOST_OUTSIDE = 5
"""Of a hundred positions; more uncleared ones outside mean that the area itself may be wrong."""


def judge(village: Village) -> Judged:
    """Codes valid, local administration settled, positions inside or cleared one by one."""
    area = village.place.area
    is_valid = bool(area.get("is_active") and area.get("is_in_place"))
    is_settled = bool(area.get("has_administration") and area.get("is_covered"))
    outside = [one for one in village.interviewed if one.has_point and one.inside is False]
    unclear = [one for one in outside if NO not in one.cleared]
    figures = {
        "villages": 1,
        "valid": int(is_valid),
        "settled": int(is_settled),
        "positions": sum(one.has_point for one in village.interviewed),
        "inside": sum(bool(one.has_point and one.inside) for one in village.interviewed),
        "outside": len(outside),
        "outside_open": len(unclear),
    }
    return Judged(
        _state(is_valid and is_settled, bool(area.get("has_boundary")), figures),
        figures,
        exceptions=[
            Exceptional("position_outside", one.household, one.interview, NO in one.cleared)
            for one in outside
        ],
        blockers=kept(
            area_code=int(not is_valid),
            local_administration=int(not is_settled),
            boundary=int(not area.get("has_boundary")),
            position_outside=len(unclear),
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Villages with valid codes and an อปท., and where the positions lie."""
    return [
        Line("valid", figures["valid"]),
        Line("settled", figures["settled"]),
        Line("positions", figures["positions"]),
        Line("inside", percent(figures["inside"], figures["positions"]), "percent"),
        Line("outside_open", figures["outside_open"]),
    ]


def _state(is_right: bool, has_boundary: bool, figures: Mapping[str, int]) -> State:
    if not is_right or figures["outside_open"] * 100 > MOST_OUTSIDE * figures["positions"]:
        return State.BAD
    return State.GOOD if has_boundary and not figures["outside_open"] else State.ATTENTION


CHECK = Check(NO, "area", 1, judge, lines)

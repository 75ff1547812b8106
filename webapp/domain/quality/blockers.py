"""What keeps an area from being certified: whose it is, and where it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Blocker:
    """One kind of thing that blocks: whose it is, and the endpoint and way to settle it.

    `way` says how the address is made: of the village, of its subdistrict, or of no area. What
    `is_subdistricts` blocks each of its villages, and is one thing there, not one in each.
    """

    code: str
    owner: str
    endpoint: str
    way: str = "area"
    check: int | None = None
    is_subdistricts: bool = False


EXCEPTIONS = "quality.exceptions"
BLOCKERS: tuple[Blocker, ...] = (
    Blocker("area_code", "district", "areas.village", "code", 1),
    Blocker("local_administration", "district", "areas.village", "code", 1),
    Blocker("boundary", "province", "areas.listed", "area", 1, is_subdistricts=True),
    Blocker("position_outside", "inspector", EXCEPTIONS, "check", 1),
    Blocker("agencies", "district", "working_group.listed", "subdistrict", 2, is_subdistricts=True),
    Blocker("sectors", "district", "working_group.listed", "subdistrict", 2, is_subdistricts=True),
    Blocker("minutes", "district", "working_group.listed", "subdistrict", 2, is_subdistricts=True),
    Blocker("no_volunteer", "district", "assignments.village", "village", 3),
    Blocker("without_order", "district", "orders.listed", "subdistrict", 3, is_subdistricts=True),
    Blocker("not_local", "district", "orders.listed", "subdistrict", 3, is_subdistricts=True),
    Blocker("home_unknown", "district", "orders.listed", "subdistrict", 3, is_subdistricts=True),
    Blocker("no_household_list", "province", "areas.listed", "area", 4),
    Blocker("unsettled", "district", "reconciliation.village", "village", 4),
    Blocker("register_houses", "district", "reconciliation.village", "village", 4),
    Blocker("register_people", "district", "reconciliation.village", "village", 4),
    Blocker("failures", "inspector", EXCEPTIONS, "check", 5),
    Blocker("explanations_unread", "inspector", EXCEPTIONS, "check", 5),
    Blocker("evidence_missing", "inspector", EXCEPTIONS, "check", 6),
    Blocker("evidence_on_the_way", "volunteer", EXCEPTIONS, "check", 6),
    Blocker("forum_missing", "inspector", "forum.village", "village", 7),
    Blocker("back_check_waiting", "inspector", "forum.village", "village", 7),
    Blocker("back_check_unread", "inspector", EXCEPTIONS, "check", 7),
    Blocker("income_unusual", "inspector", EXCEPTIONS, "check", 8),
    Blocker("income_change", "district", "quality.of_area", "area", 8),
    Blocker("not_visited", "volunteer", "progress.page", "query"),
    Blocker("not_reviewed", "inspector", "review.worklist", "query"),
    Blocker("returned", "volunteer", "review.worklist", "query"),
    Blocker("in_custody", "officer", "conflicts.listed", "query"),
    Blocker("conflicts", "officer", "conflicts.listed", "query"),
    Blocker("findings", "inspector", "review.worklist", "query"),
)
BY_CODE = {one.code: one for one in BLOCKERS}

Blocked = dict[str, tuple[int, int]]
"""By code: how many in all, and in how many villages."""


def of_subdistrict(villages: Sequence[Mapping[str, int]], whole: Mapping[str, int]) -> Blocked:
    """What blocks a subdistrict: its villages' own together, and once what is the subdistrict's.

    `whole` are the counts of those that are the subdistrict's, of it as one.
    """
    blocked: Blocked = {}
    for code in sorted({code for one in villages for code in one}):
        counts = [one[code] for one in villages if code in one]
        count = whole.get(code, 0) if BY_CODE[code].is_subdistricts else sum(counts)
        blocked |= {code: (count, len(counts))} if count else {}
    return blocked


def together(many: Iterable[Blocked]) -> Blocked:
    """What blocks areas, none of which lies in another."""
    total: Blocked = {}
    for one in many:
        for code, (count, villages) in one.items():
            before = total.get(code, (0, 0))
            total[code] = before[0] + count, before[1] + villages
    return total

"""What keeps an area from being certified: whose it is, and where it is settled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blocker:
    """One kind of thing that blocks: whose it is, and the endpoint and way to settle it.

    `way` says how the address is made: of the village, of its subdistrict, or of no area.
    """

    code: str
    owner: str
    endpoint: str
    way: str = "area"
    check: int | None = None


EXCEPTIONS = "quality.exceptions"
BLOCKERS: tuple[Blocker, ...] = (
    Blocker("area_code", "district", "areas.village", "code", 1),
    Blocker("local_administration", "district", "areas.village", "code", 1),
    Blocker("boundary", "province", "areas.listed", "area", 1),
    Blocker("position_outside", "inspector", EXCEPTIONS, "check", 1),
    Blocker("agencies", "district", "working_group.listed", "subdistrict", 2),
    Blocker("sectors", "district", "working_group.listed", "subdistrict", 2),
    Blocker("minutes", "district", "working_group.listed", "subdistrict", 2),
    Blocker("no_volunteer", "district", "assignments.village", "village", 3),
    Blocker("without_order", "district", "orders.listed", "subdistrict", 3),
    Blocker("not_local", "district", "orders.listed", "subdistrict", 3),
    Blocker("home_unknown", "district", "orders.listed", "subdistrict", 3),
    Blocker("no_household_list", "province", "areas.listed", "area", 4),
    Blocker("unsettled", "district", "reconciliation.village", "village", 4),
    Blocker("register_houses", "district", "reconciliation.village", "village", 4),
    Blocker("register_people", "district", "reconciliation.village", "village", 4),
    Blocker("failures", "inspector", EXCEPTIONS, "check", 5),
    Blocker("explanations_unread", "inspector", EXCEPTIONS, "check", 5),
    Blocker("evidence_missing", "inspector", EXCEPTIONS, "check", 6),
    Blocker("evidence_on_the_way", "volunteer", EXCEPTIONS, "check", 6),
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

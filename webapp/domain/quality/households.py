"""Check 4: households and people that really live there are as many as were collected.

Source: the letter's quality table, check 4 (ทร.): the register's totals against what was collected,
reconciled house by house until nothing is unexplained.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import House, Village
from webapp.domain.quality.states import (
    Check,
    Exceptional,
    Judged,
    Line,
    State,
    kept,
    nearest,
    percent,
)

NO = 4
MOST_OPEN = 10
"""Of a hundred houses; with more unexplained the village is far from its register."""
MOST_DIFFERENCE = 10
"""Of a hundred people or houses of the register; what lies further off is to be explained."""
STILL = 5
"""An explanation holds while the difference stays so near to the one it was for, of a hundred."""


def is_settled(house: House) -> bool:
    """Interviewed as the list has it, or with a reason; a house that was found needs `new`."""
    reason = house.reason if house.reason != "open" else None
    if house.is_interviewed:
        return house.origin == "list" or reason is not None
    return reason is not None


def judge(village: Village) -> Judged:
    """Houses of the list settled one by one; the register's totals near, or explained."""
    unsettled = [one for one in village.houses if not is_settled(one)]
    figures = _figures(village, unsettled)
    unexplained = [
        subject
        for subject, register, found in _compared(figures)
        if _is_far(register, found)
        and not _is_explained(_off(register, found), village.place.explained.get(subject))
    ]
    return Judged(
        _state(figures, unexplained),
        figures,
        own={f"{subject}_off": _off(*rest) for subject, *rest in _compared(figures)},
        exceptions=[
            Exceptional(_code(one), one.household, one.interview, detail=_detail(one))
            for one in unsettled
        ],
        blockers=kept(
            no_household_list=int(not village.houses),
            unsettled=len(unsettled),
            register_houses=int("houses" in unexplained),
            register_people=int("population" in unexplained),
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Register against collected, and how far the reconciling is."""
    return [
        Line("register_houses", figures["register_houses"]),
        Line("collected_houses", figures["collected_houses"]),
        Line("register_people", figures["register_people"]),
        Line("collected_people", figures["collected_people"]),
        Line("settled", percent(figures["settled"], figures["houses"]), "percent"),
        Line("unsettled", figures["houses"] - figures["settled"]),
        *(
            Line(f"reason_{name}", figures[f"reason_{name}"])
            for name in REASONS
            if figures[f"reason_{name}"]
        ),
    ]


REASONS = ("empty", "refused", "merged", "moved", "demolished", "new")


def _figures(village: Village, unsettled: list[House]) -> dict[str, int]:
    """The register's totals are those imported, else the household list's own."""
    listed = [one for one in village.houses if one.origin == "list"]
    register = village.place.register or {
        "houses": len(listed),
        "people": sum(one.people_registered or 0 for one in listed),
    }
    reasons = [  # of a house that was interviewed after all, only that it is new
        one.reason for one in village.houses if one.reason == "new" or not one.is_interviewed
    ]
    return {
        "houses": len(village.houses),
        "settled": len(village.houses) - len(unsettled),
        "register_houses": register["houses"],
        "register_people": register["people"],
        "totals_imported": int(village.place.register is not None),
        "collected_houses": len(village.interviewed),
        "collected_people": sum(one.people for one in village.interviewed),
        "gone_houses": sum(one.reason in GONE and not one.is_interviewed for one in listed),
        "gone_people": sum(
            one.people_registered or 0
            for one in listed
            if one.reason in GONE and not one.is_interviewed
        ),
    } | {f"reason_{name}": reasons.count(name) for name in REASONS}


GONE = ("empty", "refused", "merged", "moved", "demolished")


def _compared(figures: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """What the register has, against what was collected and what is known to be gone.

    A household list that tells of none says nothing; totals that were imported do.
    """
    houses = figures["collected_houses"] + figures["gone_houses"]
    people = figures["collected_people"] + figures["gone_people"]
    both = [
        ("houses", figures["register_houses"], houses),
        ("population", figures["register_people"], people),
    ]
    return [one for one in both if one[1] or figures["totals_imported"]]


def _off(register: int, found: int) -> int:
    """How far off, in whole hundredths of the register; where it has none, all is."""
    if not register:
        return 100 if found else 0
    return nearest((found - register) * 100, register)


def _is_far(register: int, found: int) -> bool:
    return abs(found - register) * 100 > MOST_DIFFERENCE * register


def _is_explained(off: int, explained: int | None) -> bool:
    return explained is not None and abs(off - explained) <= STILL


def _state(figures: Mapping[str, int], unexplained: list[str]) -> State:
    if not figures["houses"]:
        return State.UNKNOWN
    unsettled = figures["houses"] - figures["settled"]
    if unsettled * 100 > MOST_OPEN * figures["houses"]:
        return State.BAD
    return State.ATTENTION if unsettled or unexplained else State.GOOD


def _code(house: House) -> str:
    if house.is_interviewed:
        return "house_found"
    return "house_closed" if house.is_closed else "house_not_visited"


def _detail(house: House) -> dict[str, int]:
    known = house.people_registered
    return {} if known is None else {"people_registered": known}


CHECK = Check(NO, "households", 2, judge, lines, shows_households=True)

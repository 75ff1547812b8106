"""Check 2: the subdistrict's working group has ten agencies or more, of every sector, and minutes.

Source: the letter's quality table, check 2.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Judged, Line, State, kept

FEWEST_AGENCIES = 10
SECTORS = ("state", "private", "people")


def judge(village: Village) -> Judged:
    """A village has the working group of its subdistrict."""
    group = village.place.group
    figures = {
        name: int(group.get(name, 0)) for name in ("members", "agencies", *SECTORS, "minutes")
    }
    missing = sum(not figures[sector] for sector in SECTORS)
    lacking = max(0, FEWEST_AGENCIES - figures["agencies"])
    return Judged(
        _state(figures, missing, lacking),
        own=figures,
        blockers=kept(agencies=lacking, sectors=missing, minutes=int(not figures["minutes"])),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Agencies, members, members of each sector, papers of meetings."""
    return [
        Line("agencies", figures["agencies"]),
        Line("members", figures["members"]),
        *(Line(f"of_{sector}", figures[sector]) for sector in SECTORS),
        Line("minutes", figures["minutes"]),
    ]


def _state(figures: Mapping[str, int], missing: int, lacking: int) -> State:
    if not figures["members"]:
        return State.UNKNOWN
    if missing or lacking:
        return State.BAD
    return State.GOOD if figures["minutes"] else State.ATTENTION


CHECK = Check(2, "working_group", 1, judge, lines, is_subdistricts=True)

"""A few interviews that somebody should look at, so that each finding on evidence can be seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from webapp.demo.fates import RECORDED, Fate

PAIRS = ("photo_same", "photo_similar", "position_same")
"""Two households of one village; the second has the first one's photo or position."""

ALONE = ("photo_plain", "position_centroid", "position_default", "position_old")
SPOT = ("position_shared",) * 3
"""Three households where a fourth one stands."""

WEAK = {RECORDED: "far", "43010902": "nothing"}
"""One position among many lies outside; one interview rests on nothing at all."""

IN_A_HURRY = timedelta(minutes=3)
"""After the first one: no road leads so fast to another village."""

WHOLE = "photo_signature_position"


def odd(visited: list[Fate]) -> list[Fate]:
    """The same interviews; a few are odd in some way, each way in a village of its own."""
    changed = _in_villages(visited) | _on_the_way(visited) | _weak(visited)
    return [changed.get(one.dwelling.number, one) for one in visited]


def _in_villages(visited: list[Fate]) -> dict[int, Fate]:
    villages = _by_village(visited)
    found: dict[int, Fate] = {}
    for kinds in (SPOT, *((kind,) for kind in PAIRS)):
        ours = next((v for v in villages if len(villages[v]) > len(kinds)), None)
        if ours:
            first, *others = villages.pop(ours)
            for one, kind in zip(others, kinds, strict=False):
                found[one.dwelling.number] = replace(one, oddity=kind, like=first)
    for kind, ours in zip(ALONE, list(villages), strict=False):
        one = villages[ours][0]
        found[one.dwelling.number] = replace(one, oddity=kind)
    return found


def _on_the_way(visited: list[Fate]) -> dict[int, Fate]:
    """One volunteer, two villages, minutes apart: the last two of the first who has both."""
    by_volunteer: dict[object, list[Fate]] = defaultdict(list)
    for one in reversed([fate for fate in visited if _is_whole(fate)]):
        by_volunteer[one.volunteer.id].append(one)
    for theirs in by_volunteer.values():
        first = theirs[0]
        other = next((o for o in theirs if o.dwelling.village != first.dwelling.village), None)
        if other:
            took = other.finished_at - other.started_at
            ended = first.finished_at + IN_A_HURRY
            return {
                other.dwelling.number: replace(other, started_at=ended - took, finished_at=ended)
            }
    return {}


def _weak(visited: list[Fate]) -> dict[int, Fate]:
    """The last house of a village has other evidence, or none."""
    villages, found = _by_village(visited), {}
    for village, evidence in WEAK.items():
        for one in villages.get(village, [])[-1:]:
            found[one.dwelling.number] = replace(one, evidence=evidence)
    return found


def _by_village(visited: list[Fate]) -> dict[str, list[Fate]]:
    """Received at the door with photo, signature and position; villages with most of them first."""
    found: dict[str, list[Fate]] = defaultdict(list)
    for one in visited:
        if _is_whole(one):
            found[one.dwelling.village].append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _is_whole(one: Fate) -> bool:
    return one.evidence == WHOLE and one.state == "received" and not one.is_new

"""Why a household's evidence has its grade: each item that it rests on, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from webapp.domain.grading import FACES, GOOD_ACCURACY, WEAK_ACCURACY
from webapp.domain.positions import ALONE, Spot, is_far


@dataclass(frozen=True)
class Reason:
    """One line: a text's key, the numbers in it, and whether it speaks for the evidence.

    `tone`: `good` for, `bad` against, `quiet` neither.
    """

    key: str
    tone: str
    values: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """The evidence of one interview as the register holds it.

    `kinds` are what has arrived, `due` the number of files still on their way. `alike` is whether a
    photo like one of another household's was found, None while nobody has looked yet. `old` whether
    the fix belongs to another time. `accepted` whether the village's houses are accepted ones.
    """

    kinds: frozenset[str]
    due: int = 0
    note: bool = False
    spot: Spot | None = None
    inside: bool | None = None
    old: bool = False
    alike: bool | None = None
    plain: bool = False
    accepted: bool = False


def explain(seen: Seen) -> list[Reason]:
    """The reasons in the order in which a reviewer asks: is there a face, a place, does it fit."""
    return [*_items(seen), *_photo(seen), *_place(seen)]


def _items(seen: Seen) -> list[Reason]:
    told = [
        Reason(f"item_{kind}", "good" if kind in FACES else "quiet")
        for kind in ("photo", "signature", "other_photo")
        if kind in seen.kinds
    ]
    if not seen.kinds & FACES:
        told.append(Reason("no_face", "bad"))
    if seen.note:
        told.append(Reason("item_note", "quiet"))
    if seen.due:
        told.append(Reason("due", "quiet", {"count": seen.due}))
    return told


def _photo(seen: Seen) -> list[Reason]:
    if "photo" not in seen.kinds:
        return []
    if seen.plain:
        return [Reason("photo_plain", "bad")]
    if seen.alike is None:
        return [Reason("photo_not_compared", "quiet")]
    return [Reason("photo_alike", "bad") if seen.alike else Reason("photo_unique", "good")]


def _place(seen: Seen) -> list[Reason]:
    if seen.spot is None:
        return [Reason("no_position", "bad")]
    told = [_accuracy(seen.spot.accuracy), _inside(seen)]
    told.append(_beside_others(seen, seen.spot))
    told.append(Reason("fix_old", "bad") if seen.old else Reason("fix_in_time", "good"))
    return told


def _accuracy(metres: float) -> Reason:
    values: dict[str, str | int | float] = {"metres": round(metres)}
    if metres <= GOOD_ACCURACY:
        return Reason("accuracy_good", "good", values)
    known = "accuracy_weak" if metres <= WEAK_ACCURACY else "accuracy_poor"
    return Reason(known, "quiet" if metres <= WEAK_ACCURACY else "bad", values)


def _inside(seen: Seen) -> Reason:
    """Outside by less than the fix is accurate is not known to be outside."""
    if seen.inside is None:
        return Reason("inside_unknown", "quiet")
    if seen.inside:
        return Reason("inside", "good")
    away = seen.spot.outside_by if seen.spot else None
    if away is not None and seen.spot and away <= seen.spot.accuracy:
        return Reason("at_the_edge", "quiet", {"metres": round(away)})
    if away is None:
        return Reason("outside", "bad")
    return Reason("outside_by", "bad", {"metres": round(away)})


def _beside_others(seen: Seen, spot: Spot) -> Reason:
    if spot.nearest is None or not spot.houses:
        return Reason("no_neighbours", "quiet")
    values: dict[str, str | int | float] = {
        "nearest": round(spot.nearest),
        "middle": round(spot.middle or 0),
        "usual": round(spot.usual or 0),
        "houses": spot.houses,
    }
    whose = "accepted" if seen.accepted else "received"
    if is_far(spot):
        return Reason(f"far_from_{whose}", "bad", values)
    near = spot.nearest - spot.accuracy <= ALONE
    return Reason(f"near_{whose}", "good" if near else "quiet", values)

"""What the positions of interviews say about each other: pure rules, every number stated.

Metres are metres on the ground. A position is only known to its accuracy, so distances are judged
after the accuracies are taken off: what could be nothing is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from webapp.domain.findings import Found, found

SAME_SPOT = 3.0
"""Metres: less than any phone can tell apart; two houses are not nearer to each other."""

MANY = 4
"""Households on one spot, this one among them, from which on it is many."""

CENTRES = {"village": 3.0, "subdistrict": 3.0, "district": 30.0, "province": 30.0}
"""Metres from a reference point within which a position is that point."""

START_VIEW = (101.0, 13.5)
"""Longitude and latitude where our own map opens."""

DEFAULT_WITHIN = 0.001
"""Degrees (110 m): so near to 0,0 or the start view a position is not a house of ours."""

COARSE_DECIMALS = 3
"""A phone gives six decimals; both with three or fewer (110 m) happens to one fix in a million."""

LEAST_HOUSES = 5
"""Houses of the village that must be known before one can be far from them."""

FAR_TIMES, FAR_LEAST, ALONE = 4.0, 500.0, 300.0
"""Far: more than four times the median house's way to the middle and 500 m, and 300 m from any."""

OLD_SECONDS = 300
"""A fix that was older than this when the app was given it."""

OLD_BESIDE = timedelta(minutes=15)
"""How long before the interview's beginning or after its end a fix still belongs to it."""

FASTEST_KMH = 120.0
"""Kilometres an hour in a straight line: no road of a village allows it."""

LEAST_WAY = 500.0
"""Metres that remain after both accuracies: below lie the houses of one cluster."""


@dataclass(frozen=True)
class Fix:
    """Where and when a phone stood for one interview.

    `at` is the phone's own clock; `true_at` is what the register's last signed time and the steady
    clock say, where they are known.
    """

    interview: str
    device: str
    at: datetime
    true_at: datetime | None
    accuracy: float


@dataclass(frozen=True)
class Spot:
    """One interview's position as the register sees it beside all others.

    `centres` are metres to reference points by name; `nearest` and `middle` are metres to the
    nearest and to the middle of the village's `houses`, `usual` their median way to that middle.
    """

    longitude: float
    latitude: float
    accuracy: float
    centres: dict[str, float] = field(default_factory=dict)
    outside_by: float | None = None
    houses: int = 0
    nearest: float | None = None
    middle: float | None = None
    usual: float | None = None
    same: tuple[str, ...] = ()
    on_spot: int = 1


def of_spot(spot: Spot) -> list[Found]:
    """What a position makes somebody look at, seen beside reference points and other households."""
    told = [found("position_same", other=one) for one in spot.same]
    if spot.on_spot >= MANY:
        told.append(found("position_shared", count=spot.on_spot))
    if default := _default(spot):
        told.append(found("position_default", point=default))
    elif centre := _centre(spot):
        told.append(found("position_centroid", point=centre))
    if is_far(spot):
        told.append(found("position_far", metres=round(spot.nearest or 0), houses=spot.houses))
    return told


def is_far(spot: Spot) -> bool:
    """Whether the position is far from the village's other houses, whatever its accuracy allows.

    Robust: the median, so that half the houses may lie anywhere; and the nearest house, so that a
    second hamlet is no exception.
    """
    if spot.houses < LEAST_HOUSES or spot.nearest is None or spot.middle is None:
        return False
    usual = max(FAR_TIMES * (spot.usual or 0.0), FAR_LEAST)
    return spot.middle - spot.accuracy > usual and spot.nearest - spot.accuracy > ALONE


def spread(ways: list[float]) -> float:
    """The median way of the houses to their middle, in metres; 0 where there is none."""
    return median(ways) if ways else 0.0


def _default(spot: Spot) -> str | None:
    near = {"zero": (0.0, 0.0), "start_view": START_VIEW}
    for name, (longitude, latitude) in near.items():
        away = max(abs(spot.longitude - longitude), abs(spot.latitude - latitude))
        if away <= DEFAULT_WITHIN:
            return name
    if all(_is_coarse(degrees) for degrees in (spot.longitude, spot.latitude)):
        return "rounded"
    wide = ("district", "province")
    return next((one for one in wide if _is_at(spot, one)), None)


def _centre(spot: Spot) -> str | None:
    return next((one for one in ("village", "subdistrict") if _is_at(spot, one)), None)


def _is_at(spot: Spot, centre: str) -> bool:
    return spot.centres.get(centre, float("inf")) <= CENTRES[centre]


def _is_coarse(degrees: float) -> bool:
    return round(degrees, COARSE_DECIMALS) == degrees


def is_old(
    taken_at: datetime | None,
    age_seconds: float | None,
    began: datetime | None,
    ended: datetime | None,
) -> bool:
    """Whether a fix belongs to another time than the interview, by one and the same phone's clock.

    A wrong clock is wrong for all three alike; only one that was set meanwhile tells untruths.
    """
    if age_seconds is not None and age_seconds > OLD_SECONDS:
        return True
    if taken_at is None:
        return False
    too_early = began is not None and taken_at < began - OLD_BESIDE
    return too_early or (ended is not None and taken_at > ended + OLD_BESIDE)


def of_time(
    taken_at: datetime | None,
    age_seconds: float | None,
    began: datetime | None,
    ended: datetime | None,
) -> list[Found]:
    """The finding of a fix that belongs to another time than the interview."""
    return [found("position_old")] if is_old(taken_at, age_seconds, began, ended) else []


def speed(one: Fix, other: Fix, metres: float) -> Found | None:
    """The finding of a way that nobody can have travelled, about `one`, with `other` beside it.

    The longest time that any of the two clocks allows counts: a steady clock may stand still while
    a phone sleeps, and the phone's own may have been put right in between. Two phones are compared
    by the register's time only.
    """
    seconds = _seconds_between(one, other)
    way = metres - one.accuracy - other.accuracy
    if seconds is None or way < LEAST_WAY:
        return None
    kmh = way / max(seconds, 1.0) * 3.6
    if kmh <= FASTEST_KMH:
        return None
    return found(
        "speed_impossible",
        other=other.interview,
        metres=round(metres),
        seconds=round(seconds),
        kmh=min(round(kmh), 9_999),
    )


def _seconds_between(one: Fix, other: Fix) -> float | None:
    told = []
    if one.device == other.device:
        told.append(abs((one.at - other.at).total_seconds()))
    if one.true_at and other.true_at:
        told.append(abs((one.true_at - other.true_at).total_seconds()))
    return max(told, default=None)

"""An interview as its follow-up sees it: facts of the register read into what rules judge.

Times are what phones said; whatever is odd is passed over, since nothing here may refuse anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import Any

from webapp.domain import likeness, positions
from webapp.domain.findings import KINDS, Found, found
from webapp.domain.positions import Fix, Spot

Facts = dict[str, Any]
Pairs = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Judged:
    """What is to be told, and every pair that holds: none goes for being one too many."""

    told: list[Found]
    holding: Pairs


def judge(facts: Facts) -> Judged:
    """The findings of an interview's photos and position, the heaviest pairs of each code."""
    every = [*_of_intake(facts), *_of_photos(facts), *_of_place(facts)]
    told: dict[tuple[str, str | None], Found] = {}
    for one in every:
        told.setdefault((one.code, one.other), one)
    kept = [one for code in KINDS for one in _most(told.values(), code)]
    return Judged(kept, list(told))


def fix_of(facts: Facts) -> Fix | None:
    """Where and when the phone stood; None for paper, which is typed somewhere else."""
    position, at = _position(facts), _taken_at(facts)
    if facts["mode"] == "paper" or not facts["spot"] or not position or at is None:
        return None
    return Fix(
        facts["interview"], facts["device"], at, _true(facts, at), float(facts["accuracy"] or 0)
    )


def spot_of(told: dict[str, Any] | None, same: tuple[str, ...] = ()) -> Spot | None:
    """The position beside all others, as the database counted it."""
    if not told:
        return None
    return Spot(
        longitude=told["longitude"],
        latitude=told["latitude"],
        accuracy=told["accuracy"],
        centres=told["centres"],
        outside_by=told["outside_by"],
        houses=told["houses"],
        nearest=told["nearest"],
        middle=told["middle"],
        usual=told["usual"],
        same=same,
        on_spot=told["on_spot"],
    )


def is_old(document: dict[str, Any]) -> bool:
    """Whether the document's fix belongs to another time than the interview."""
    position = _position(document) or {}
    return positions.is_old(
        instant(position.get("taken_at")),
        _number(position.get("age_s")),
        instant(document.get("started_at")),
        instant(document.get("finished_at")),
    )


def instant(told: Any) -> datetime | None:
    """The instant that an ISO text names, in UTC; None for anything else, and for ends of time."""
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
        instant = moment.astimezone(UTC) if moment and moment.tzinfo else None
        return instant if instant and MINYEAR < instant.year < MAXYEAR else None
    except (ValueError, OverflowError):
        return None


def _most(told: Any, code: str) -> list[Found]:
    return [one for one in told if one.code == code][: likeness.MOST_TOLD]


def _of_intake(facts: Facts) -> list[Found]:
    """What intake pointed at; outside by no more than the fix is accurate is not outside."""
    told = [one.get("code") for one in facts["intake"] if isinstance(one, dict)]
    spot = spot_of(facts["spot"])
    if spot and spot.outside_by and spot.outside_by > spot.accuracy:
        away = round(spot.outside_by)
        return [*_known(told, "position_outside"), found("position_outside", metres=away)]
    return _known(told, "position_outside")


def _known(codes: list[Any], but: str) -> list[Found]:
    return [found(one) for one in codes if one in KINDS and one != but]


def _of_photos(facts: Facts) -> list[Found]:
    told: list[Found] = []
    for photo in facts["photos"]:
        if not photo["problem"] and not likeness.says_something(_visible(photo)):
            told.append(found("photo_plain"))
        for one in photo["alike"]:
            if code := likeness.code_of(one["bits"], one["within"]):
                told.append(found(code, one["other"], bits=one["bits"], within=one["within"]))
    return sorted(told, key=lambda one: dict(one.detail).get("bits", 0))


def _visible(photo: dict[str, Any]) -> int:
    """A photo decoded before this was counted is taken to show something."""
    return likeness.BITS if photo["visible"] is None else int(photo["visible"])


def _of_place(facts: Facts) -> list[Found]:
    if facts["mode"] == "paper":
        return []
    spot = spot_of(facts["spot"], tuple(facts["same"]))
    told = positions.of_spot(spot) if spot else []
    return [*told, *([found("position_old")] if spot and is_old(facts) else [])]


def _position(document: dict[str, Any]) -> dict[str, Any] | None:
    listed = document.get("evidence") or []
    return next((one for one in listed if one.get("kind") == "position"), None)


def _taken_at(facts: Facts) -> datetime | None:
    told = (_position(facts) or {}).get("taken_at")
    return instant(told) or instant(facts["finished_at"])


def _true(facts: Facts, at: datetime) -> datetime | None:
    """The register's last signed time and what the steady clock counted since, at the fix."""
    clock, ended = facts["clock"], instant(facts["finished_at"])
    if not isinstance(clock, dict) or ended is None:
        return None
    heard, elapsed = instant(clock.get("server_time")), _number(clock.get("elapsed_ms"))
    try:
        passed = timedelta(milliseconds=elapsed or 0)
        return heard + passed - (ended - at) if heard else None
    except OverflowError:
        return None


def _number(told: Any) -> float | None:
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None

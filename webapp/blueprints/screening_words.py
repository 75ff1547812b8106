"""Screening in words and bars: each sign's figures as a person reads them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.blueprints.language import t
from webapp.domain.screening.signs import BY_NAME

SHOWN = ("minutes", "pace", "uneven", "straight", "shortcuts", "alike", "zeros", "gap", "hour")
"""The rows of the comparison; how telling equal sums are is a number that nobody can picture."""

_SHARES = ("straight", "alike", "uneven")
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True)
class Bar:
    """A range on a common scale, in hundredths from the left: where most lie, and the middle."""

    left: float
    width: float
    middle: float


@dataclass(frozen=True)
class Compared:
    """One sign: the volunteer's own range and everybody's, in words and as bars."""

    sign: str
    own: str
    everybody: str
    own_bar: Bar
    everybody_bar: Bar


def figure(sign: str, value: float) -> str:
    """A value as it is said: a share in percent, a time with its unit, an hour as on a clock."""
    if sign in _SHARES:
        return f"{value * 100:.0f}%"
    if sign == "hour":
        minutes = round(value * 60)
        return t("screening.at_hour", time=f"{minutes // 60 % 24:02}:{minutes % 60:02}")
    if sign == "gap":
        return _duration(value)
    if sign == "minutes":
        return t("screening.minutes", number=f"{value:.0f}")
    if sign == "pace":
        return t("screening.seconds", number=f"{value:.1f}")
    return f"{value:.1f}".removesuffix(".0")


def reason(sign: str, figures: Mapping[str, Any]) -> str:
    """One reason in a sentence: the interview's own figure, and where the middle half lies."""
    if sign not in BY_NAME:
        return ""
    said = {name: figure(sign, float(figures[name])) for name in ("value", "low", "high")}
    return t(f"screening.sign_{sign}", count=figures.get("count", 0), **said)


def compared(beside: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[Compared]:
    """The rows of the comparison, in a fixed order."""
    return [_compared(sign, beside[sign]) for sign in SHOWN if sign in beside]


def _compared(sign: str, of: Mapping[str, Mapping[str, float]]) -> Compared:
    own, everybody = of["own"], of["all"]
    least = min(own["low"], everybody["low"])
    most = max(own["high"], everybody["high"])
    margin = (most - least) * 0.1 or max(abs(most) * 0.1, 0.01)
    scale = (least - margin, most + margin)
    return Compared(
        sign, _range(sign, own), _range(sign, everybody), _bar(own, scale), _bar(everybody, scale)
    )


def _range(sign: str, of: Mapping[str, float]) -> str:
    low, usual, high = (figure(sign, of[name]) for name in ("low", "usual", "high"))
    return t("screening.range", usual=usual, low=low, high=high) if low != high else usual


def _bar(of: Mapping[str, float], scale: tuple[float, float]) -> Bar:
    least, most = scale
    left, middle, right = (
        round(100 * (of[name] - least) / (most - least), 1) for name in ("low", "usual", "high")
    )
    return Bar(left, max(1.5, right - left), middle)


def _duration(seconds: float) -> str:
    if seconds < 2 * _MINUTE:
        return t("screening.seconds", number=f"{seconds:.0f}")
    if seconds < 2 * _HOUR:
        return t("screening.minutes", number=f"{seconds / _MINUTE:.0f}")
    return t("screening.hours", number=f"{seconds / _HOUR:.0f}")

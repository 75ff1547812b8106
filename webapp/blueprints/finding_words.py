"""What a finding's figures say, in the language chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.blueprints.language import t
from webapp.blueprints.screening_words import reason
from webapp.domain.evidence_reasons import Reason
from webapp.domain.findings import KINDS

Figures = Mapping[str, Any]

_WAYS = ("metres", "nearest", "middle", "usual")


def detail(code: str, told: Any) -> str:
    """The figures in words; nothing where they are not as this version writes them.

    A finding stays for years, longer than the program that wrote it: its own sentence is shown
    all the same, and the page with it.
    """
    say = _SAID.get(code) or _OF_SOURCE.get(KINDS[code].source)
    try:
        return say(told) if say and told else ""
    except (AttributeError, KeyError, TypeError, ValueError):
        return ""


def way(metres: float) -> str:
    """A distance as it is said."""
    if metres < 1000:
        return t("household.metres", count=round(metres))
    return t("household.kilometres", count=f"{metres / 1000:.1f}")


def of_evidence(one: Reason) -> str:
    """Why the evidence is as good as it is, with distances as they are said."""
    said = {name: way(float(one.values[name])) for name in _WAYS if name in one.values}
    return t(f"evidence.{one.key}", **(one.values | said))


def _alike(told: Figures) -> str:
    return t(f"evidence.detail_{told['within']}")


def _point(told: Figures) -> str:
    return t(f"evidence.point_{told['point']}")


def _speed(told: Figures) -> str:
    minutes = round(told["seconds"] / 60, 1)
    return t("evidence.detail_speed", way=way(told["metres"]), minutes=minutes, kmh=told["kmh"])


def _shared(told: Figures) -> str:
    return t("evidence.detail_shared", count=told["count"])


def _far(told: Figures) -> str:
    return t("evidence.detail_far", way=way(told["metres"]), count=told["houses"])


def _outside(told: Figures) -> str:
    return t("evidence.detail_outside", way=way(told["metres"]))


def _back_check(told: Figures) -> str:
    return t("evidence.detail_back_check", differs=told["differs"], compared=told["compared"])


def _income(told: Figures) -> str:
    said = [t("evidence.detail_income", number=f"{told['a_person']:,}")]
    if told.get("a_person_before"):
        said.append(t("evidence.detail_income_before", number=f"{told['a_person_before']:,}"))
    return " · ".join(said)


def _screening(told: Figures) -> str:
    return " · ".join(filter(None, (reason(sign, figures) for sign, figures in told.items())))


_SAID: dict[str, Callable[[Figures], str]] = {
    "photo_same": _alike,
    "photo_similar": _alike,
    "speed_impossible": _speed,
    "position_shared": _shared,
    "position_far": _far,
    "position_outside": _outside,
    "position_default": _point,
    "position_centroid": _point,
    "back_check_differs": _back_check,
}
_OF_SOURCE = {"income": _income, "screening": _screening}

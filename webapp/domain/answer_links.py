"""Which answers a result rests on, and which a plausibility rule points at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

ASKED = re.compile(r"#([0-9A-Za-z_]+(?:\.[0-9A-Za-z_]+)*)")
COVER = re.compile(r"\bcover\.\w+")
SETTING = re.compile(r"(not )?setting\.(\w+)")

Settings = Mapping[str, Any]


def answers_of(
    definition: dict[str, Any], indicator: dict[str, Any], settings: Settings
) -> list[str]:
    """The questions whose answers decide an indicator, in the order they are asked.

    A derived figure stands for the answers it is computed from; a question about people brings
    along the question that says who they are. A part that the round's settings switch off is left
    out.
    """
    parts = [*indicator.get("eligible", []), *indicator.get("failing", [])]
    named = [part["question"] for part in parts if _counts(part.get("when", ""), settings)]
    for name in ("applies", "met"):
        named += ASKED.findall(indicator.get(name) or "")
    return _in_order(definition, _origins(definition, named))


def settings_of(definition: dict[str, Any], overrides: Settings) -> dict[str, Any]:
    """The version's settings with the round's own values."""
    return {one["name"]: one["value"] for one in definition.get("settings", [])} | dict(overrides)


def places_of(failure: dict[str, Any], known: Iterable[str]) -> list[str]:
    """The lines of the interview that an edit failure points at.

    `members.birth` of a failure about one person is that person's; where none is named it is
    everybody's. Only lines that are there (`known`) are given.
    """
    there = list(known)
    found: list[str] = []
    for about in failure.get("about", []):
        place, _, field = about.partition(".")
        if place != "members":
            found += [about] if about in there else []
            continue
        whose = failure.get("member")
        wanted = re.compile(rf"members\.{re.escape(whose) if whose else '[^.]+'}\.{field}$")
        found += [key for key in there if wanted.match(key)]
    return found


def _counts(condition: str, settings: Settings) -> bool:
    """Whether a part counts; a condition on more than one setting is taken to hold."""
    asked = SETTING.fullmatch(condition)
    return not asked or bool(settings.get(asked[2])) is not bool(asked[1])


def _origins(definition: dict[str, Any], named: Iterable[str]) -> set[str]:
    questions = {one["id"]: one for one in definition["questions"]}
    found: set[str] = set()
    waiting = [id for id in named if id in questions]
    while waiting:
        id = waiting.pop()
        if id in found:
            continue
        found.add(id)
        question = questions[id]
        further = ASKED.findall(question["value"]) if question["kind"] == "derived" else []
        among = question.get("among", {}).get("question")
        waiting += [one for one in [*further, among] if one in questions]
    return found


def _in_order(definition: dict[str, Any], found: set[str]) -> list[str]:
    order = [
        id for part in definition["sections"] for screen in part["screens"]
        for id in screen["questions"]
    ]  # fmt: skip
    return [id for id in order if id in found]

"""A finished interview's looser parts in the one shape that pages and comparisons read.

A phone of ours writes no other. What another sends is taken all the same: the envelope keeps every
byte, and here a part of a wrong shape is as good as left out.
"""

from __future__ import annotations

from typing import Any

PARTS = ("explanations", "paradata", "notice")
OF_PEOPLE = ("who", "count")


def of(found: dict[str, Any]) -> dict[str, Any]:
    """The same interview where a phone of ours wrote it."""
    told = found | {part: _object(found[part]) for part in PARTS if part in found}
    if told.get("paradata"):
        told["paradata"] = _paradata(told["paradata"])
    told["declined"] = [one for one in found["declined"] if isinstance(one, str)]
    told["answers"] = {id: said for id, said in found["answers"].items() if _is_answer(said)}
    return told


def _object(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _paradata(told: dict[str, Any]) -> dict[str, Any]:
    kept = dict(told)
    if "section_seconds" in told:
        spent = _object(told["section_seconds"])
        kept["section_seconds"] = {id: one for id, one in spent.items() if _is_number(one)}
    if "shortcuts" in told:
        used = told["shortcuts"] if isinstance(told["shortcuts"], list) else []
        kept["shortcuts"] = [one for one in used if isinstance(_object(one).get("section"), str)]
    return kept


def _is_number(told: Any) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool)


def _is_answer(told: Any) -> bool:
    """What is said of people names them, or counts them, in an object."""
    people = [told[part] for part in OF_PEOPLE if part in told] if isinstance(told, dict) else []
    return all(isinstance(one, dict) for one in people)

"""The shared vectors through the server's engine: what the phone says, the register says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webapp.domain import engine, questionnaire

VECTORS: list[dict[str, Any]] = json.loads((questionnaire.HOME / "vectors.json").read_text())
CHUNK = 50
CHUNKS = [VECTORS[start : start + CHUNK] for start in range(0, len(VECTORS), CHUNK)]


def wrong_indicators(found: dict[str, Any], expected: dict[str, Any]) -> list[object]:
    """The indicators that differ from what is expected of them; only what is named counts."""
    by_number = {str(one["no"]): one for one in found["indicators"]}
    return [
        (number, by_number[number])
        for number, wanted in expected.items()
        if any(by_number[number][name] != value for name, value in wanted.items())
    ]


def differences(vector: dict[str, Any]) -> list[object]:
    """Everything in which the engine's word differs from the vector's."""
    found = engine.evaluate(vector["questionnaire"], vector["interview"], vector.get("settings"))
    expect = vector["expect"]
    failed = {one[name] for one in found["failures"] for name in ("id", "code")}
    values = expect.get("values", {}).items()
    return [
        *wrong_indicators(found, expect.get("indicators", {})),
        *[("value", name) for name, value in values if found["values"][name] != value],
        *[("holds", rule) for rule in expect.get("fails", []) if rule not in failed],
        *[("fails", rule) for rule in expect.get("holds", []) if rule in failed],
        *[("not missing", one) for one in expect.get("missing", []) if one not in found["missing"]],
        *[("missing", one) for one in expect.get("not_missing", []) if one in found["missing"]],
    ]


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: chunk[0]["why"][:60])
def test_the_engine_agrees(chunk: list[dict[str, Any]]) -> None:
    wrong = {vector["why"]: differences(vector) for vector in chunk}
    assert {why: told for why, told in wrong.items() if told} == {}


def test_every_vector_says_why_and_no_two_say_the_same() -> None:
    assert len({vector["why"] for vector in VECTORS}) == len(VECTORS) > 1000

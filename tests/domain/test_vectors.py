"""The shared vectors, in QuickJS: the phone and the register say the same of every interview."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webapp.domain import engine, questionnaire

VECTORS = json.loads((questionnaire.HOME / "vectors.json").read_text(encoding="utf-8"))


def judged(vector: dict[str, Any]) -> dict[str, Any]:
    return engine.judge(vector["questionnaire"], vector["interview"], vector.get("settings"))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["why"] for vector in VECTORS])
def test_vector(vector: dict[str, Any]) -> None:
    found, expect = judged(vector), vector["expect"]
    results = {str(one["no"]): one for one in found["indicators"]}
    for no, wanted in expect.get("indicators", {}).items():
        assert {name: results[no][name] for name in wanted} == wanted
    failing = {one[name] for one in found["failures"] for name in ("id", "code")}
    assert failing.issuperset(expect.get("fails", ()))
    assert failing.isdisjoint(expect.get("holds", ()))
    values = expect.get("values", {})
    assert {name: found["values"][name] for name in values} == values
    assert set(found["missing"]).issuperset(expect.get("missing", ()))
    assert set(found["missing"]).isdisjoint(expect.get("not_missing", ()))

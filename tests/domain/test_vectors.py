"""The shared vectors, in QuickJS: the phone and the register say the same of every interview."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webapp.domain import engine, questionnaire

VECTORS = json.loads((questionnaire.HOME / "vectors.json").read_text(encoding="utf-8"))
VERSION = "bmn-31"
EVERYBODYS = {4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31}
"""Indicators of the household itself: nobody has to be of an age, so they are always assessed."""
RESULTS = {"met", "not_met", "undecided", "not_assessed"}


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


class TestTheVectors:
    def test_try_each_indicator_with_each_result_it_can_have(self) -> None:
        tried: dict[str, set[str]] = {}
        for vector in of_the_version():
            for no, wanted in vector["expect"].get("indicators", {}).items():
                tried.setdefault(no, set()).add(wanted.get("result", "met"))
        for no in questionnaire.indicator_numbers(VERSION):
            can = RESULTS - {"not_assessed"} if no in EVERYBODYS else RESULTS
            assert tried[str(no)] == can, no

    def test_try_each_rule_failing_and_holding(self) -> None:
        told = {
            name: {one for vector in of_the_version() for one in vector["expect"].get(name, ())}
            for name in ("fails", "holds")
        }
        for rule in questionnaire.load(VERSION)["rules"]:
            assert rule["id"] in told["fails"], rule["id"]
            assert told["holds"] & {rule["id"], rule["code"]}, rule["id"]

    def test_try_each_setting_at_another_value(self) -> None:
        settings = {one["name"]: one["value"] for one in questionnaire.load(VERSION)["settings"]}
        tried = {
            name
            for vector in of_the_version()
            for name, value in vector.get("settings", {}).items()
            if settings.get(name, value) != value
        }
        assert settings.keys() <= tried


def of_the_version() -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["questionnaire"] == VERSION]

"""How often a made-up household answers what: bmn-31.json, looked up by question."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from webapp.domain import questionnaire

QUESTIONNAIRE = "bmn-31"
Weights = dict[str, float]


@cache
def data() -> dict[str, Any]:
    """The file as it is."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("bmn-31.json").read_text())
    return found


@cache
def questions() -> dict[str, dict[str, Any]]:
    """The questionnaire's questions by id, in order."""
    return {one["id"]: one for one in questionnaire.load(QUESTIONNAIRE)["questions"]}


@cache
def failing(indicator: int) -> float:
    """The share of people or households that fails the indicator."""
    found = data()["failing"].get(str(indicator), data()["failing_usually"])
    return float(found)


def of_question(kind: str, question: str) -> Any:
    """The entry for a question, or for the whole family it belongs to (22.3.1.*); else None."""
    table = data()[kind]
    if question in table:
        return table[question]
    families = (name for name in table if name.endswith("*") and question.startswith(name[:-1]))
    return next((table[name] for name in families), None)


@cache
def deciding() -> dict[int, list[str]]:
    """For each household indicator, the choices that can make it fail by an unusual answer."""
    found = {}
    for one in questionnaire.load(QUESTIONNAIRE)["indicators"]:
        if one["unit"] == "household":
            named = re.findall(r"#([0-9A-Za-z_.]*[0-9A-Za-z_])", one["met"])
            found[one["no"]] = [name for name in dict.fromkeys(named) if _has_a_usual(name)]
    return found


@cache
def failing_groups() -> dict[str, Weights]:
    """For each question that a person indicator reads, how often a person is in a failing group."""
    found: dict[str, Weights] = {}
    for one in questionnaire.load(QUESTIONNAIRE)["indicators"]:
        if one["unit"] == "person":
            part = one["failing"][0]
            groups = part.get("groups") or [
                g["name"] for g in questions()[part["question"]]["groups"]
            ]
            share = failing(one["no"])
            found.setdefault(part["question"], {}).update(dict.fromkeys(groups, share))
    return found


def _has_a_usual(question: str) -> bool:
    asked = questions()[question]
    return asked["kind"] == "choice" and isinstance(asked.get("usual"), str)

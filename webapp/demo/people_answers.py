"""Answers to questions about people: who is in which group, or on paper how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

from webapp.demo import rates

Members = Mapping[str, Mapping[str, Any]]


def answer(
    chance: Random, asked: dict[str, Any], evaluation: dict[str, Any], members: Members
) -> dict[str, Any]:
    """The value of one people question for the members it is about."""
    eligible = evaluation["questions"][asked["id"]].get("eligible_members") or []
    if asked["id"] in rates.data()["first_grown_up_of"]:
        eligible = eligible[:1]
    who: dict[str, Any] = {}
    for id in eligible:
        groups = _groups(chance, asked, evaluation, id, members)
        if groups:
            who[id] = groups if asked.get("multiple") else groups[0]
    return {"who": who}


def counted(answers: Mapping[str, Any]) -> dict[str, dict[str, dict[str, int]]]:
    """What a paper form says of the same people: how many are in each group."""
    return {
        question: {"count": _counted(value["who"])}
        for question, value in answers.items()
        if isinstance(value, dict) and "who" in value
    }


def _groups(
    chance: Random, asked: dict[str, Any], evaluation: dict[str, Any], id: str, members: Members
) -> list[str]:
    question = asked["id"]
    open_ = (evaluation["questions"][question].get("open_groups") or {}).get(id)
    names = [one["name"] for one in asked["groups"] if open_ is None or one["name"] in open_]
    said = rates.data()["as_member_says"].get(question)
    if said:
        group, field, value = said
        return [group] if members[id].get(field) == value else []
    if question in rates.data()["first_grown_up_of"]:
        return names[:1]
    if question in rates.data()["every_group_of"]:
        return names[-1:]
    weights = _weights(question, evaluation["ages"].get(id, {}).get("years"))
    if asked.get("multiple"):
        return [name for name in names if chance.random() < weights.get(name, 0)]
    return _single(chance, names, weights)


def _weights(question: str, years: int | None) -> rates.Weights:
    found: rates.Weights = rates.of_question("people", question) or rates.failing_groups().get(
        question, {}
    )
    youngest = rates.data()["grown_ups_only"].get(question)
    if youngest is None:
        return found
    if years is None or years < youngest:
        return {}
    return {name: share / rates.data()["share_of_grown_ups"] for name, share in found.items()}


def _single(chance: Random, names: list[str], weights: rates.Weights) -> list[str]:
    drawn = chance.random()
    for name in names:
        drawn -= weights.get(name, 0)
        if drawn < 0:
            return [name]
    return []


def _counted(who: dict[str, Any]) -> dict[str, int]:
    groups = (one if isinstance(one, list) else [one] for one in who.values())
    return dict(Counter(name for several in groups for name in several))

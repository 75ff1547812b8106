"""How long an interview takes, section by section, when everything is asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from webapp.demo import rates
from webapp.domain import questionnaire

SECONDS = {"choice": 6.0, "people": 9.0, "amount": 22.0, "number": 10.0, "text": 18.0,
           "choices": 15.0, "scale": 12.0}  # fmt: skip
A_PERSON = 4.0
"""For each person named in an answer."""
LONGEST = 600
"""The phone counts no more of one screen."""

Seconds = dict[str, float]


@cache
def section_of() -> Mapping[str, str]:
    """The section each question stands in."""
    return {
        question: section["id"]
        for section in questionnaire.load(rates.QUESTIONNAIRE)["sections"]
        for screen in section["screens"]
        for question in screen["questions"]
    }


def asking(chance: Random, document: Mapping[str, Any]) -> Seconds:
    """Seconds of a middling volunteer for each step and section of this interview."""
    found: Seconds = {
        "notice": chance.uniform(15, 30),
        "cover": chance.uniform(35, 80),
        "members": chance.uniform(8, 15) * len(document["members"]) + 15,
        "contents": chance.uniform(5, 25),
        "result": chance.uniform(15, 60),
        "evidence": chance.uniform(40, 110),
        "finish": chance.uniform(8, 30),
    }
    for question, value in document["answers"].items():
        section = section_of()[question]
        spent = SECONDS[rates.questions()[question]["kind"]]
        if isinstance(value, dict):
            spent += A_PERSON * len(value.get("who", ()))
        found[section] = found.get(section, 0.0) + spent
    return found


def at_the_door(chance: Random, document: Mapping[str, Any], pace: float) -> Seconds:
    """The same with this volunteer and these people: the old take longer, some like to talk."""
    births = [str(one["birth"]) for one in document["members"] if one.get("respondent")]
    age = int(document["date"][:4]) - int((births or ["1980"])[0][:4])
    manner = pace * chance.lognormvariate(0, 0.22) * (1.25 if age >= 70 else 1)
    return {
        step: seconds * manner * chance.lognormvariate(0, 0.28)
        for step, seconds in asking(chance, document).items()
    }


def counted(seconds: Mapping[str, float]) -> dict[str, int]:
    """As the phone writes it down."""
    return {step: round(min(spent, LONGEST)) for step, spent in seconds.items() if spent >= 0.5}

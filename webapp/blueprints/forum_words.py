"""What the pages of a forum say: agreement in figures, two tellings of a household in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from webapp.domain import engine, questionnaire
from webapp.domain.forum import agreement, questions
from webapp.domain.forum.agreement import Together
from webapp.queries.forum import Called, Shown


@dataclass(frozen=True)
class Row:
    """A question or a volunteer with how far the answers agree."""

    name: str
    found: Together


@dataclass(frozen=True)
class Agreed:
    """The village as one, question by question, volunteer by volunteer."""

    whole: Together
    by_question: list[Row]
    by_volunteer: list[Row]


@dataclass(frozen=True)
class Line:
    """One question with both answers; `is_same` is None where they cannot be compared."""

    text: str
    first: str
    again: str
    is_same: bool | None


def agreed(version: str, shown: Shown) -> Agreed:
    """How far what was said at the forum agrees with the interviews."""
    every = [one.compared for one in shown.asked]
    volunteers = sorted(
        {one.first for one in shown.houses}, key=lambda one: (shown.names.get(one, ""), one)
    )
    return Agreed(
        agreement.together(every),
        [
            Row(words, agreement.together(every, question))
            for question, words in questions.words(version).items()
        ],
        [
            Row(
                shown.names.get(first, ""),
                agreement.together(one.compared for one in shown.asked if one.first == first),
            )
            for first in volunteers
        ],
    )


def beside(version: str, first: dict[str, Any], house: Called) -> list[Line]:
    """The two tellings of a household, in the words of the questionnaire."""
    again = house.result.answers if house.result else {}
    before = engine.given(version, first) | {questions.MEMBERS: len(first.get("members", []))}
    labels = {
        one["id"]: {option["name"]: option["label_th"] for option in one.get("options", [])}
        for one in questionnaire.load(version)["questions"]
    }

    def said(question: str, value: Any) -> str:
        if value is None:
            return ""
        return f"{value} คน" if question == questions.MEMBERS else labels[question].get(value, "")

    return [
        Line(
            words,
            said(question, before.get(question)),
            said(question, again.get(question)),
            house.compared.get(question),
        )
        for question, words in questions.words(version).items()
    ]

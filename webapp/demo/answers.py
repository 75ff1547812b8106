"""Answers of a made-up household: asked in rounds, as the engine says what applies next."""

from __future__ import annotations

from random import Random
from typing import Any

from webapp.demo import people_answers, rates
from webapp.demo.chance import one_of
from webapp.demo.money import Money
from webapp.domain import engine

ROUNDS = 8
"""No skip pattern is deeper."""

Document = dict[str, Any]
Evaluation = dict[str, Any]


def fill(chance: Random, document: Document) -> Evaluation:
    """Every question that applies is answered (a few declined); what the engine says at the end.

    A paper form is filled as at a doorstep too: only then who was in which group becomes how many.
    """
    mode = document["mode"]
    document["mode"] = "doorstep"
    filling = _Filling(chance, document)
    evaluation = engine.evaluate(rates.QUESTIONNAIRE, document)
    for _ in range(ROUNDS):
        if not filling.answer(evaluation):
            break
        evaluation = engine.evaluate(rates.QUESTIONNAIRE, document)
    if mode == "doorstep":
        return evaluation
    document["mode"] = mode
    document["answers"].update(people_answers.counted(document["answers"]))
    return engine.evaluate(rates.QUESTIONNAIRE, document)


class _Filling:
    """One household being asked."""

    def __init__(self, chance: Random, document: Document) -> None:
        self.chance = chance
        self.document = document
        self.answers: dict[str, Any] = document["answers"]
        self.members = {one["id"]: one for one in document["members"]}
        self.unusual = self._plan_failures()
        self.money = Money(chance, len(self.members), self.answers)

    def answer(self, evaluation: Evaluation) -> bool:
        """Answer what applies and is open; whether there was anything."""
        before = len(self.answers) + len(self.document["declined"])
        for id, asked in rates.questions().items():
            state = evaluation["questions"].get(id, {})
            open_ = state.get("applies") and not state.get("answered") and not state.get("declined")
            if open_ and asked["kind"] != "derived" and id not in self.answers:
                self._answer_one(id, asked, evaluation)
        return len(self.answers) + len(self.document["declined"]) > before

    def _answer_one(self, id: str, asked: dict[str, Any], evaluation: Evaluation) -> None:
        if asked["sensitive"] and self.chance.random() < 0.002:
            self.document["declined"].append(id)
        elif self.money.decides(id):
            self.money.answer(id, evaluation)
        elif asked["kind"] == "people":
            self.answers[id] = people_answers.answer(self.chance, asked, evaluation, self.members)
        elif asked["required"] or self.chance.random() < 0.5:
            self.answers[id] = self._value(id, asked)

    def _value(self, id: str, asked: dict[str, Any]) -> Any:
        kind = asked["kind"]
        if kind == "choice":
            return self._choice(id, asked)
        if kind == "choices":
            return self._several(id, asked)
        if kind == "text":
            return rates.data()["texts"].get(id, "ตัวอย่าง")
        table = "amounts" if kind == "amount" else "numbers"
        low, high = rates.of_question(table, id) or (0, 10)
        step = 100 if kind == "amount" else 1
        return self.chance.randint(low // step, high // step) * step

    def _choice(self, id: str, asked: dict[str, Any]) -> str:
        names = [one["name"] for one in asked["options"]]
        if id in self.unusual:
            return self.chance.choice([name for name in names if name != asked["usual"]])
        weights = rates.of_question("choices", id)
        if weights:
            return one_of(self.chance, weights)
        return str(asked.get("usual", names[0]))

    def _several(self, id: str, asked: dict[str, Any]) -> list[str]:
        saving = rates.data()["saving"]
        if id == saving["question"] and self.chance.random() < rates.failing(saving["indicator"]):
            return [saving["none"]]
        weights = rates.of_question("several", id) or {asked["options"][0]["name"]: 1}
        found = [name for name, share in weights.items() if self.chance.random() < share]
        return found or [next(iter(weights))]

    def _plan_failures(self) -> set[str]:
        """One question of each household indicator that is to fail."""
        return {
            self.chance.choice(questions)
            for indicator, questions in rates.deciding().items()
            if questions and self.chance.random() < rates.failing(indicator)
        }

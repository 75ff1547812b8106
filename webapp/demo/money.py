"""A made-up household's income and spending, which must fit its workers and its debts."""

from __future__ import annotations

from random import Random
from typing import Any

from webapp.demo import rates


class Money:
    """Income is drawn once; its parts and the spending follow from it."""

    def __init__(self, chance: Random, members: int, answers: dict[str, Any]) -> None:
        self.chance = chance
        self.answers = answers
        self.plan: dict[str, Any] = rates.data()["income"]
        self.total = members * self._a_person()

    def decides(self, question: str) -> bool:
        """Whether the question is one of these."""
        plan = self.plan
        return (
            question in plan["parts"]
            or question in plan["spending"]
            or question == plan["repayment"]
        )

    def answer(self, question: str, evaluation: dict[str, Any]) -> None:
        """Answer it, unless what it depends on is still open."""
        plan = self.plan
        if question in plan["parts"]:
            if not any(_is_open(evaluation, one) for one in plan["workers"]):
                self.answers[question] = self._part(question, evaluation)
        elif question in plan["spending"]:
            share = plan["spending"][question] * self.chance.uniform(0.6, 1.3)
            self.answers[question] = _round(self.total * share)
        elif all(debt in self.answers for debt in plan["debts"]):
            owes = any(self.answers[debt] == "yes" for debt in plan["debts"])
            share = self.chance.uniform(0.03, 0.15) if owes else 0
            self.answers[question] = max(_round(self.total * share), 500 if owes else 0)

    def _a_person(self) -> int:
        line = int(self.plan["line"])
        if self.chance.random() < rates.failing(self.plan["indicator"]):
            return self.chance.randint(line // 4, line - 1000)
        drawn = self.chance.lognormvariate(0, 0.4) * self.plan["median_a_person"]
        return max(_round(drawn), line + 1000)

    def _part(self, question: str, evaluation: dict[str, Any]) -> int:
        """The last part is what the others leave, so that rounding never crosses the line."""
        alone = self.plan["without_workers"]
        if not self._workers(evaluation):
            return self.total if question == alone else 0
        parts: dict[str, float] = self.plan["parts"]
        first = next(iter(parts))
        rest = {name: _round(self.total * share) for name, share in parts.items() if name != first}
        return self.total - sum(rest.values()) if question == first else rest[question]

    def _workers(self, evaluation: dict[str, Any]) -> int:
        found = 0
        for question in self.plan["workers"]:
            state = evaluation["questions"][question]
            found += (state.get("eligible") or 0) - (state.get("count") or 0)
        return found


def _is_open(evaluation: dict[str, Any], question: str) -> bool:
    state = evaluation["questions"][question]
    return bool(state["applies"]) and not state["answered"] and not state["declined"]


def _round(amount: float) -> int:
    return round(amount / 100) * 100

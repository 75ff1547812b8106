"""Node and QuickJS say the same of any rule and any interview."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain import random_rules
from webapp.domain import engine

FILTER = Path(__file__).parent.parent / "js" / "answer-lines.ts"
EASY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = ["(", ")", ",", "and", "or", "not", "in", "=", "<", "+", "-", "#1", "#5", "yes", "age", "1"]
MORE_WORDS = ["count", "people", "first", "if", "mode", "members", "setting.line", "ก", "#9", "é"]
NOISE = st.lists(st.sampled_from(WORDS + MORE_WORDS), max_size=12).map(" ".join)


class Node:
    """The engine in a Node process of its own, asked line by line."""

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._stdin, self._stdout = stdin, stdout

    def says(self, act: str, definition: dict[str, Any], interview: object = None) -> Any:
        self._stdin.write(json.dumps([act, definition, interview]) + "\n")
        self._stdin.flush()
        return json.loads(self._stdout.readline())


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    command = [str(Path(sys.executable).parent / "node"), str(FILTER)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        yield Node(process.stdin, process.stdout)
        process.stdin.close()


def version(truths: list[str], numbers: list[str]) -> dict[str, Any]:
    """A version whose rules and derived questions are the expressions given."""
    rules = [rule(str(place), text) for place, text in enumerate(truths)]
    derived = [
        random_rules.question(f"x{place}", "derived", value=text)
        for place, text in enumerate(numbers)
    ]
    questions = [*random_rules.QUESTIONS, *derived]
    parts = {"questions": questions, "indicators": random_rules.INDICATORS, "rules": rules}
    return random_rules.VERSION | parts


def rule(name: str, text: str) -> dict[str, Any]:
    about = {"severity": "hard", "scope": "household", "about": ["1"], "message_th": "ข้อความ"}
    return {"id": name, "code": name, "fails_when": text} | about | random_rules.SOURCE


def in_quickjs(definition: dict[str, Any], interview: dict[str, Any]) -> Any:
    with engine._pool.context() as context:
        engine._call(context, "keep", "random", json.dumps(definition), "{}")
        return json.loads(engine._call(context, "evaluate", "random", json.dumps(interview)))


class TestNodeAndQuickJs:
    @EASY
    @given(
        st.lists(random_rules.truth_rules, min_size=1, max_size=6),
        st.lists(random_rules.number_rules, max_size=4),
        random_rules.interviews,
    )
    def test_agree_on_every_interview(
        self, node: Node, truths: list[str], numbers: list[str], interview: dict[str, Any]
    ) -> None:
        definition = version(truths, numbers)
        assert node.says("evaluate", definition, interview) == in_quickjs(definition, interview)

    @EASY
    @given(st.lists(NOISE, min_size=1, max_size=8))
    def test_refuse_the_same_rules_in_the_same_words(self, node: Node, texts: list[str]) -> None:
        definition = version(texts, [])
        assert node.says("check", definition) == engine.check(definition)


class TestARuleAndItsOpposite:
    @EASY
    @given(random_rules.truth_rules, random_rules.interviews)
    def test_are_never_both_true(self, truth: str, interview: dict[str, Any]) -> None:
        found = in_quickjs(version([truth, f"not ({truth})"], []), interview)
        assert len(found["failures"]) <= 1

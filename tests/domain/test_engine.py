"""The engine in QuickJS: many threads, limits, and interviews out of shape."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from webapp.domain import engine

INTERVIEW: dict[str, Any] = {
    "date": "2026-11-23",
    "mode": "doorstep",
    "cover": {"visit_date": "2026-11-23"},
    "members": [{"id": "m1", "full_name": "สมใจ 😀", "born": "1990", "gender": "woman"}],
    "answers": {"home.a": "hired", "home.b": 3000, "read.1": {"who": {"m1": "never_reads"}}},
    "declined": [],
}


@pytest.fixture(autouse=True)
def extra_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parent.parent / "questionnaires"
    monkeypatch.setenv("JPT_QUESTIONNAIRES_EXTRA", str(folder))


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> engine._Pool:
    fresh = engine._Pool()
    monkeypatch.setattr(engine, "_pool", fresh)
    return fresh


def run(pool: engine._Pool, script: str) -> None:
    with pool.context() as context:
        context.eval(f"globalThis.ENGINE = {{ judge: {script} }}")
        engine._call(context, "judge")


def results(found: dict[str, Any]) -> list[str]:
    return [one["result"] for one in found["indicators"]]


class TestAnyVersion:
    def test_is_taken(self) -> None:
        found = engine.evaluate("tiny-3", INTERVIEW)
        assert results(found) == ["met", "not_met"]
        assert found["questions"]["read.1"]["eligible_members"] == ["m1"]
        assert found["ages"] == {"m1": {"years": 36, "months": 442}}

    def test_is_taken_with_a_rounds_settings(self) -> None:
        assert results(engine.judge("tiny-3", INTERVIEW, {"rent_line": 2999})) == [
            "not_met",
            "not_met",
        ]
        assert results(engine.judge("tiny-3", INTERVIEW)) == ["met", "not_met"]

    def test_that_is_not_there_is_an_error_that_costs_nothing(self, pool: engine._Pool) -> None:
        for _ in range(engine.CONTEXTS + 2):
            with pytest.raises(KeyError):
                engine.judge("nothing", INTERVIEW)
        assert results(engine.judge("tiny-3", INTERVIEW)) == ["met", "not_met"]


class TestAnInterviewOutOfShape:
    @pytest.mark.parametrize("value", [None, 5, "ก", [], {}, [None], {"a": {"who": 5}}, True])
    def test_is_still_judged(self, value: object) -> None:
        odd = dict.fromkeys(engine.READ, value)
        assert len(results(engine.judge("tiny-3", odd))) == 2
        assert len(results(engine.judge("tiny-3", {}))) == 2

    def test_may_hold_half_a_letter(self) -> None:
        odd = INTERVIEW | {"members": [{"id": "\ud83d", "full_name": "\udc00"}]}
        assert "members.\ud83d.born" in engine.judge("tiny-3", odd)["missing"]

    def test_that_is_no_json_is_a_failure_without_its_words(self) -> None:
        odd = INTERVIEW | {"answers": {"home.b": float("nan")}}
        with pytest.raises(engine.EngineFailure) as failure:
            engine.judge("tiny-3", odd)
        assert failure.value.code == "shape"
        assert failure.value.__suppress_context__


class TestManyThreads:
    def test_get_the_same_answers_from_few_contexts(self, pool: engine._Pool) -> None:
        expected = engine.judge("tiny-3", INTERVIEW)
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _: engine.judge("tiny-3", INTERVIEW), range(200)))
        assert all(one == expected for one in found)
        assert pool._idle.qsize() <= engine.CONTEXTS

    def test_do_not_wait_for_ever(
        self, monkeypatch: pytest.MonkeyPatch, pool: engine._Pool
    ) -> None:
        monkeypatch.setattr(engine, "WAIT", 0.01)
        taken = [pool._take() for _ in range(engine.CONTEXTS)]
        with pytest.raises(engine.EngineFailure, match="busy"):
            engine.judge("tiny-3", INTERVIEW)
        assert len(taken) == engine.CONTEXTS


class TestLimits:
    @pytest.mark.parametrize(
        ("script", "code"),
        [
            ("() => { for (;;) {} }", "time"),
            ("() => { const a = []; for (;;) a.push(new Array(1e6).fill(1)) }", "memory"),
            ("function deep() { return deep() + 1 }", "depth"),
        ],
    )
    def test_stop_a_run_and_lose_no_context(
        self, script: str, code: str, monkeypatch: pytest.MonkeyPatch, pool: engine._Pool
    ) -> None:
        monkeypatch.setattr(engine, "SECONDS", 1)
        for _ in range(engine.CONTEXTS + 1):
            with pytest.raises(engine.EngineFailure) as failure:
                run(pool, script)
            assert failure.value.code == code
        assert results(engine.judge("tiny-3", INTERVIEW)) == ["met", "not_met"]

    def test_are_not_reached_by_the_deepest_rule(self) -> None:
        deepest = f"{'(' * 31}true{')' * 31}"
        question = {"id": "1", "kind": "number", "asked_if": deepest}
        lists = ("settings", "cover", "members", "sections", "indicators", "rules")
        problems = engine.check({"questions": [question]} | {name: [] for name in lists})
        assert not [one for one in problems if "asked_if" in one["where"]]

    def test_leave_memory_as_it_was(self, pool: engine._Pool) -> None:
        def used() -> int:
            with pool.context() as context:
                return int(context.memory()["memory_used_size"])

        engine.judge("tiny-3", INTERVIEW)
        before = used()
        for _ in range(500):
            engine.judge("tiny-3", INTERVIEW)
        assert used() < before * 1.5


def seen_by_a_worker() -> list[object]:
    return [engine._pool._idle.qsize(), *results(engine.judge("tiny-3", INTERVIEW))]


class TestAForkedWorker:
    @pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
    def test_has_contexts_of_its_own(self) -> None:
        engine.judge("tiny-3", INTERVIEW)
        with ProcessPoolExecutor(1, get_context("fork")) as workers:
            assert workers.submit(seen_by_a_worker).result() == [0, "met", "not_met"]

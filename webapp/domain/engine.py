"""The one questionnaire engine, run in QuickJS: the same code as on the phone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import Any

import quickjs

from webapp.domain import questionnaire

BUILT = Path(__file__).parent.parent / "static" / "dist" / "engine-server.js"
SECONDS = 5
MEMORY = 128 * 1024 * 1024
CONTEXTS = max(1, os.cpu_count() or 1)

Settings = dict[str, float | bool]


class EngineFailure(Exception):
    """The engine stopped on a definition or an interview; says which kind, never what was said."""


class _Pool:
    """At most one context per core; each is used by one thread at a time."""

    def __init__(self) -> None:
        self._idle: LifoQueue[Any] = LifoQueue()
        self._made = 0
        self._lock = Lock()

    @contextmanager
    def context(self) -> Iterator[Any]:
        """A context for this thread alone; one that failed is thrown away."""
        one = self._take()
        try:
            yield one
        except quickjs.JSException as failure:
            with self._lock:
                self._made -= 1
            raise EngineFailure("the engine stopped") from failure
        else:
            self._idle.put(one)

    def _take(self) -> Any:
        with self._lock:
            if self._idle.empty() and self._made < CONTEXTS:
                self._made += 1
                return _new_context()
        return self._idle.get(timeout=30)


_pool = _Pool()


def evaluate(
    version: str, interview: dict[str, Any], settings: Settings | None = None
) -> dict[str, Any]:
    """What the questionnaire says of one interview (GSBPM 5.3): missing, failures, indicators.

    Raises:
        KeyError: no such version.
        EngineFailure: the engine ran out of time or memory, or the interview has no shape.
    """
    chosen = json.dumps(settings or {}, sort_keys=True)
    key = f"{version}|{chosen}"
    text = json.dumps(interview, ensure_ascii=False)
    with _pool.context() as context:
        answer = _call(context, "evaluate", key, text)
        if not answer:
            _call(context, "keep", key, questionnaire.content(version).decode(), chosen)
            answer = _call(context, "evaluate", key, text)
    found: dict[str, Any] = json.loads(answer)
    return found


def check(definition: dict[str, Any]) -> list[dict[str, Any]]:
    """What is wrong with a definition, in plain words; nothing when it may be published."""
    with _pool.context() as context:
        found: list[dict[str, Any]] = json.loads(
            _call(context, "check", json.dumps(definition, ensure_ascii=False))
        )
    return found


def _call(context: Any, name: str, *texts: str) -> str:
    act: Callable[..., str] = context.get("CALL")
    return act(name, *texts)


def _new_context() -> Any:
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_time_limit(SECONDS)
    context.eval(_source())
    context.eval("globalThis.CALL = (name, ...texts) => ENGINE[name](...texts)")
    return context


@cache
def _source() -> str:
    return BUILT.read_text(encoding="utf-8")

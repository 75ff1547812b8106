"""The one questionnaire engine, run in QuickJS: the same code as on the phone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any

import quickjs

from webapp.domain import questionnaire

BUILT = Path(__file__).parent.parent / "static" / "dist" / "engine-server.js"
SECONDS = 5
WAIT = 30
MEMORY = 128 * 1024 * 1024
STACK = 1024 * 1024
CONTEXTS = max(1, len(os.sched_getaffinity(0)))
READ = ("date", "mode", "cover", "members", "answers", "declined")

Settings = dict[str, float | bool]


class EngineFailure(Exception):
    """The engine stopped on a definition or an interview; says which kind, never what was said."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the engine stopped: {code}")
        self.code = code


class _Pool:
    """At most one context per core; each is used by one thread at a time."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Nothing is made yet; a forked process does not share its parent's contexts."""
        self._idle: LifoQueue[Any] = LifoQueue()
        self._free = CONTEXTS
        self._lock = Lock()

    @contextmanager
    def context(self) -> Iterator[Any]:
        """A context for this thread alone; one that ran out of time or memory is thrown away."""
        one = self._take()
        try:
            yield one
        except (quickjs.JSException, MemoryError) as failure:
            code = _code_of(str(failure))
            if code != "shape":
                one = None
            raise EngineFailure(code) from None
        finally:
            self._give_back(one)

    def _take(self) -> Any:
        with self._lock:
            if self._idle.empty() and self._free > 0:
                fresh = _new_context()
                self._free -= 1
                return fresh
        try:
            return self._idle.get(timeout=WAIT)
        except Empty:
            raise EngineFailure("busy") from None

    def _give_back(self, one: Any) -> None:
        """Somebody may already be waiting, so a lost context is replaced at once."""
        self._idle.put(_new_context() if one is None else one)


_pool = _Pool()
os.register_at_fork(after_in_child=_pool.begin)


def evaluate(
    version: str, interview: dict[str, Any], settings: Settings | None = None
) -> dict[str, Any]:
    """What the questionnaire says of one interview (GSBPM 5.3), and of each question of it.

    Whatever is malformed inside the interview counts as not answered.

    Raises:
        KeyError: no such version.
        EngineFailure: the engine ran out of time or memory, or the interview has no shape.
    """
    return _say("evaluate", version, interview, settings)


def judge(
    version: str, interview: dict[str, Any], settings: Settings | None = None
) -> dict[str, Any]:
    """The evaluation without the single questions' states, at half the cost: what intake keeps.

    Raises:
        KeyError: no such version.
        EngineFailure: the engine ran out of time or memory, or the interview has no shape.
    """
    return _say("judge", version, interview, settings)


def given(version: str, interview: dict[str, Any]) -> dict[str, Any]:
    """Answers by question in the form in which two tellings can be compared; None: nothing said.

    Questions about people by name and derived ones are not among them.

    Raises:
        KeyError: no such version.
        EngineFailure: the engine ran out of time or memory, or the interview has no shape.
    """
    return _say("given", version, interview, None)


def check(definition: dict[str, Any]) -> list[dict[str, Any]]:
    """What is wrong with a definition, in plain words; nothing when it may be published.

    Raises:
        EngineFailure: the definition is no definition at all.
    """
    text = json.dumps(definition)
    with _pool.context() as context:
        found: list[dict[str, Any]] = json.loads(_call(context, "check", text))
    return found


def _say(
    what: str, version: str, interview: dict[str, Any], settings: Settings | None
) -> dict[str, Any]:
    chosen = json.dumps(settings or {}, sort_keys=True)
    key = f"{version}|{chosen}"
    text = json.dumps({name: interview.get(name) for name in READ})
    with _pool.context() as context:
        answer = _call(context, what, key, text)
        if not answer:
            content = questionnaire.content(version).decode()
            _call(context, "keep", key, content, chosen)
            answer = _call(context, what, key, text)
    found: dict[str, Any] = json.loads(answer)
    return found


def _call(context: Any, name: str, *texts: str) -> str:
    act: Callable[..., str] = context.get("CALL")
    return act(name, *texts)


def _code_of(message: str) -> str:
    if "interrupted" in message:
        return "time"
    if "out of memory" in message or not message:
        return "memory"
    return "depth" if "stack" in message else "shape"


def _new_context() -> Any:
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_max_stack_size(STACK)
    context.set_time_limit(SECONDS)
    context.eval(_source())
    context.eval("globalThis.CALL = (name, ...texts) => ENGINE[name](...texts)")
    return context


@cache
def _source() -> str:
    return BUILT.read_text(encoding="utf-8")

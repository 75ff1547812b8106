"""The application with a brake, for tests that kill it: a request may name the step it stops at.

A step is what a killed process can have done last: a statement, a commit, a flush, a rename.
`Jpt-Step: NAME NUMBER` stops after the step of this number until the folder says go; 0 never stops.
The names of the steps passed are written when the request ends.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from wsgi import app as whole

FOLDER = Path(os.environ["JPT_STEPS"])
_here = threading.local()


@dataclass
class Brake:
    """Where one request stops, and what it has passed."""

    name: str
    stop_at: int
    passed: list[str] = field(default_factory=list)

    def step(self, what: str) -> None:
        """The step is done; wait here if it is the one."""
        self.passed.append(what)
        if len(self.passed) == self.stop_at:
            (FOLDER / f"{self.name}.reached").write_text(what)
            while not (FOLDER / "go").exists():
                time.sleep(0.02)


def after(owner: Any, name: str, told: Callable[..., str]) -> None:
    """Each call of this function is a step."""
    original = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> Any:
        result = original(*arguments, **named)
        if brake := getattr(_here, "brake", None):
            brake.step(told(*arguments))
        return result

    setattr(owner, name, counted)


def _statement(_: Any, query: Any, *__: Any) -> str:
    return f"said {str(query)[:40]}"


after(psycopg.Cursor, "execute", _statement)
after(psycopg.Connection, "commit", lambda *_: "committed")
after(os, "fsync", lambda *_: "flushed")
after(Path, "replace", lambda *_: "renamed")


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The whole application; its answer is made before any of it is sent."""
    name, number = environ.get("HTTP_JPT_STEP", " 0").split(" ")
    if not name:
        return whole(environ, start_response)
    _here.brake = brake = Brake(name, int(number))
    brake.step("heard")
    try:
        answer = list(whole(environ, start_response))
        brake.step("answered")
        return answer
    finally:
        _here.brake = None
        (FOLDER / f"{name}.steps").write_text("\n".join(brake.passed))

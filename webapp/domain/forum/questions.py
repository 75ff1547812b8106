"""The questions of the back-check: chosen as data beside the questionnaire's version.

`back_check.json` has a version of its own and is no part of the definition that phones keep by its
digest: choosing other questions changes no published questionnaire.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from webapp.domain import questionnaire

MEMBERS = "members"
"""Not a question of the form: how many people the household has."""
FEWEST, MOST = 8, 12


@cache
def load(version: str) -> dict[str, Any] | None:
    """What is asked again, and what is read out before; None where nothing is chosen."""
    for home in questionnaire.folders():
        path = home / version / "back_check.json"
        if questionnaire.exists(version) and path.is_file():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
    return None


def ids(version: str) -> tuple[str, ...]:
    """The questions in the order in which they are asked."""
    chosen = load(version)
    return tuple(one["id"] for one in chosen["questions"]) if chosen else ()


def words(version: str) -> dict[str, str]:
    """What each question asks, in Thai."""
    chosen = load(version) or {"questions": []}
    asked = {one["id"]: one["text_th"] for one in questionnaire.load(version)["questions"]}
    return {one["id"]: one.get("text_th") or asked[one["id"]] for one in chosen["questions"]}

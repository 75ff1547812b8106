"""What the phone of somebody named for a forum holds: drawn houses and questions, no answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain.forum import questions

_OWN = text("select jpt_forums()")


def read(session: Session) -> list[dict[str, Any]]:
    """The open forums of this round at which the asker is to ask, the next one first."""
    found: list[dict[str, Any]] = session.scalar(_OWN) or []
    return [one | _asked(one["questionnaire"]) for one in found]


def _asked(version: str) -> dict[str, Any]:
    chosen = questions.load(version) or {"notice": {}, "questions": []}
    return {"notice": chosen["notice"], "questions": chosen["questions"]}

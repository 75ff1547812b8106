"""Example requests of review: the list, one interview, decisions; as `rights_examples`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from tests.web.rights_asking import Example, area, form_of, page
from tests.web.rights_world import VILLAGES, Person, Target


def interview(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village's interview."""
    return {"interview_id": target.interview}


def no_batch(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """Acceptances that nobody made."""
    return {"batch": UUID(int=80)}


SOON = (date.today() + timedelta(days=5)).isoformat()
OLDER = {"digest": "00", "reason": "ดูอีกครั้ง", "deadline": SOON, "kind": "photo"}
"""About a revision that is not the newest: refused after the scope has been judged."""


def decision(*ok: int) -> Example:
    """An act on the village's interview."""
    return page(*ok, about=VILLAGES, values=interview, form=form_of(**OLDER))


REVIEW: dict[tuple[str, str], Example] = {
    ("review.worklist", "GET"): page(**area()),
    ("review.one", "GET"): page(about=VILLAGES, values=interview),
    ("review.accept", "POST"): decision(409),
    ("review.give_back", "POST"): decision(409),
    ("review.ask_evidence", "POST"): decision(409),
    ("review.withdraw", "POST"): decision(409),
    ("review.at_once", "GET"): page(**area()),
    ("review.accept_at_once", "POST"): page(302, 303, form=form_of(mark="none")),
    ("review.withdraw_at_once", "POST"): page(404, values=no_batch, form=form_of(reason="ดูอีกครั้ง")),
}

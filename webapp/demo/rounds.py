"""The demo's round: the service plan of 2565, laid round today."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.demo.rates import QUESTIONNAIRE
from webapp.models.survey_round import Round, ServiceWindow

DAYS_INTO_RECORDING = 45
RECORDING = "recording"


def round_id(today: date) -> str:
    """The round is called after its Buddhist year."""
    return str(today.year + 543)


def settle(session: Session, today: date, *, recording_open: bool = False) -> str:
    """The current round is this year's, with every service of the plan; its id.

    `recording_open`: recording stays open whatever the clock says, until it is settled again.
    """
    id = round_id(today)
    session.execute(update(Round).where(Round.id != id).values(is_current=False))
    new = insert(Round).values(
        id=id, name_th=f"จปฐ. ปี {id}", questionnaire_id=QUESTIONNAIRE, is_current=True
    )
    current = {"name_th": new.excluded.name_th, "is_current": True}
    session.execute(new.on_conflict_do_update(index_elements=[Round.id], set_=current))
    for window in windows(today):
        values = {"round_id": id, **window}
        if recording_open and window["service"] == RECORDING:
            values |= {"opens_on": date(2000, 1, 1), "closes_on": None}
        fresh = insert(ServiceWindow).values(values)
        dates = {"opens_on": fresh.excluded.opens_on, "closes_on": fresh.excluded.closes_on}
        session.execute(
            fresh.on_conflict_do_update(index_elements=["round_id", "service"], set_=dates)
        )
    return id


def windows(today: date) -> list[dict[str, Any]]:
    """All services of 2565's plan, moved so that recording has been open for some weeks."""
    plan = _plan()
    opened = next(one["open"] for one in plan if one["id"] == RECORDING)
    moved = today - timedelta(days=DAYS_INTO_RECORDING) - date.fromisoformat(opened)
    return [
        {
            "service": one["id"],
            "opens_on": date.fromisoformat(one["open"]) + moved if one["open"] else None,
            "closes_on": date.fromisoformat(one["close"]) + moved if one["close"] else None,
        }
        for one in plan
    ]


@cache
def _plan() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("service-plan-2565.json")
    found: list[dict[str, Any]] = json.loads(path.read_text())["services"]
    return found

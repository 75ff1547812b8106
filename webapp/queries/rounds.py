"""The current round and when its services are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.models.survey_round import Round, ServiceWindow


@dataclass(frozen=True)
class Current:
    """The round under way and its recording window (both days included)."""

    id: str
    name_th: str
    questionnaire: str
    opens_on: date
    closes_on: date | None

    def is_open(self, today: date) -> bool:
        """Whether interviews may be recorded on this day."""
        return self.opens_on <= today <= (self.closes_on or date.max)


def current(session: Session) -> Current:
    """The current round. Raises Problem `maintenance` where none is set up yet."""
    found = session.execute(
        select(
            Round.id,
            Round.name_th,
            Round.questionnaire_id,
            ServiceWindow.opens_on,
            ServiceWindow.closes_on,
        )
        .join(ServiceWindow, ServiceWindow.round_id == Round.id)
        .where(Round.is_current, ServiceWindow.service == "recording")
    ).one_or_none()
    if found is None:
        raise Problem("maintenance", after=60)
    return Current(*found)

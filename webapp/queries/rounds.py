"""The current round and when its services are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.domain.service_plan import RECORDING, SERVICES, ServiceClosed, Window
from webapp.models.survey_round import Round, ServiceWindow


@dataclass(frozen=True)
class Current:
    """The round under way and its recording window (both days included)."""

    id: str
    name_th: str
    questionnaire: str
    opens_on: date
    closes_on: date | None
    notice: dict[str, Any] | None = None

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
            Round.notice,
        )
        .join(ServiceWindow, ServiceWindow.round_id == Round.id)
        .where(Round.is_current, ServiceWindow.service == RECORDING)
    ).one_or_none()
    if found is None:
        raise Problem("maintenance", after=60)
    id, name_th, version, opens_on, closes_on, notice = found
    # recording always has a first day: the database holds that
    return Current(id, name_th, version, opens_on or date.min, closes_on, notice)


def windows(
    session: Session, services: Iterable[str] = SERVICES, round_id: str | None = None
) -> dict[str, Window]:
    """Each service's window in a round (the current one if none is named), in the plan's order.

    A service that the round has not planned is there too, and closed.
    """
    rows = session.execute(
        select(ServiceWindow.service, ServiceWindow.opens_on, ServiceWindow.closes_on)
        .join(Round, Round.id == ServiceWindow.round_id)
        .where(Round.id == round_id if round_id else Round.is_current)
    )
    planned = {row.service: Window(*row) for row in rows}
    return {one: planned.get(one) or Window(one, is_planned=False) for one in services}


def window(session: Session, service: str) -> Window:
    """When the service is open in the current round, whatever the day."""
    return windows(session, [service])[service]


def service_open(session: Session, service: str, today: date) -> Window:
    """The service's window in the current round, which today lies in.

    `today` is the day in Thailand (`service_plan.day_in_thailand`).

    Raises:
        ServiceClosed: whose sentence says since when or until when.
    """
    found = window(session, service)
    if not found.is_open(today):
        raise ServiceClosed(found, today)
    return found

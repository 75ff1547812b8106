"""What the pages of people share: the area looked at, the windows, the words of a state."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy.orm import Session

from webapp.blueprints.language import said_window
from webapp.domain import people
from webapp.domain.actors import Actor, Role
from webapp.domain.service_plan import day_in_thailand
from webapp.queries import people as lists
from webapp.queries import rounds


def secrets() -> dict[str, bytes]:
    """The keys that numbers are sealed and found with."""
    found: dict[str, bytes] = current_app.extensions["keys"].secrets
    return found


def within(database: Session, actor: Actor, code: str) -> str:
    """The path of the area asked for, if it is one of the officer's; else of their first own.

    Empty, which shows nobody, for an officer who has no area.
    """
    path = lists.path_of(database, code) if code else None
    return path if path and actor.works_in(path) else next(iter(actor.areas), "")


def closed_roles(database: Session) -> frozenset[Role]:
    """The roles that the service plan does not let anybody manage today."""
    today = day_in_thailand(datetime.now(UTC))
    windows = rounds.windows(database, people.SERVICE.values())
    return frozenset(
        role for role, service in people.SERVICE.items() if not windows[service].is_open(today)
    )


def closed_words(database: Session, role: Role) -> str | None:
    """Since when or until when people of the role can be managed, where it is not now."""
    service = people.SERVICE.get(role)
    if service is None:
        return None
    today = day_in_thailand(datetime.now(UTC))
    window = rounds.window(database, service)
    return None if window.is_open(today) else said_window(window, today)

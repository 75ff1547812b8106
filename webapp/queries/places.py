"""The area that a page is about, inside the asker's areas, and the way down to it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area


def asked(session: Session, actor: Actor, code: str | None) -> Area | None:
    """The area asked for; of none named the asker's only one, or None of several.

    Raises:
        Problem: `not-found` where it is not, or not inside the asker's areas.
    """
    if code is None:
        own = session.scalars(select(Area).where(Area.path.in_(actor.areas)).limit(2)).all()
        return own[0] if len(own) == 1 else None
    area = session.get(Area, code)
    if area is None or not actor.works_in(area.path):
        raise Problem("not-found")
    return area


def trail(session: Session, actor: Actor, area: Area | None) -> list[Area]:
    """The way down to the area, as far as it lies inside the asker's areas."""
    if area is None:
        return []
    above = area.path.strip(".").split(".")[:-1]
    found = session.scalars(select(Area).where(Area.code.in_(above))).all()
    return sorted((one for one in found if actor.works_in(one.path)), key=lambda one: len(one.path))

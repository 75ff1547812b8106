"""What inspectors have done by today: accepted some interviews, returned some."""

from __future__ import annotations

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from webapp.demo import cast
from webapp.demo.fates import Fate
from webapp.domain.actors import Role
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.services import audit, progress
from webapp.services.progress import Tally

REVIEWED = ("accepted", "returned")

_ON_THEIR_DAY = text("""
    update revisions set received_at = finished_at + interval '3 hours'
    where finished_at is not null and app = :app
""")
_INTERVIEWS_TOO = text("""
    update interviews i set received_at = r.received_at from revisions r
    where r.interview_id = i.id and r.digest = i.head_digest and r.app = :app
""")


def settle(session: Session, visited: list[Fate]) -> None:
    """Interviews whose fate it is are accepted or returned; the villages' counts follow."""
    for fate in visited:
        if fate.state in REVIEWED:
            _review(session, fate)


def put_on_their_days(session: Session, app: str) -> None:
    """The weeks of the round went by in a minute: each interview gets the day it came."""
    session.execute(_ON_THEIR_DAY, {"app": app})
    session.execute(_INTERVIEWS_TOO, {"app": app})


def _review(session: Session, fate: Fate) -> None:
    found = session.scalars(
        select(Household).where(Household.id == fate.dwelling.id, Household.state == "received")
    ).one_or_none()
    if found is None or found.interview_id is None:
        return
    for table, key in ((Household, found.id), (Interview, found.interview_id)):
        session.execute(update(table).where(table.id == key).values(state=fate.state))
    before, after = Tally("received"), Tally(fate.state)
    progress.shift(session, found.round_id, found.village_code, found.path, before, after)
    inspector = next(
        one
        for one in cast.CAST
        if one.role is Role.INSPECTOR and fate.dwelling.village.startswith(one.areas)
    )
    act = f"interview.{fate.state}"
    audit.note(session, act, inspector.id, found.path, interview=str(found.interview_id))

"""Loads the whole demo province; a second time finds it there and only moves the dates."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.demo import (
    announcements,
    applicants,
    authenticators,
    cast,
    decided,
    desk,
    fates,
    forums,
    households,
    last_year,
    oddities,
    orders,
    papers,
    province,
    quality,
    reviews,
    rounds,
    visits,
    year_before,
)
from webapp.demo.fates import Fate
from webapp.demo.households import HOUSEHOLDS
from webapp.demo.sending import Register
from webapp.models.audit import AuditEntry
from webapp.models.interview import Custody, Interview
from webapp.services import audit

BEGUN, LOADED = "demo.begun", "demo.loaded"
FOUND = 6
"""Households that volunteers came across and the list did not have."""

PHONES = 4
"""So many send at once; the households are each other's strangers, so the order is all one."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """What is there now."""

    households: int
    interviews: int
    was_there: bool


def load(
    session: Session,
    register: Register,
    seed: int,
    today: date,
    progress: Progress,
    count: int = HOUSEHOLDS,
) -> Loaded:
    """The demo province is in the register: areas, cast, household list, interviews.

    `session` is the loader's. The interviews go through intake as the application's own role, so
    nothing of them is made up but what people said. Loading that was broken off is taken up again
    with its own seed and day.
    """
    if _marked(session, LOADED):
        rounds.settle(session, today)
        announcements.settle(session, register.documents, today)
        session.commit()
        return Loaded(0, 0, was_there=True)
    seed, today = _begin(session, seed, today)
    province.settle(session)
    round_id = rounds.settle(session, today, recording_open=True)
    cast.settle(session, register.keys.secrets["pepper"])
    authenticators.settle(session, register.keys.secrets["fields"])
    every = households.dwellings(seed, today, count + FOUND)
    listed, found = every[:count], every[count:]
    households.settle(session, round_id, listed)
    session.commit()
    applicants.settle(session, register.keys.secrets, today)
    visited = oddities.odd(fates.fates(listed, found))
    _send_all(session, register, visited, round_id, progress)
    last_year.settle(session, today, listed)
    announcements.settle(session, register.documents, today)
    orders.settle(session, register.documents, register.keys, today)
    _finish(session, register, visited, today)
    return Loaded(len(every), len(visited), was_there=False)


def _send_all(
    session: Session, register: Register, visited: list[Fate], round_id: str, progress: Progress
) -> None:
    known = set(session.scalars(select(Interview.id)))
    known |= set(session.scalars(select(Custody.interview_id)))
    session.rollback()
    waiting = [fate for fate in visited if papers.interview_id(fate) not in known]
    with ThreadPoolExecutor(PHONES) as phones:
        sent = phones.map(lambda fate: visits.hand_over(register, fate, round_id), waiting)
        for place, _ in enumerate(sent, start=1):
            progress(place, len(waiting))


def _finish(session: Session, register: Register, visited: list[Fate], today: date) -> None:
    reviews.settle(session, visited, today)
    reviews.put_on_their_days(session, papers.APP)
    session.commit()
    desk.settle(session, register)
    decided.settle(session, register, today)
    desk.late(session, register)
    rounds.settle(session, today)
    year_before.settle(session, register, visited, today)
    forums.settle(session, register, today)
    quality.settle(session, register, today)
    year_before.explain(session)
    audit.note(session, LOADED, None, None)
    session.commit()


def _begin(session: Session, seed: int, today: date) -> tuple[int, date]:
    begun = session.scalar(select(AuditEntry.subject).where(AuditEntry.act == BEGUN))
    if begun:
        return int(begun["seed"]), date.fromisoformat(begun["today"])
    audit.note(session, BEGUN, None, None, seed=seed, today=today.isoformat())
    return seed, today


def _marked(session: Session, act: str) -> bool:
    return session.scalar(select(AuditEntry.id).where(AuditEntry.act == act)) is not None

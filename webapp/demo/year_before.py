"""Last year's interviews of two villages, so that this year's incomes can be held beside them.

In one the mean has changed much and an officer has said why; in the other nobody has yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast, households, papers, quality, rounds, sending
from webapp.demo.chance import uuid4, uuid7
from webapp.demo.desk import INSPECTOR, OFFICER
from webapp.demo.fates import Fate
from webapp.demo.papers import Document
from webapp.demo.sending import Register
from webapp.domain.review import Seen
from webapp.models.area import Area
from webapp.models.household import Assignment, Household
from webapp.models.interview import Interview
from webapp.models.quality import VillageQuality
from webapp.services import clearing, progress, review
from webapp.services.progress import Tally

EXPLAINED, UNEXPLAINED = "43010601", "43010702"
YEAR = timedelta(days=364)
SUMS = ("22.1.1", "22.1.2", "22.1.3", "22.1.4")
USUAL = 0.6
"""What most had last year, of what they have now; a few had a fifth, or five times as much."""

TURNS = {3: 0.2, 6: 5.0}
WHY = "ราคาข้าวและยางพาราสูงขึ้น และมีโรงงานเปิดใหม่ในตำบล (ตัวอย่าง)"
_RECORDING = text("""
    update service_windows set opens_on = :opens, closes_on = :closes
    where round_id = :round and service = 'recording'
""")


def settle(session: Session, register: Register, visited: list[Fate], today: date) -> None:
    """Both villages have last year's interviews, accepted then, and this year's checks know."""
    before = rounds.round_id(today - YEAR)
    if session.scalar(select(Interview.id).where(Interview.round_id == before).limit(1)):
        return
    window = {"round": before, "opens": date(2000, 1, 1), "closes": None}
    session.execute(_RECORDING, window)
    for village in (EXPLAINED, UNEXPLAINED):
        _assign(session, village, before)
        told = [one for one in visited if _is_told(one, village)]
        for turn, one in enumerate(told):
            _house(session, one, before)
            session.commit()
            share = TURNS.get(turn, USUAL) if village == EXPLAINED else USUAL
            made = _document(one, before, share)
            sending.send(register, made, one.volunteer, [])
    _accept(session, before)
    then = today - YEAR
    session.execute(_RECORDING, window | {"opens": then - 2 * timedelta(30), "closes": then})
    session.commit()


def explain(session: Session) -> None:
    """An officer says why the mean of the one village is not last year's."""
    session.rollback()
    kept = session.scalars(select(VillageQuality).where(VillageQuality.village_code == EXPLAINED))
    if any("own:change" in one.figures.get("8", {}) for one in kept):
        with transaction(OFFICER) as acting:
            clearing.explain(acting, OFFICER, EXPLAINED, "income_change", WHY)
        quality.reckon()


def _is_told(one: Fate, village: str) -> bool:
    is_here = one.dwelling.village == village and not one.is_new
    return is_here and one.outcome == "interviewed" and not one.custody


def _assign(session: Session, village: str, round_id: str) -> None:
    there = select(Assignment.id).where(
        Assignment.round_id == round_id, Assignment.village_code == village
    )
    if session.scalar(there) is None:
        volunteer = cast.volunteer_of(village)
        path = session.scalars(select(Area.path).where(Area.code == village)).one()
        values = {"account_id": volunteer.id, "village_code": village, "path": path}
        session.execute(insert(Assignment).values(round_id=round_id, **values))


def _house(session: Session, one: Fate, round_id: str) -> None:
    """The household as it was on last year's list; this year's says which it was."""
    row: dict[str, Any] = households.row(one.dwelling, round_id) | {"id": _id(one)}
    session.execute(insert(Household).values(row).on_conflict_do_nothing())
    progress.shift(session, round_id, row["village_code"], row["path"], None, Tally("todo"))
    this_year = update(Household).where(Household.id == one.dwelling.id)
    session.execute(this_year.values(previous_id=row["id"]))


def _id(one: Fate) -> UUID:
    return uuid4(one.dwelling.chance("a year before"))


def _document(one: Fate, round_id: str, share: float) -> Document:
    """The same household a year younger in its sums; nothing else is looked at."""
    made = papers.document(one, round_id, [])
    began, ended = one.started_at - YEAR, one.finished_at - YEAR
    sums = {id: int(made["answers"].get(id) or 0) for id in SUMS}
    return made | {
        "interview": str(uuid7(one.dwelling.chance("interview before"), began)),
        "household": made["household"] | {"id": str(_id(one))},
        "clock": {},
        "date": ended.date().isoformat(),
        "started_at": began.isoformat(),
        "finished_at": ended.isoformat(),
        "answers": made["answers"] | {id: round(baht * share) for id, baht in sums.items()},
    }


def _accept(session: Session, round_id: str) -> None:
    session.rollback()
    for seen in list(_seen(session, round_id)):
        with transaction(INSPECTOR) as acting:
            review.accept(acting, INSPECTOR, seen)


def _seen(session: Session, round_id: str) -> Iterator[Seen]:
    found = select(Interview.id, Interview.head_digest).where(
        Interview.round_id == round_id, Interview.state == "received"
    )
    for row in session.execute(found).all():
        yield Seen(row.id, row.head_digest)

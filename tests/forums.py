"""A village that has been interviewed by two volunteers, and its forum, in few words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import world
from tests.handset import APP, Handset, Sealed, blank
from webapp.db import transaction
from webapp.domain import thai_dates
from webapp.domain.actors import Actor, Role
from webapp.models.forum import BackCheck, ForumHouse
from webapp.models.household import Assignment, Household
from webapp.services import forum, progress
from webapp.services.progress import Tally

NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", areas=("TH.43.4301.",))
TODAY = date(2026, 11, 23)
ANSWERS = {
    "8.2": "yes",
    "9.1": "enough",
    "10.1": "enough",
    "11.5.2": "no",
    "11.7": "yes",
    "13.2": "not_affected",
    "23.4": "no",
    "23.5": "no",
    "30.1": "takes_part",
}
"""What every household of the village says, to the volunteer and, if nothing is changed, again."""

MORE = [UUID(int=one) for one in range(501, 509)]
HOUSES = [world.HOUSE, world.SECOND_HOUSE, *MORE]
MALIS, CHAIS = HOUSES[:6], HOUSES[6:]


def collected(register: Session, mali: Handset, chai: Handset) -> None:
    """Ten houses of Ban Nam Sai are interviewed: six by Mali, four by Chai."""
    where = world.PATHS[world.NAM_SAI]
    register.add(
        Assignment(
            round_id=world.ROUND, account_id=world.CHAI, village_code=world.NAM_SAI, path=where
        )
    )
    for number, key in enumerate(MORE, start=3):
        register.add(
            Household(
                id=key,
                round_id=world.ROUND,
                village_code=world.NAM_SAI,
                path=where,
                house_number=str(number),
                head_name=f"หัวหน้า {number}",
            )
        )
        progress.shift(register, world.ROUND, world.NAM_SAI, where, None, Tally("todo"))
    register.commit()
    for phone, houses in ((mali, MALIS), (chai, CHAIS)):
        sent = together(phone, [interview(phone, house) for house in houses])
        assert {one["status"] for one in sent} == {201}


def interview(phone: Handset, house: UUID, **changes: Any) -> Sealed:
    """The house as it was told first."""
    document = blank(phone) | {"answers": ANSWERS}
    document["household"] = document["household"] | {"id": str(house)}
    return phone.seal(document | changes)


def soon() -> str:
    """A day next week, as a page takes it."""
    return thai_dates.write(date.today() + timedelta(days=7))


def drawn(askers: Iterable[UUID] = (), random: bytes = b"0123456789abcdef") -> UUID:
    """The forum of the village, with its askers."""
    with transaction(NIDA) as session:
        plan = forum.Planned(TODAY, random)
        found = forum.draw(session, NIDA, world.NAM_SAI, plan, TODAY)
        if askers:
            forum.name(session, NIDA, found, list(askers))
    return found


def told(phone: Handset) -> list[dict[str, Any]]:
    """The forums that this phone is given."""
    answer = phone.client.get("/api/v1/forums", headers=APP)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["forums"]
    return found


def result(phone: Handset, of_forum: UUID, house: UUID | str, **changes: Any) -> Sealed:
    """What the house says again, or why it could not be asked; sealed as an interview is."""
    document = {
        "schema": 1,
        "kind": "back_check",
        "interview": str(uuid.uuid4()),
        "number": 1,
        "based_on": [],
        "forum": str(of_forum),
        "round": world.ROUND,
        "questionnaire": "bmn-31",
        "version": 1,
        "app": "test",
        "author": {"account": str(phone.account), "device": phone.device},
        "household": {"id": str(house), "new": False, "village": world.NAM_SAI},
        "outcome": "asked",
        "outcome_note": "",
        "notice": {"version": "back-check-1", "agreed": True},
        "respondent": "same",
        "date": TODAY.isoformat(),
        "started_at": "2026-11-23T12:00:00+00:00",
        "finished_at": "2026-11-23T12:05:00+00:00",
        "clock": None,
        "answers": ANSWERS | {"members": 1},
        "declined": [],
        "evidence": [],
    }
    return phone.seal(document | changes)


def together(phone: Handset, many: Iterable[Sealed]) -> list[dict[str, Any]]:
    """All of them in one request; what is answered of each."""
    items = [one.item for one in many]
    answer = phone.client.post("/api/v1/revisions", json={"items": items}, headers=APP)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def kept(register: Session) -> list[BackCheck]:
    """Every result that the register holds."""
    register.rollback()
    return list(register.scalars(select(BackCheck).order_by(BackCheck.received_at, BackCheck.id)))


def sample(register: Session, of_forum: UUID, *, reserve: bool = False) -> list[ForumHouse]:
    """The houses drawn, in their places."""
    register.rollback()
    wanted = (ForumHouse.forum_id == of_forum, ForumHouse.is_reserve == reserve)
    return list(register.scalars(select(ForumHouse).where(*wanted).order_by(ForumHouse.place)))


def standings(register: Session) -> dict[str, int]:
    """How many results of each standing there are."""
    register.rollback()
    rows = register.execute(
        select(BackCheck.standing, func.count().label("count")).group_by(BackCheck.standing)
    )
    return {one.standing: one.count for one in rows}

"""The demo's desk: one matter of every kind that intake alone does not make, and some settled."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast, sending
from webapp.demo.cast import Person
from webapp.demo.sending import Register
from webapp.domain.actors import Actor, Level, Role, Scope
from webapp.domain.desk import Way
from webapp.domain.review import Seen
from webapp.models.desk_revision import DeskRevision
from webapp.models.interview import Custody, Interview
from webapp.services import custody, desk_revisions, following_up, overriding, settling
from webapp.services.overriding import Change
from webapp.services.settling import Choice

DISTRICT = ("TH.43.4301.",)
INSPECTOR = Actor(
    cast.BY_NAME["orawan"].id, Role.INSPECTOR, "อรวรรณ แบบเจริญ", "orawan", areas=DISTRICT
)
OFFICER = Actor(
    cast.BY_NAME["suda"].id, Role.OFFICER, "สุดา สมมุติพัฒนา", "suda", Level.DISTRICT, DISTRICT
)
WHY = "ถามหัวหน้าครัวเรือนแล้ว (ตัวอย่าง)"
PAPER = "ตรวจกับแบบกระดาษแล้ว (ตัวอย่าง)"
MANY = 7
JUNK = UUID("00000000-0000-4000-8000-00000000d051")
_CLOSE = text(
    "update service_windows set closes_on = current_date - 2 where service = 'recording' "
    "returning round_id"
)

Content = dict[str, Any]


def settle(session: Session, register: Register) -> None:
    """Late changes, an unknown author, odd bytes, the same person twice, an override: all there."""
    if session.scalar(select(DeskRevision.digest).limit(1)):
        return
    some = _some(session)
    if len(some) < MANY:
        return
    accepted, *received = some
    _unreadable(register)
    _corrected(session, register, accepted, {"happiness": 7})
    _corrected(session, register, received[0], {"happiness": 8}, forged=True)
    _same_person(session, register, received[1], received[2])
    _override(session, register, received[3])
    _put_beside(session, register)
    session.commit()


def late(session: Session, register: Register) -> None:
    """After the window was closed one more correction came; the caller sets the window right."""
    some = _some(session)
    if len(some) < MANY or session.scalar(select(Custody.id).where(Custody.reason == "late")):
        return
    session.execute(_CLOSE)
    session.commit()
    _corrected(session, register, some[-1], {"happiness": 5})


def _some(session: Session) -> list[Interview]:
    """An accepted interview of the district and some that wait for review, always the same."""
    found: list[Interview] = []
    for state, many in (("accepted", 1), ("received", 6)):
        found += session.scalars(
            select(Interview)
            .where(Interview.state == state, Interview.path.startswith(DISTRICT[0]))
            .where(Interview.outcome == "interviewed", Interview.has_conflict.is_(False))
            .where(Interview.mode == "doorstep", Interview.people > 1)
            .order_by(Interview.id)
            .limit(many)
        )
    return found


def _author(one: Interview) -> Person:
    return next(person for person in cast.VOLUNTEERS if person.id == one.author_id)


def _content(session: Session, register: Register, one: Interview) -> Content:
    opened = desk_revisions.opened(session, register.keys, one.id, one.head_digest)
    return copy.deepcopy(opened.content)


def _corrected(
    session: Session,
    register: Register,
    one: Interview,
    answers: Content,
    *,
    forged: bool = False,
    **changes: Any,
) -> None:
    """Another revision from the volunteer's phone, or from one that only says so."""
    told = _content(session, register, one)
    session.rollback()
    more = {"number": one.head_number + 1, "based_on": [one.head_digest.hex()], **changes}
    author = _author(one)
    place = cast.VOLUNTEERS.index(author)
    phone = cast.VOLUNTEERS[place - 1] if forged else author
    made = told | more | {"answers": told["answers"] | answers}
    sending.send(register, made, phone, [], carrier=author)


def _unreadable(register: Register) -> None:
    """A phone's program went wrong: what opens is no interview."""
    author = cast.VOLUNTEERS[0]
    made = {
        "interview": str(JUNK),
        "finished_at": (datetime.now(UTC) - timedelta(days=3)).isoformat(),
        "household": {"id": str(JUNK)},
    }
    sending.send(register, made, author, [])


def _same_person(session: Session, register: Register, one: Interview, other: Interview) -> None:
    """Somebody of the one household is written into the other as well."""
    here, there = (_content(session, register, each) for each in (one, other))
    person = here["members"][-1] | {"id": "twice"}
    members = [*there["members"], person]
    _corrected(session, register, other, {}, members=members)
    for each in (one, other):
        with transaction(Scope("finder")) as finder:
            following_up.look(finder, each.id)


def _override(session: Session, register: Register, one: Interview) -> None:
    session.rollback()
    changes = [Change("happiness", 9, PAPER), Change("cover.road", "ถนนตัวอย่าง", PAPER)]
    with transaction(OFFICER) as desk:
        overriding.override(
            desk, register.keys, OFFICER, Seen(one.id, one.head_digest), changes, datetime.now(UTC)
        )


def _put_beside(session: Session, register: Register) -> None:
    """One pair of interviews is settled already."""
    number = session.scalar(
        select(Custody.id)
        .where(Custody.reason == "second_interview", Custody.resolved_at.is_(None))
        .where(Custody.path.startswith(DISTRICT[0]))
        .order_by(Custody.id)
        .limit(1)
    )
    session.rollback()
    if number is None:
        return
    with transaction(INSPECTOR) as desk:
        seen = custody.matter(desk, register.keys, number).mark
        choice = Choice(number, Way.BESIDE, WHY, seen)
        settling.settle(desk, register.keys, INSPECTOR, choice, datetime.now(UTC))

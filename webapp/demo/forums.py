"""The demo's forums: one over, one under way, one that tells otherwise; most are not that far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast, papers, sending
from webapp.demo.cast import Person
from webapp.demo.chance import source, uuid4
from webapp.demo.fates import DOUBTED, NEARLY, READY
from webapp.demo.quality import INSPECTOR
from webapp.demo.sending import Register
from webapp.domain import questionnaire
from webapp.domain.forum import questions
from webapp.domain.problems import Problem
from webapp.models.forum import Forum, ForumHouse
from webapp.models.household import Household
from webapp.models.interview import Revision
from webapp.models.review import Finding
from webapp.services import closing, forum

ORAWAN, SUDA = cast.BY_NAME["orawan"], cast.BY_NAME["suda"]
MALI, SOMCHAI = cast.BY_NAME["mali"], cast.BY_NAME["somchai"]
ASKED = 7
"""The place of a house that has been asked when somebody else asks it once more."""

NOTES = {
    "absent": "ไปทำนา (ตัวอย่าง)",
    "refused": "ไม่สะดวกมาเวที (ตัวอย่าง)",
    "moved": "ย้ายไปอยู่กับลูกที่ขอนแก่น (ตัวอย่าง)",
}
WHY = "ลูกชายย้ายไปทำงานต่างจังหวัดหลังวันสัมภาษณ์ (ตัวอย่าง)"
EVENING = time(11, 0, tzinfo=UTC)
OVER, UNDER_WAY = READY, NEARLY


@dataclass(frozen=True)
class Said:
    """What came of one house: the outcome, and the answers that are not as they were."""

    outcome: str = "asked"
    other: Sequence[str] = ()
    asker: Person = ORAWAN
    respondent: str = "same"
    carrier: Person | None = None
    """Who brought it, where it was not the asker."""
    signed_by: Person | None = None
    """Whose phone it is, where that is another's than it says."""


@dataclass(frozen=True)
class House:
    """A house of the sample, with the revision that it is compared with."""

    household: UUID
    number: str
    place: int
    first: dict[str, Any]
    version: str


def settle(session: Session, register: Register, today: date) -> None:
    """Three villages have their samples; what was asked again came in as phones send it."""
    if session.scalar(select(Forum.id).limit(1)):
        return
    for one in (ORAWAN, SUDA):
        cast.give_phone(session, one)
    session.commit()
    for village, said in {OVER: _over, UNDER_WAY: _half, DOUBTED: _otherwise_all}.items():
        drawn = _draw(village, today)
        if drawn:
            _ask(session, register, drawn, said)
    _read_differences(session)


def _draw(village: str, today: date) -> UUID | None:
    """None in a demo so small that a house left over is more than a tenth of the village."""
    plan = forum.Planned(today, source(0, "forum", village).randbytes(forum.RANDOM_BYTES))
    try:
        with transaction(INSPECTOR) as acting:
            found = forum.draw(acting, INSPECTOR, village, plan, today)
            askers = [ORAWAN, SUDA] + [SOMCHAI] * (village in SOMCHAI.areas)
            forum.name(acting, INSPECTOR, found, [one.id for one in askers])
    except Problem:
        return None
    return found


def _over(count: int) -> Iterator[Said]:
    """Everybody was asked; in one house two answers are not as they were."""
    for place in range(count):
        yield Said(other=(questions.MEMBERS, "23.5") if place == 1 else ())


def _half(count: int) -> Iterator[Said]:
    """Half the evening: not everybody came, answered alike, or was asked by whom it should be."""
    yield Said("absent")
    yield Said(other=("8.2", "11.5.2", "30.1"))
    yield Said(asker=SOMCHAI)
    yield Said("refused")
    yield Said("moved")
    yield Said(asker=MALI)
    yield Said(carrier=SOMCHAI)
    yield Said(respondent="other")
    yield Said(respondent="unknown")
    for _ in range(9, count * 3 // 4):
        yield Said()


def _otherwise_all(count: int) -> Iterator[Said]:
    """Everybody was asked, and tells half of it otherwise."""
    for _ in range(count):
        yield Said(other=("8.2", "11.5.2", "23.5", "30.1", questions.MEMBERS))


def _ask(
    session: Session, register: Register, drawn: UUID, said: Callable[[int], Iterator[Said]]
) -> None:
    session.rollback()
    found = session.get_one(Forum, drawn)
    houses = _houses(session, drawn)
    for house, one in zip(houses, said(len(houses)), strict=False):
        _send(register, found, house, one)
    if found.village_code == OVER:
        with transaction(INSPECTOR) as acting:
            forum.close(acting, INSPECTOR, drawn, "", waiting=0)
    if found.village_code == UNDER_WAY:
        _not_counted(session, register, found, houses)


def _not_counted(session: Session, register: Register, found: Forum, houses: list[House]) -> None:
    """Two came twice or signed by another's phone; one is of a house that was not drawn."""
    _send(register, found, houses[ASKED], Said(asker=SUDA))
    _send(register, found, houses[-1], Said(signed_by=SOMCHAI))
    left = session.execute(
        select(Household.id, Household.house_number).where(
            Household.village_code == found.village_code, Household.state == "todo"
        )
    ).first()
    if left:
        _send(register, found, replace(houses[-1], household=left[0], number=left[1]), Said())


def _houses(session: Session, drawn: UUID) -> list[House]:
    rows = session.execute(
        select(
            ForumHouse.household_id,
            Household.house_number,
            ForumHouse.place,
            Revision.answers,
            Revision.questionnaire_id,
        )
        .join(Household, Household.id == ForumHouse.household_id)
        .join(
            Revision,
            (Revision.interview_id == ForumHouse.interview_id)
            & (Revision.digest == ForumHouse.digest),
        )
        .where(ForumHouse.forum_id == drawn, ForumHouse.is_reserve.is_(False))
        .order_by(ForumHouse.place)
    )
    return [House(*row) for row in rows]


def _send(register: Register, found: Forum, house: House, said: Said) -> None:
    made = _result(found, house, said)
    signed = said.signed_by or said.asker
    sending.send(register, made, signed, [], carrier=said.carrier or said.asker)


def _result(found: Forum, house: House, said: Said) -> dict[str, Any]:
    began = datetime.combine(found.held_on, EVENING) + timedelta(minutes=6 * house.place)
    asked = said.outcome == "asked"
    return {
        "schema": 1,
        "kind": "back_check",
        "interview": str(_id(house, said)),
        "number": 1,
        "based_on": [],
        "forum": str(found.id),
        "round": found.round_id,
        "questionnaire": house.version,
        "version": found.questions_version,
        "app": papers.APP,
        "author": {"account": str(said.asker.id), "device": str(said.asker.device)},
        "household": {
            "id": str(house.household),
            "new": False,
            "village": found.village_code,
            "house_number": house.number,
        },
        "outcome": said.outcome,
        "outcome_note": NOTES.get(said.outcome, ""),
        "notice": {"version": "back-check-1", "agreed": said.outcome != "refused"},
        "respondent": said.respondent if asked else None,
        "date": found.held_on.isoformat(),
        "started_at": began.isoformat(),
        "finished_at": (began + timedelta(minutes=5)).isoformat(),
        "clock": None,
        "answers": _answers(house, said) if asked else {},
        "declined": [],
        "evidence": [],
    }


def _id(house: House, said: Said) -> UUID:
    """Another one for each phone that somebody spoke into."""
    phone = (said.signed_by or said.asker).username
    return uuid4(source(0, "back-check", str(house.household), said.outcome, phone))


def _answers(house: House, said: Said) -> dict[str, Any]:
    """As they were, but for those that are said otherwise."""
    version, first = house.version, house.first
    answers = {name: first["answers"].get(name) for name in questions.ids(version)}
    answers[questions.MEMBERS] = len(first["members"])
    for name in said.other:
        answers[name] = _otherwise(version, name, answers[name])
    return {name: value for name, value in answers.items() if value is not None}


def _otherwise(version: str, name: str, said: Any) -> Any:
    """One person more, or the next option."""
    if name == questions.MEMBERS:
        return said + 1
    asked = next(one for one in questionnaire.load(version)["questions"] if one["id"] == name)
    return next(one["name"] for one in asked["options"] if one["name"] != said)


def _read_differences(session: Session) -> None:
    """In the village that is ready somebody has asked why."""
    session.rollback()
    found = session.scalars(
        select(Finding.id).where(Finding.code == "back_check_differs", Finding.village_code == OVER)
    ).all()
    for one in found:
        with transaction(INSPECTOR) as acting:
            closing.explain(acting, INSPECTOR, one, WHY)

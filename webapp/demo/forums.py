"""The demo's forums: one that is over, one under way; the other villages are not that far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast, papers, sending
from webapp.demo.cast import Person
from webapp.demo.chance import source, uuid4
from webapp.demo.fates import NEARLY, READY
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

ORAWAN, SOMCHAI = cast.BY_NAME["orawan"], cast.BY_NAME["somchai"]
WHY = "ลูกชายย้ายไปทำงานต่างจังหวัดหลังวันสัมภาษณ์ (ตัวอย่าง)"
EVENING = time(11, 0, tzinfo=UTC)
OVER, UNDER_WAY = READY, NEARLY


@dataclass(frozen=True)
class Said:
    """What came of one house: the outcome, and the answers that are not as they were."""

    outcome: str = "asked"
    other: Sequence[str] = ()
    asker: Person = ORAWAN


def settle(session: Session, register: Register, today: date) -> None:
    """Two villages have their samples; what was asked again came in as phones send it."""
    if session.scalar(select(Forum.id).limit(1)):
        return
    cast.give_phone(session, ORAWAN)
    session.commit()
    for village in (OVER, UNDER_WAY):
        drawn = _draw(village, today)
        if drawn:
            said = _over if village == OVER else _half
            _ask(session, register, drawn, said)
    _read_differences(session)


def _draw(village: str, today: date) -> UUID | None:
    """None in a demo so small that a house left over is more than a tenth of the village."""
    plan = forum.Planned(today, source(0, "forum", village).randbytes(forum.RANDOM_BYTES))
    try:
        with transaction(INSPECTOR) as acting:
            found = forum.draw(acting, INSPECTOR, village, plan, today)
            forum.name(acting, INSPECTOR, found, [ORAWAN.id, SOMCHAI.id])
    except Problem:
        return None
    return found


def _over(count: int) -> Iterator[Said]:
    """Everybody was asked; in one house two answers are not as they were."""
    for place in range(count):
        yield Said(other=(questions.MEMBERS, "23.5") if place == 1 else ())


def _half(count: int) -> Iterator[Said]:
    """Half the evening: one was away, one answered otherwise, one was asked by the wrong person."""
    yield Said("absent")
    yield Said(other=("8.2", "11.5.2", "30.1"))
    yield Said(asker=SOMCHAI)
    for _ in range(3, count // 2):
        yield Said()


def _ask(
    session: Session, register: Register, drawn: UUID, said: Callable[[int], Iterator[Said]]
) -> None:
    session.rollback()
    found = session.get_one(Forum, drawn)
    rows = session.execute(
        select(ForumHouse, Household.house_number, Revision.answers, Revision.questionnaire_id)
        .join(Household, Household.id == ForumHouse.household_id)
        .join(
            Revision,
            (Revision.interview_id == ForumHouse.interview_id)
            & (Revision.digest == ForumHouse.digest),
        )
        .where(ForumHouse.forum_id == drawn, ForumHouse.is_reserve.is_(False))
        .order_by(ForumHouse.place)
    ).all()
    for (house, number, first, version), one in zip(rows, said(len(rows)), strict=False):
        made = _result(found, house, number, first, version, one)
        sending.send(register, made, one.asker, [])
    if found.village_code == OVER:
        with transaction(INSPECTOR) as acting:
            forum.close(acting, INSPECTOR, drawn, "", waiting=0)


def _result(
    found: Forum, house: ForumHouse, number: str, first: dict[str, Any], version: str, said: Said
) -> dict[str, Any]:
    began = datetime.combine(found.held_on, EVENING) + timedelta(minutes=6 * house.place)
    asked = said.outcome == "asked"
    return {
        "schema": 1,
        "kind": "back_check",
        "interview": str(uuid4(source(0, "back-check", str(house.household_id), said.outcome))),
        "number": 1,
        "based_on": [],
        "forum": str(found.id),
        "round": found.round_id,
        "questionnaire": version,
        "version": found.questions_version,
        "app": papers.APP,
        "author": {"account": str(said.asker.id), "device": str(said.asker.device)},
        "household": {
            "id": str(house.household_id),
            "new": False,
            "village": found.village_code,
            "house_number": number,
        },
        "outcome": said.outcome,
        "outcome_note": "" if asked else "ไปทำนา (ตัวอย่าง)",
        "notice": {"version": "back-check-1", "agreed": asked},
        "respondent": "same" if asked else None,
        "date": found.held_on.isoformat(),
        "started_at": began.isoformat(),
        "finished_at": (began + timedelta(minutes=5)).isoformat(),
        "clock": None,
        "answers": _answers(version, first, said) if asked else {},
        "declined": [],
        "evidence": [],
    }


def _answers(version: str, first: dict[str, Any], said: Said) -> dict[str, Any]:
    """As they were, but for those that are said otherwise."""
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

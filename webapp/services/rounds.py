"""The department's acts on a round: its dates, texts and targets, its copy, its beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from webapp.domain import questionnaire
from webapp.domain.actors import Actor
from webapp.domain.areas import COUNTRY
from webapp.domain.problems import Problem
from webapp.domain.service_plan import RECORDING, SERVICES
from webapp.models.area import Area
from webapp.models.survey_round import Round, RoundCopy, ServiceWindow, Target
from webapp.services import audit

EVERYWHERE = f"{COUNTRY}."
YEAR = re.compile(r"25\d\d|26\d\d")
MOST_PARAGRAPHS, LONGEST_TEXT = 12, 4_000

Days = tuple[date | None, date | None]


class Refused(Exception):
    """What cannot be saved as it is: the text's key by the name of the box."""

    def __init__(self, boxes: Mapping[str, str]) -> None:
        super().__init__(", ".join(boxes))
        self.boxes = dict(boxes)


@dataclass(frozen=True)
class Wanted:
    """A round as the department wants it; `windows` by service, opening and closing day."""

    revision: int
    name_th: str
    questionnaire_id: str
    windows: Mapping[str, Days]


def save(session: Session, actor: Actor, round_id: str, wanted: Wanted) -> None:
    """The round has this name, questionnaire version and service windows; each change is noted.

    A service without both days is not planned. GSBPM 2.6, design of production systems.

    Raises:
        Problem: `forbidden` for anybody but the department, `not-found`, or `stale` where somebody
            saved since.
        Refused: a day or a version that cannot be.
    """
    row = _take(session, actor, round_id, wanted.revision)
    _check(wanted)
    fields = {"name_th": wanted.name_th, "questionnaire_id": wanted.questionnaire_id}
    before, after = audit.changes({name: getattr(row, name) for name in fields}, fields)
    if after:
        for name, value in fields.items():
            setattr(row, name, value)
        _note(session, actor, "plan.round", round_id, before, after)
    known = {
        one.service: (one.opens_on, one.closes_on)
        for one in session.scalars(select(ServiceWindow).where(ServiceWindow.round_id == round_id))
    }
    for service in SERVICES:
        was, now = known.get(service, (None, None)), wanted.windows.get(service, (None, None))
        if was != now:
            _keep_window(session, round_id, service, now)
            before, after = audit.changes(_days(was), _days(now))
            _note(session, actor, "plan.window", round_id, before, after, service=service)
    row.revision += 1
    session.flush()


def save_notice(
    session: Session, actor: Actor, round_id: str, revision: int, notice: dict[str, Any] | None
) -> None:
    """Households hear this notice from now on, under a new version; None: the questionnaire's own.

    Raises: as `save`.
    """
    row = _take(session, actor, round_id, revision)
    if notice is not None:
        _check_notice(notice)
        notice = notice | {"version": f"{round_id}-r{row.revision + 1}"}
    before = {"notice": (row.notice or {}).get("version")}
    row.notice = notice
    row.revision += 1
    _note(
        session, actor, "plan.notice", round_id, before, {"notice": (notice or {}).get("version")}
    )
    session.flush()


def save_targets(
    session: Session, actor: Actor, round_id: str, wanted: Mapping[str, int | None]
) -> int:
    """These areas have these targets, households; None takes a target away. How many changed.

    Raises: as `save`.
    """
    _take(session, actor, round_id, None)
    rows = session.execute(select(Area.code, Area.path).where(Area.code.in_(wanted)))
    paths = {row.code: row.path for row in rows}
    kept = session.execute(
        select(Target.area_code, Target.households).where(
            Target.round_id == round_id, Target.area_code.in_(wanted)
        )
    )
    known = {row.area_code: row.households for row in kept}
    changed = [code for code in paths if known.get(code) != wanted[code]]
    for code in changed:
        _keep_target(session, round_id, code, paths[code], wanted[code])
        before, after = {"target": known.get(code)}, {"target": wanted[code]}
        audit.note(
            session, "plan.target", actor.account, paths[code], before=before, after=after,
            round=round_id,
        )  # fmt: skip
    return len(changed)


def copy(session: Session, actor: Actor, round_id: str, year: str) -> None:
    """A later year's round is planned as this one, and its copying is asked for.

    Households and members follow village by village, by a process of its own. Asked again, what
    is new since is copied too.

    Raises: as `save`; Refused where the year is none, or not after this round's.
    """
    row = _take(session, actor, round_id, None)
    if not YEAR.fullmatch(year) or year <= round_id:
        raise Refused({"year": "plan.year_wrong"})
    if session.scalar(
        select(RoundCopy.id).where(RoundCopy.to_round == year, RoundCopy.finished_at.is_(None))
    ):
        raise Refused({"year": "plan.copy_under_way"})
    if session.get(Round, year) is None:
        _plan_again(session, row, year)
    session.execute(
        insert(RoundCopy).values(from_round=round_id, to_round=year, asked_by=actor.account)
    )
    audit.note(
        session, "plan.copy_asked", actor.account, EVERYWHERE, round=year, from_round=round_id
    )


def begin(session: Session, actor: Actor, round_id: str) -> int:
    """The round is the current one; who had a village or household keeps it there. How many.

    Raises: as `save`; Refused while households are still being copied into it.
    """
    row = _take(session, actor, round_id, None)
    under_way = select(RoundCopy.id).where(
        RoundCopy.to_round == round_id, RoundCopy.finished_at.is_(None)
    )
    if row.is_current or session.scalar(under_way):
        raise Refused({"round": "plan.copy_under_way"})
    before = session.scalar(select(Round.id).where(Round.is_current))
    carried = session.scalar(select(func.jpt_begin_round(round_id))) or 0
    _note(session, actor, "plan.current", round_id, {"round": before}, {"round": round_id})
    return int(carried)


def _take(session: Session, actor: Actor, round_id: str, revision: int | None) -> Round:
    if not actor.works_in(EVERYWHERE):
        raise Problem("forbidden")
    row = session.get(Round, round_id, with_for_update=True)
    if row is None:
        raise Problem("not-found")
    if revision is not None and row.revision != revision:
        raise Problem("stale")
    return row


def _check(wanted: Wanted) -> None:
    wrong: dict[str, str] = {}
    if not wanted.name_th.strip():
        wrong["name_th"] = "plan.name_missing"
    if not questionnaire.exists(wanted.questionnaire_id):
        wrong["questionnaire_id"] = "plan.questionnaire_unknown"
    for service, (opens, closes) in wanted.windows.items():
        if opens and closes and closes < opens:
            wrong[f"closes_{service}"] = "plan.closes_before"
    if not wanted.windows.get(RECORDING, (None, None))[0]:
        wrong[f"opens_{RECORDING}"] = "plan.recording_opens"
    if wrong:
        raise Refused(wrong)


def _check_notice(notice: dict[str, Any]) -> None:
    paragraphs = notice["paragraphs"]
    if not notice["title_th"].strip():
        raise Refused({"title_th": "plan.notice_title_missing"})
    if not 1 <= len(paragraphs) <= MOST_PARAGRAPHS:
        raise Refused({"text": "plan.notice_empty"})
    if any(len(one["text_th"]) > LONGEST_TEXT for one in paragraphs):
        raise Refused({"text": "plan.notice_long"})


def _keep_window(session: Session, round_id: str, service: str, days: Days) -> None:
    if days == (None, None):
        session.execute(
            delete(ServiceWindow).where(
                ServiceWindow.round_id == round_id, ServiceWindow.service == service
            )
        )
        return
    values = {"opens_on": days[0], "closes_on": days[1]}
    session.execute(
        upsert(ServiceWindow)
        .values(round_id=round_id, service=service, **values)
        .on_conflict_do_update(index_elements=["round_id", "service"], set_=values)
    )


def _keep_target(
    session: Session, round_id: str, code: str, path: str, households: int | None
) -> None:
    if households is None:
        session.execute(delete(Target).where(Target.round_id == round_id, Target.area_code == code))
        return
    session.execute(
        upsert(Target)
        .values(round_id=round_id, area_code=code, path=path, households=households)
        .on_conflict_do_update(
            index_elements=["round_id", "area_code"], set_={"households": households}
        )
    )


def _plan_again(session: Session, row: Round, year: str) -> None:
    """The same plan as many years later, with the targets; not current yet."""
    later = int(year) - int(row.id) if YEAR.fullmatch(row.id) else 1
    session.execute(
        insert(Round).values(
            id=year,
            name_th=f"จปฐ. ปี {year}",
            questionnaire_id=row.questionnaire_id,
            settings=row.settings,
            notice=row.notice,
            is_current=False,
        )
    )
    for one in session.scalars(select(ServiceWindow).where(ServiceWindow.round_id == row.id)):
        days = (_years_after(one.opens_on, later), _years_after(one.closes_on, later))
        _keep_window(session, year, one.service, days)
    for goal in session.scalars(select(Target).where(Target.round_id == row.id)).all():
        _keep_target(session, year, goal.area_code, goal.path, goal.households)


def _years_after(day: date | None, years: int) -> date | None:
    """The same day of a later year; 29 February becomes the 28th."""
    if day is None:
        return None
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _days(days: Days) -> dict[str, str | None]:
    opens, closes = (day.isoformat() if day else None for day in days)
    return {"opens_on": opens, "closes_on": closes}


def _note(
    session: Session,
    actor: Actor,
    act: str,
    round_id: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    **subject: Any,
) -> None:
    account: UUID = actor.account
    audit.note(
        session, act, account, EVERYWHERE, before=before, after=after, round=round_id, **subject
    )

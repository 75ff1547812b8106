"""A volunteer's own quality card: how their interviews stand, and what was noticed about them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.domain import findings
from webapp.domain.actors import Actor
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.models.review import Decision, Finding, FindingReply
from webapp.models.survey_round import Round

MOST = 100


def read(session: Session, actor: Actor, today: date) -> dict[str, Any]:
    """The asker's own figures of the current round, and findings about their interviews.

    Each finding in words, with what else could explain it and what the volunteer said to it; the
    open ones first, a hundred at most, and how many there are. Nobody else's figures are in it.
    """
    return {
        "counts": _counts(session, actor) | {"findings": _all_findings(session, actor)},
        "returns": _returns(session, actor, today),
        "findings": _findings(session, actor),
    }


def _current() -> ScalarSelect[str]:
    return select(Round.id).where(Round.is_current).scalar_subquery()


def _counts(session: Session, actor: Actor) -> dict[str, int]:
    states = ("received", "returned", "accepted")
    grades = ("none", "weak", "good")
    met = and_(Interview.outcome == "interviewed")
    row = session.execute(
        select(
            func.count().label("interviews"),
            *(func.count().filter(Interview.state == one).label(one) for one in states),
            *(
                func.count().filter(met, Interview.evidence_grade == one).label(f"evidence_{one}")
                for one in grades
            ),
            func.count()
            .filter(Interview.hard_open + Interview.soft_open > 0)
            .label("with_questions"),
        ).where(
            Interview.author_id == actor.account,
            Interview.round_id == _current(),
            Interview.state != "replaced",
        )
    ).one()
    return {name: int(value) for name, value in row._mapping.items()}


def _returns(session: Session, actor: Actor, today: date) -> dict[str, int]:
    """How often something came back, and what still waits; late is past its deadline."""
    given = session.scalar(
        select(func.count()).where(
            Decision.given_to == actor.account, Decision.round_id == _current()
        )
    )
    newest = (
        select(Decision.deadline)
        .where(Decision.interview_id == Interview.id, Decision.given_to == actor.account)
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Interview)
        .scalar_subquery()
    )
    waiting, late = session.execute(
        select(func.count(), func.count().filter(newest < today)).where(
            Interview.given_to == actor.account,
            Interview.state == "returned",
            Interview.round_id == _current(),
        )
    ).one()
    return {"given": int(given or 0), "waiting": int(waiting), "late": int(late)}


def _theirs(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Open, or closed by a person; what the machine took back was nothing."""
    told = or_(Finding.state == "open", Finding.closed_by.is_not(None))
    return Finding.account_id == actor.account, Finding.round_id == _current(), told


def _all_findings(session: Session, actor: Actor) -> int:
    return session.scalar(select(func.count(Finding.id)).where(*_theirs(actor))) or 0


def _findings(session: Session, actor: Actor) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Finding, Household.village_code, Household.house_number)
        .outerjoin(Household, Household.id == Finding.household_id)
        .where(*_theirs(actor))
        .order_by(Finding.state != "open", Finding.id.desc())
        .limit(MOST)
    ).all()
    said = _said(session, actor, [row.Finding.id for row in rows])
    return [_told(row) | {"replies": said[row.Finding.id]} for row in rows]


def _told(row: Any) -> dict[str, Any]:
    one: Finding = row.Finding
    kind = findings.KINDS.get(one.code)
    told = {name: getattr(kind, name, "") for name in ("th", "en", "besides_th", "besides_en")}
    return told | {
        "id": one.id,
        "code": one.code,
        "state": one.state,
        "opened_at": one.opened_at.isoformat(),
        "village": row.village_code,
        "house_number": row.house_number,
    }


def _said(session: Session, actor: Actor, of: list[int]) -> dict[int, list[dict[str, str]]]:
    rows = session.execute(
        select(
            FindingReply.finding_id,
            FindingReply.written_as,
            FindingReply.text,
            FindingReply.created_at,
        )
        .where(FindingReply.account_id == actor.account, FindingReply.finding_id.in_(of))
        .order_by(FindingReply.id)
    )
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for finding, key, text, at in rows:
        found[finding].append({"id": str(key), "text": text, "at": at.isoformat()})
    return found

"""Closing a finding: a person looked, and says what explains it; it stays, with who and why."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.domain.quality import income
from webapp.models.interview import Interview
from webapp.models.review import Finding
from webapp.services import audit, clearing

LONGEST = 750


def explain(
    session: Session, actor: Actor, finding: int, reason: str, seen: bytes = b""
) -> UUID | None:
    """The finding is explained, and weighs nothing any more; the interview that it is about.

    A finding that is closed already keeps the reason that it has. What is said of an income holds
    for one revision: `seen` is the digest of the one that was shown.

    Raises:
        Problem: `not-found` outside the actor's areas; `reason` without one; `newer-revision`.
    """
    told = " ".join(reason.split())[:LONGEST]
    if not told:
        raise Problem("reason")
    return _move(session, actor, finding, "open", "explained", told, seen)


def reopen(session: Session, actor: Actor, finding: int) -> UUID | None:
    """A finding that a person closed is open again; the interview that it is about.

    Raises:
        Problem: `not-found` outside the actor's areas.
    """
    return _move(session, actor, finding, "explained", "open", None)


def _move(
    session: Session,
    actor: Actor,
    finding: int,
    was: str,
    becomes: str,
    reason: str | None,
    seen: bytes = b"",
) -> UUID | None:
    """Both sides of a pair move, where the actor may see both: one look answers for the two."""
    asked = session.get(Finding, finding)
    if asked is None or not actor.works_in(asked.path):
        raise Problem("not-found")
    if asked.source == "income" and asked.interview_id:
        clearing.as_seen(session, asked.interview_id, seen)
    sides = session.scalars(
        select(Finding)
        .where(or_(Finding.id == finding, and_(*_other_side(asked))), Finding.state == was)
        .order_by(Finding.id)
        .with_for_update()
    ).all()
    for one in sides:
        _close(session, actor, one, becomes, reason)
    return asked.interview_id


def _other_side(one: Finding) -> list[ColumnElement[bool]]:
    return [
        Finding.code == one.code,
        Finding.interview_id == one.other_interview_id,
        Finding.other_interview_id == one.interview_id,
    ]


def _close(session: Session, actor: Actor, one: Finding, becomes: str, reason: str | None) -> None:
    closed = becomes != "open"
    session.execute(
        update(Finding)
        .where(Finding.id == one.id)
        .values(
            state=becomes,
            closed_at=func.now() if closed else None,
            closed_by=actor.account if closed else None,
            closing_reason=reason,
        )
    )
    audit.note(
        session,
        "finding.explained" if closed else "finding.reopened",
        actor.account,
        one.path,
        finding=one.id,
        code=one.code,
        interview=one.interview_id,
    )
    if one.source == "income" and one.interview_id:
        told = reason or one.closing_reason or one.code
        about = session.get_one(Interview, one.interview_id)
        clearing.note(session, actor, about, income.NO, told[:300], undo=not closed)

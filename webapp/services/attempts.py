"""Counting tries in the database, so that all workers count together; no name, no address kept."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from webapp.domain.problems import Problem
from webapp.models.account import SignInAttempt

SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
FORGET_AFTER = timedelta(hours=1)


def subject(kind: str, value: str, key: bytes) -> bytes:
    """The keyed digest under which tries are counted."""
    return hmac.digest(key, f"{kind} {value}".encode(), "sha256")


def refuse_if_over(
    session: Session, subjects: Iterable[bytes], now: datetime, code: str = "throttled"
) -> None:
    """Raises Problem `code` with the seconds to wait where one is blocked; never for good."""
    until = session.scalars(
        select(SignInAttempt.blocked_until).where(
            SignInAttempt.subject.in_(list(subjects)), SignInAttempt.blocked_until > now
        )
    ).all()
    if until:
        latest = max(moment for moment in until if moment)
        raise Problem(code, after=int((latest - now).total_seconds()) + 1)


def count(session: Session, counted: bytes, free: int, now: datetime) -> None:
    """One more try; after the free ones of an hour the wait doubles from 30 s to an hour."""
    over = session.execute(_counting(counted, now)).scalar_one() - free
    if over >= 0:
        wait = min(SHORTEST * 2 ** min(over, 12), LONGEST)
        session.execute(
            update(SignInAttempt)
            .where(SignInAttempt.subject == counted)
            .values(blocked_until=now + wait)
        )


def forget(session: Session, counted: bytes) -> None:
    """The subject has a clean slate."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.subject == counted))


def _counting(counted: bytes, now: datetime) -> ReturningInsert[int]:
    fresh = insert(SignInAttempt).values(subject=counted, failures=1, updated_at=now)
    stale = SignInAttempt.updated_at < now - FORGET_AFTER
    return fresh.on_conflict_do_update(
        index_elements=[SignInAttempt.subject],
        set_={
            "failures": case((stale, 1), else_=SignInAttempt.failures + 1),
            "updated_at": now,
        },
    ).returning(SignInAttempt.failures)

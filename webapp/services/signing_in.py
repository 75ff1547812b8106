"""Signing in and out: throttled, timed alike for known and unknown names."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from webapp.domain.problems import Problem
from webapp.models.account import Account, SignedInSession, SignInAttempt
from webapp.services import passwords

FREE_TRIES = {"name": 10, "network": 100}
LONGEST = timedelta(hours=1)
FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Known:
    """Who has just shown their password."""

    account: UUID
    role: str


def subjects(name: str, network: str, pepper: bytes) -> dict[str, bytes]:
    """Keyed digests under which failures are counted; neither name nor address is stored."""
    return {
        "name": hmac.digest(pepper, b"name " + name.encode(), "sha256"),
        "network": hmac.digest(pepper, b"network " + network.encode(), "sha256"),
    }


def refuse_if_throttled(session: Session, counted: dict[str, bytes], now: datetime) -> None:
    """Raises Problem `throttled` with the seconds to wait; never a lock for good."""
    until = session.scalars(
        select(SignInAttempt.blocked_until).where(
            SignInAttempt.subject.in_(counted.values()), SignInAttempt.blocked_until > now
        )
    ).all()
    if until:
        latest = max(moment for moment in until if moment)
        raise Problem("throttled", after=int((latest - now).total_seconds()) + 1)


def check_password(session: Session, name: str, password: str, pepper: bytes) -> Known | None:
    """The account whose name and password these are, or None; the door's scope shows one name."""
    account = session.scalars(select(Account).where(Account.username == name)).one_or_none()
    usable = account if account is not None and account.status == "active" else None
    stored = (usable.password_hash if usable else None) or passwords.NOBODYS
    if not passwords.matches(stored, password, pepper) or account is None or not usable:
        return None
    if passwords.is_outdated(stored):
        session.execute(select(func.jpt_rehash(passwords.hash_password(password, pepper))))
    return Known(account.id, account.role)


def note_failure(session: Session, counted: dict[str, bytes], now: datetime) -> None:
    """One more failure is counted; after the free tries the wait doubles from 30 s to an hour."""
    for kind, subject in counted.items():
        failures = session.execute(_counting(subject, now)).scalar_one()
        over = failures - FREE_TRIES[kind]
        if over >= 0:
            wait = min(timedelta(seconds=30 * 2 ** min(over, 12)), LONGEST)
            session.execute(
                update(SignInAttempt)
                .where(SignInAttempt.subject == subject)
                .values(blocked_until=now + wait)
            )


def forget_failures(session: Session, counted: dict[str, bytes]) -> None:
    """A right password clears the name's count; the network's stays."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.subject == counted["name"]))


def end_session(session: Session, token_hash: bytes) -> None:
    """The browser's session is gone from the register."""
    session.execute(delete(SignedInSession).where(SignedInSession.token_hash == token_hash))


def _counting(subject: bytes, now: datetime) -> ReturningInsert[int]:
    fresh = insert(SignInAttempt).values(subject=subject, failures=1, updated_at=now)
    stale = SignInAttempt.updated_at < now - FORGET_AFTER
    return fresh.on_conflict_do_update(
        index_elements=[SignInAttempt.subject],
        set_={
            "failures": case((stale, 1), else_=SignInAttempt.failures + 1),
            "updated_at": now,
        },
    ).returning(SignInAttempt.failures)

"""Signing in and out: throttled, timed alike for known and unknown names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.models.account import Account, SignedInSession
from webapp.services import attempts, passwords

FREE_TRIES = {"name": 10, "network": 100}


@dataclass(frozen=True)
class Known:
    """Who has just shown their password."""

    account: UUID
    role: str
    username: str


def subjects(name: str, network: str, pepper: bytes) -> dict[str, bytes]:
    """Keyed digests under which failures are counted; neither name nor address is stored."""
    return {
        "name": attempts.subject("name", name, pepper),
        "network": attempts.subject("network", network, pepper),
    }


def refuse_if_throttled(session: Session, counted: dict[str, bytes], now: datetime) -> None:
    """Raises Problem `throttled` with the seconds to wait; never a lock for good."""
    attempts.refuse_if_over(session, counted.values(), now)


def check_password(session: Session, name: str, password: str, pepper: bytes) -> Known | None:
    """The account whose name and password these are, or None; the door's scope shows one name."""
    account = session.scalars(select(Account).where(Account.username == name)).one_or_none()
    usable = account if account is not None and account.status == "active" else None
    stored = (usable.password_hash if usable else None) or passwords.NOBODYS
    if not passwords.matches(stored, password, pepper) or usable is None:
        return None
    if passwords.is_outdated(stored):
        session.execute(select(func.jpt_rehash(passwords.hash_password(password, pepper))))
    return Known(usable.id, usable.role, usable.username)


def note_failure(session: Session, counted: dict[str, bytes], now: datetime) -> None:
    """One more failure is counted; after the free tries the wait doubles from 30 s to an hour."""
    for kind, subject in counted.items():
        attempts.count(session, subject, FREE_TRIES[kind], now)


def forget_failures(session: Session, counted: dict[str, bytes]) -> None:
    """A right password clears the name's count; the network's stays."""
    attempts.forget(session, counted["name"])


def end_session(session: Session, token_hash: bytes) -> None:
    """The browser's session is gone from the register."""
    session.execute(delete(SignedInSession).where(SignedInSession.token_hash == token_hash))

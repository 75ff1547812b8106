"""How one person can get in: phones, open sessions, passkeys, authenticator, a live code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models.account import Device, SignedInSession
from webapp.models.sign_in import Authenticator, Passkey, SignInCode


@dataclass(frozen=True)
class Ways:
    """By what a person can prove who they are."""

    passkey: bool
    authenticator: bool


@dataclass(frozen=True)
class Phone:
    """A phone that has been used with this account."""

    id: UUID
    name: str
    created_at: datetime
    seen_at: datetime
    revoked_at: datetime | None
    waiting: int
    drafts: int


@dataclass(frozen=True)
class Open:
    """A browser in which the person is signed in; `mark` tells it from the others."""

    mark: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Key:
    """A passkey by the name its owner gave it."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Access:
    """Everything that lets one person in."""

    phones: list[Phone]
    sessions: list[Open]
    passkeys: list[Key]
    authenticator_since: datetime | None
    code_until: datetime | None


def ways(session: Session, account: UUID) -> Ways:
    """What the person can show beside a password."""
    keys = select(Passkey.id).where(Passkey.account_id == account, Passkey.ended_at.is_(None))
    made = select(Authenticator.account_id).where(Authenticator.account_id == account)
    return Ways(
        bool(session.scalar(select(keys.exists()))), bool(session.scalar(select(made.exists())))
    )


def of(session: Session, account: UUID) -> Access:
    """All of it, as far as the asker may see: sessions only one's own."""
    return Access(
        phones=_phones(session, account),
        sessions=_sessions(session, account),
        passkeys=_passkeys(session, account),
        authenticator_since=session.scalar(select(func.jpt_authenticator_since(account))),
        code_until=session.scalar(
            select(func.max(SignInCode.expires_at)).where(
                SignInCode.account_id == account,
                SignInCode.ended_at.is_(None),
                SignInCode.expires_at > func.now(),
            )
        ),
    )


def _phones(session: Session, account: UUID) -> list[Phone]:
    found = session.scalars(
        select(Device).where(Device.account_id == account).order_by(Device.seen_at.desc()).limit(50)
    )
    return [
        Phone(
            one.id,
            one.name,
            one.created_at,
            one.seen_at,
            one.revoked_at,
            *_told(one.report),
        )
        for one in found
    ]


def _told(report: dict[str, object] | None) -> tuple[int, int]:
    """What the phone last said of itself: interviews waiting to be sent, and drafts."""
    counts = (report or {}).get("counts")
    held = counts if isinstance(counts, dict) else {}
    return int(held.get("waiting", 0)), int(held.get("drafts", 0))


def _sessions(session: Session, account: UUID) -> list[Open]:
    found = session.execute(
        select(SignedInSession.token_hash, SignedInSession.created_at, SignedInSession.seen_at)
        .where(SignedInSession.account_id == account, SignedInSession.expires_at > func.now())
        .order_by(SignedInSession.seen_at.desc())
        .limit(50)
    )
    return [Open(digest.hex()[:16], made, seen) for digest, made, seen in found]


def _passkeys(session: Session, account: UUID) -> list[Key]:
    found = session.scalars(
        select(Passkey)
        .where(Passkey.account_id == account, Passkey.ended_at.is_(None))
        .order_by(Passkey.created_at)
    )
    return [Key(one.id.hex(), one.name, one.created_at, one.used_at) for one in found]

"""Ending what lets a person in: a phone, a session, a passkey, the authenticator."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.account import Account, Device, SignedInSession
from webapp.services import audit


def name_phone(session: Session, account: UUID, device: UUID, name: str) -> None:
    """The phone is called that. Raises Problem `not-found`."""
    chosen = " ".join(name.split())[:60]
    named = update(Device).where(Device.account_id == account, Device.id == device)
    _one(session.scalar(named.values(name=chosen).returning(Device.id)))


def revoke_phone(session: Session, actor: Actor, account: UUID, device: UUID) -> None:
    """The phone reads nothing from its next contact on; what it has finished it still hands in.

    Raises:
        Problem: `not-found` for a phone that is not the person's, or a person out of scope.
    """
    _one(session.scalar(select(func.jpt_revoke_phone(account, device))))
    _note(session, actor, "phone.revoked", account, device)


def end_session(session: Session, actor: Actor, mark: str) -> None:
    """One of one's own sessions is over. Raises Problem `not-found`."""
    begins = func.encode(SignedInSession.token_hash, "hex")
    gone = delete(SignedInSession).where(
        SignedInSession.account_id == actor.account, func.left(begins, 16) == mark
    )
    _one(session.scalar(gone.returning(SignedInSession.token_hash)))


def end_other_sessions(session: Session, actor: Actor, mark: str) -> None:
    """The person is signed in nowhere but here."""
    begins = func.left(func.encode(SignedInSession.token_hash, "hex"), 16)
    session.execute(
        delete(SignedInSession).where(SignedInSession.account_id == actor.account, begins != mark)
    )


def end_passkey(session: Session, actor: Actor, account: UUID, passkey: bytes) -> None:
    """The passkey opens nothing any more. Raises Problem `not-found`."""
    _one(session.scalar(select(func.jpt_end_passkey(account, passkey))))
    _note(session, actor, "passkey.ended", account)


def reset_authenticator(session: Session, actor: Actor, account: UUID) -> None:
    """The person makes a new authenticator at their next sign-in. Raises Problem `not-found`."""
    _one(session.scalar(select(func.jpt_reset_authenticator(account))))
    _note(session, actor, "authenticator.reset", account)


def _note(
    session: Session, actor: Actor, act: str, account: UUID, device: UUID | None = None
) -> None:
    path = session.scalar(select(Account.path).where(Account.id == account))
    audit.note(session, act, actor.account, path, account=account, device=device)


def _one(done: object) -> None:
    if not done:
        raise Problem("not-found")

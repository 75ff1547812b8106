"""Six-digit codes of an authenticator app (RFC 6238), beside a password and to prove anew."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

import pyotp
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.identifiers import digits_of
from webapp.domain.problems import Problem
from webapp.models.sign_in import Authenticator
from webapp.services import personal_numbers

STEP_SECONDS = 30
ISSUER = "จปฐ."


def fresh_secret() -> str:
    """A secret for a new authenticator: 160 bits in base32."""
    return pyotp.random_base32()


def address(secret: str, username: str) -> str:
    """What the authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def has_one(session: Session, account: UUID) -> bool:
    """Whether the person has an authenticator."""
    found = select(Authenticator.account_id).where(Authenticator.account_id == account)
    return session.scalar(found) is not None


def enrol(
    session: Session, account: UUID, secret: str, written: str, key: bytes, now: datetime
) -> None:
    """The person's authenticator is this one, and stays it until it is reset.

    Raises Problem `wrong-proof` for a wrong code, or where somebody was faster.
    """
    step = _matching_step(secret, written, now)
    if step is None:
        raise Problem("wrong-proof")
    values = {"secret": sealed(account, secret, key), "last_step": step, "created_at": now}
    made = insert(Authenticator).values(account_id=account, **values).on_conflict_do_nothing()
    if session.scalar(made.returning(Authenticator.account_id)) is None:
        raise Problem("wrong-proof")


def prove(session: Session, account: UUID, written: str, key: bytes, now: datetime) -> None:
    """The person has shown a code that was not shown before.

    Raises:
        Problem: `wrong-proof` for a wrong code or where there is no authenticator, `used-proof`
            for one that was shown before.
    """
    secret = secret_of(session, account, key)
    step = _matching_step(secret, written, now) if secret else None
    if step is None:
        raise Problem("wrong-proof")
    # One statement: of two requests with the same code one finds the step already taken.
    taken = session.execute(
        update(Authenticator)
        .where(Authenticator.account_id == account, Authenticator.last_step < step)
        .values(last_step=step)
        .returning(Authenticator.account_id)
    )
    if taken.first() is None:
        raise Problem("used-proof")


def next_code(session: Session, account: UUID, key: bytes, now: datetime) -> str | None:
    """The code to show next that was not shown before; for the demo, whose people guard nothing."""
    kept = session.get(Authenticator, account)
    secret = secret_of(session, account, key)
    if kept is None or secret is None:
        return None
    step = max(int(now.timestamp()) // STEP_SECONDS, kept.last_step + 1)
    return pyotp.TOTP(secret).at(step * STEP_SECONDS)


def secret_of(session: Session, account: UUID, key: bytes) -> str | None:
    """The shared secret, opened; None where the person has no authenticator."""
    kept = session.scalar(select(Authenticator.secret).where(Authenticator.account_id == account))
    return personal_numbers.open_sealed(key, kept, _about(account)) if kept else None


def sealed(account: UUID, secret: str, key: bytes) -> bytes:
    """The secret as the register keeps it."""
    return personal_numbers.seal(key, secret, _about(account))


def _matching_step(secret: str, written: str, now: datetime) -> int | None:
    """The time step whose code this is, one step early or late allowed for a clock that is off."""
    code, step = digits_of(written), int(now.timestamp()) // STEP_SECONDS
    for near in (step, step - 1, step + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(near * STEP_SECONDS), code):
            return near
    return None


def _about(account: UUID) -> str:
    return f"authenticators.secret {account}"

"""One-time codes: made by an officer for one person, used once to set how that person signs in."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from webapp.domain import entry_codes
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.sign_in import SignInCode
from webapp.services import audit, passwords

SHORTEST_PASSWORD = 8
LEAST_GUESSES_LOG10 = 6
"""Guesses that throttled sign-in cannot make (NIST SP 800-63B-4, section 3.2.2)."""

OUR_WORDS = ["จปฐ", "jpt", "bmn", "พัฒนาชุมชน", "หมู่บ้าน", "อาสาสมัคร", "password"]


@dataclass(frozen=True)
class Made:
    """A fresh code, to be shown once, and until when it serves."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Holder:
    """The person a live code belongs to."""

    id: UUID
    username: str
    name_th: str
    role: str
    path: str


def code_index(code: str, pepper: bytes) -> bytes:
    """What the register keeps of a code."""
    return hmac.digest(pepper, b"code " + code.encode(), "sha256")


def make_code(session: Session, actor: Actor, account: UUID, pepper: bytes, now: datetime) -> Made:
    """The person can set a new password or passkey with the code for 72 hours; older codes end.

    Raises:
        Problem: `not-found` for somebody outside the officer's areas or not below their rank, or
            who may not work.
    """
    person = session.get(Account, account)
    if person is None or person.status != "active" or person.id == actor.account:
        raise Problem("not-found")
    session.execute(
        update(SignInCode)
        .where(SignInCode.account_id == account, SignInCode.ended_at.is_(None))
        .values(ended_at=now)
    )
    code = "".join(secrets.choice("0123456789") for _ in range(entry_codes.DIGITS))
    made = Made(code, now + entry_codes.LIFETIME)
    session.add(
        SignInCode(
            account_id=account,
            code_index=code_index(code, pepper),
            made_by=actor.account,
            made_at=now,
            expires_at=made.expires_at,
        )
    )
    session.flush()
    audit.note(session, "code.made", actor.account, person.path, account=str(account))
    return made


def holder(session: Session, index: bytes) -> Holder:
    """Whose code this is, in the door's scope. Raises Problem `wrong-code`."""
    found = session.scalar(select(func.jpt_code_holder(index)))
    if not found:
        raise Problem("wrong-code")
    return Holder(
        UUID(found["id"]), found["username"], found["name_th"], found["role"], found["path"]
    )


def use_code(session: Session, index: bytes, password: str | None, pepper: bytes) -> Holder:
    """The person signs in with this password (or a passkey added next) from now on.

    Everything that opened the account before is worth nothing: sessions, passkeys, authenticator.

    Raises:
        Problem: `wrong-code` if it ended meanwhile, `weak-password`.
    """
    person = holder(session, index)
    stored = None
    if password is not None:
        refuse_weak(password, [person.username, *person.name_th.split()])
        stored = passwords.hash_password(password, pepper)
    if session.scalar(select(func.jpt_use_code(index, stored))) is None:
        raise Problem("wrong-code")
    audit.note(session, "code.used", None, person.path, account=str(person.id))
    return person


def refuse_weak(password: str, about: list[str]) -> None:
    """Raises Problem `weak-password` for what can be guessed: common words, the person's own."""
    if len(password) < SHORTEST_PASSWORD:
        raise Problem("weak-password")
    found = zxcvbn(password[:72], user_inputs=[*about, *OUR_WORDS])
    if found["guesses_log10"] < LEAST_GUESSES_LOG10:
        raise Problem("weak-password")


def change_password(session: Session, actor: Actor, old: str, new: str, pepper: bytes) -> None:
    """The signed-in person's password is the new one.

    Raises:
        Problem: `wrong-password` unless the old one is shown (where there is one), `weak-password`.
    """
    stored = session.scalar(select(func.jpt_own_password()))
    if stored is not None and not passwords.matches(stored, old, pepper):
        raise Problem("wrong-password")
    refuse_weak(new, [actor.username, *actor.name_th.split()])
    session.execute(select(func.jpt_change_password(passwords.hash_password(new, pepper))))
    audit.note(session, "password.changed", actor.account, None, account=str(actor.account))

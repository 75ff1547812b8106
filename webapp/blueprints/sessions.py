"""Server-side sessions over our own table; the cookie is a reference and a mark of its state.

What a process has read it believes for five seconds. The mark changes with what is kept, so that a
process whose memory is older than the browser asks again: between a password and the six digits
another process may have answered.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.datastructures import CallbackDict

from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role, door
from webapp.models.account import SignedInSession

COOKIE = "__Host-jpt"
AWAY = (OperationalError, PoolTimeout)
LIFETIME = {Role.VOLUNTEER: timedelta(days=30)}
OTHERS_LIFETIME = timedelta(hours=12)
IDLE = {
    Role.VOLUNTEER: timedelta(days=30),
    Role.INSPECTOR: timedelta(hours=1),
    Role.VIEWER: timedelta(hours=1),
    Role.OFFICER: timedelta(minutes=30),
}
VISITOR = timedelta(hours=2)
REMEMBERED_SECONDS = 5
SEEN_EVERY = timedelta(minutes=1)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """One browser's session; `actor` is who signed in, read with it in one question."""

    def __init__(self, token: str, found: dict[str, Any] | None) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        super().__init__((found or {}).get("data") or {}, changed)
        self.token = token
        self.new = found is None
        self.modified = False
        self.actor = _actor(found["account"]) if found and found["account"] else None
        self.account: UUID | None = self.actor.account if self.actor else None
        self.dropped: str | None = None
        self.is_unread = False

    @property
    def mark(self) -> str:
        """Tells this session from a later one of the same browser; opens nothing."""
        return token_hash(self.token).hex()[:16]

    def begin(self, account: UUID, role: Role) -> None:
        """A fresh reference for a freshly signed-in person: the old one is worth nothing."""
        self.dropped, self.token = self.token, secrets.token_urlsafe(32)
        self.clear()
        self.account, self.new, self.modified = account, True, True
        self["began"] = int(time.time())
        self["role"] = role.value

    def end(self) -> None:
        """Nothing of this session is left at the register."""
        self.clear()
        self.dropped, self.token = self.token, ""
        self.actor, self.account = None, None


class Sessions(SessionInterface):
    """Reads and writes sessions; what was read is believed for five seconds."""

    def __init__(self) -> None:
        self._remembered: dict[bytes, tuple[float, str, dict[str, Any] | None]] = {}
        self._lock = Lock()

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """This browser's session, or a new one that is stored only if something is kept in it."""
        token, _, state = request.cookies.get(COOKIE, "").partition(".")
        try:
            found = self._find(token, state) if 20 <= len(token) <= 100 else None
        except AWAY:  # whatever asks for nobody still works
            unread = ServerSession(token, None)
            unread.is_unread = True
            return unread
        return ServerSession(token if found else secrets.token_urlsafe(32), found)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed; drop the reference that a sign-in or sign-out replaced."""
        if not isinstance(session, ServerSession):
            raise TypeError("not a session of ours")
        response.vary.add("Cookie")
        if session.dropped:
            self._drop(session.dropped)
        if not session.token:
            response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
        elif session.modified and not session.is_unread:
            self._store(session)
            self._set_cookie(session, response)

    def _find(self, token: str, state: str) -> dict[str, Any] | None:
        digest = token_hash(token)
        with self._lock:
            until, known, remembered = self._remembered.get(digest, (0.0, "", None))
        if known == state and until > time.monotonic():
            return remembered
        with transaction(door(token=digest)) as database:
            found = database.scalar(select(func.jpt_session(digest)))
            if found and _is_idle(found):
                database.execute(_gone(digest))
                found = None
            elif found and _age(found["seen_at"]) > SEEN_EVERY:
                database.execute(_seen(digest))
        self._remember(digest, state, found)
        return found

    def _remember(self, digest: bytes, state: str, found: dict[str, Any] | None) -> None:
        with self._lock:
            if len(self._remembered) > 10_000:
                self._remembered.clear()
            self._remembered[digest] = (time.monotonic() + REMEMBERED_SECONDS, state, found)

    def _drop(self, token: str) -> None:
        digest = token_hash(token)
        with self._lock:
            self._remembered.pop(digest, None)
        with transaction(door(token=digest)) as database:
            database.execute(_gone(digest))

    def _store(self, session: ServerSession) -> None:
        digest = token_hash(session.token)
        values = {"token_hash": digest, "data": dict(session), "account_id": session.account}
        expires = datetime.now(UTC) + _lifetime(session)
        changed = (
            insert(SignedInSession).values(**values, expires_at=expires)
            if session.new
            else update(SignedInSession)
            .where(SignedInSession.token_hash == digest)
            .values(data=values["data"], seen_at=text("now()"))
        )  # a session that was ended meanwhile stays ended
        with transaction(door(token=digest)) as database:
            database.execute(changed)
        with self._lock:
            self._remembered.pop(digest, None)

    def _set_cookie(self, session: ServerSession, response: Response) -> None:
        response.set_cookie(
            COOKIE,
            f"{session.token}.{secrets.token_urlsafe(6)}",
            max_age=int(_lifetime(session).total_seconds()),
            path="/",
            secure=True,
            httponly=True,
            samesite="Strict",
        )

    def forget_all(self) -> None:
        """Ask the register again from now on (tests, and after rights have changed)."""
        with self._lock:
            self._remembered.clear()


def token_hash(token: str) -> bytes:
    """What the register keeps of a reference."""
    return hashlib.sha256(token.encode()).digest()


def _actor(account: dict[str, Any]) -> Actor:
    return Actor(
        account=UUID(account["id"]),
        role=Role(account["role"]),
        name_th=account["name_th"],
        username=account["username"],
        level=Level(account["level"]) if account["level"] else None,
        areas=tuple(account["areas"]),
        households=tuple(UUID(one) for one in account["households"]),
    )


def _lifetime(session: ServerSession) -> timedelta:
    if session.account is None:
        return VISITOR
    return LIFETIME.get(Role(session.get("role", "viewer")), OTHERS_LIFETIME)


def _is_idle(found: dict[str, Any]) -> bool:
    account = found["account"]
    return bool(account) and _age(found["seen_at"]) > IDLE[Role(account["role"])]


def _age(moment: str) -> timedelta:
    return datetime.now(UTC) - datetime.fromisoformat(moment)


def _seen(digest: bytes) -> Any:
    return (
        update(SignedInSession)
        .where(SignedInSession.token_hash == digest)
        .values(seen_at=text("now()"))
    )


def _gone(digest: bytes) -> Any:
    return delete(SignedInSession).where(SignedInSession.token_hash == digest)

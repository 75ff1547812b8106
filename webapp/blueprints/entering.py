"""From a shown password or passkey to an open session; officers show a second thing between."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints.addresses import is_ours
from webapp.blueprints.sessions import ServerSession
from webapp.domain.actors import Role
from webapp.domain.problems import Problem
from webapp.services import second_factor
from webapp.services.passkeys import Site

HALF_WAY = timedelta(minutes=10)
PROVED_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class HalfWay:
    """Somebody who has shown their password and not yet the second thing."""

    account: str
    username: str
    role: str
    next: str
    until: str


def go_on(account: UUID, username: str, role: str, proved: bool = False) -> ResponseReturnValue:
    """Sign in whoever needs no more; an officer without a passkey shows six digits next."""
    on = next_page()
    if Role(role) is Role.OFFICER and not proved:
        until = (datetime.now(UTC) + HALF_WAY).isoformat()
        session["half_way"] = asdict(HalfWay(str(account), username, role, on, until))
        return redirect(url_for("second.show"))
    return enter(account, role, on)


def enter(account: UUID, role: str, on: str) -> ResponseReturnValue:
    """The session is open, and who it is has just been proved."""
    own_session().begin(account, Role(role))
    note_proof()
    return redirect(on)


def half_way() -> HalfWay:
    """Who is at the second step. Raises Problem `session` when nobody is, or too long ago."""
    kept = session.get("half_way")
    if not kept or datetime.fromisoformat(kept["until"]) < datetime.now(UTC):
        raise Problem("session")
    return HalfWay(**kept)


def note_proof() -> None:
    """The person has shown just now who they are."""
    session["proved_at"] = datetime.now(UTC).isoformat()


def is_proved() -> bool:
    """Whether the person showed who they are within the last minutes."""
    at: str | None = session.get("proved_at")
    return at is not None and datetime.now(UTC) - datetime.fromisoformat(at) < PROVED_FOR


def next_page() -> str:
    """Where the person wanted to go, if it is a page of ours."""
    wanted = request.args.get("next", "")
    return wanted if is_ours(wanted) else url_for("pages.front")


def site() -> Site:
    """The host and origin that passkeys are bound to. Raises Problem `malformed` for no host."""
    host = request.host.split(":")[0]
    if not host:
        raise Problem("malformed")
    return Site(host, request.host_url[:-1])


def remember(act: str, challenge: bytes) -> None:
    """A passkey's answer in that act (`show`, `add`) is to this challenge, once."""
    session[f"{act} challenge"] = challenge.hex()


def challenge(act: str) -> bytes:
    """The challenge given last for that act, which serves once. Raises Problem `passkey`."""
    kept = session.pop(f"{act} challenge", None)
    if not kept:
        raise Problem("passkey")
    return bytes.fromhex(kept)


def secret(name: str) -> bytes:
    """One of the register's secrets."""
    found: bytes = current_app.extensions["keys"].secrets[name]
    return found


def demo_code(database: Session, account: UUID) -> str | None:
    """In the demo, whose people guard nothing, a page may show the code it asks for."""
    if not current_app.config["JPT"].demo:
        return None
    return second_factor.next_code(database, account, secret("fields"), datetime.now(UTC))


def own_session() -> ServerSession:
    """The session itself behind Flask's proxy."""
    kept: ServerSession = session._get_current_object()  # type: ignore[attr-defined]  # LocalProxy
    return kept

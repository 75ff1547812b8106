"""The guard before every route: who asks, may they, and is it from our own pages."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import validate_csrf
from sqlalchemy import func, select
from wtforms import ValidationError

from webapp.blueprints import entering, kept_form
from webapp.blueprints.sessions import ServerSession, token_hash
from webapp.db import transaction
from webapp.domain import policy
from webapp.domain.actors import Actor, Role, door
from webapp.domain.problems import Problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
APP_HEADER = "Jpt-App"


@dataclass(frozen=True)
class Carrier:
    """Who brings something to the register: a signed-in person, or only their phone."""

    account: UUID
    device: UUID | None = None


class SignedIn(UserMixin):
    """Flask-Login's user: our actor, read with the session."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.id = str(actor.account)


login = LoginManager()


@login.request_loader
def _load(_: object) -> SignedIn | None:
    kept = session._get_current_object() if hasattr(session, "_get_current_object") else session
    actor = kept.actor if isinstance(kept, ServerSession) else None
    return SignedIn(actor) if actor else None


def signed_in() -> Actor:
    """The person who asks; only routes that the policy closes to anonymous people may call this."""
    if not current_user.is_authenticated:
        raise Problem("session")
    actor: Actor = current_user.actor
    return actor


def session_mark() -> str:
    """Which session this is, as the phone may remember it."""
    kept = session._get_current_object() if hasattr(session, "_get_current_object") else session
    return kept.mark if isinstance(kept, ServerSession) else ""


def remember_phone(phone: UUID) -> None:
    """The session is of this phone from now on: revoking the phone ends it."""
    if session.get("device") != str(phone):
        session["device"] = str(phone)


def session_age() -> timedelta:
    """How long ago this session's person signed in."""
    return timedelta(seconds=time.time() - session.get("began", 0))


def hand_in_digest() -> bytes | None:
    """What the register keeps of the hand-in token that was brought, if one was."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token_hash(token) if kind == "Hand-In" and g.get("hand_in") else None


def carrier() -> Carrier:
    """Who brings this: the session's person, or the phone of a hand-in token."""
    found: Carrier | None = g.get("hand_in")
    return found or Carrier(signed_in().account)


def role() -> Role:
    """The asker's role."""
    return current_user.actor.role if current_user.is_authenticated else Role.ANONYMOUS


def guard() -> ResponseReturnValue | None:
    """Refuse what the policy table does not allow; a route it does not name is refused whole."""
    if request.endpoint is None:
        return None
    rule = policy.ROUTES.get(request.endpoint)
    if rule is None:
        raise RuntimeError(f"no line in the policy table for {request.endpoint}")
    _refuse_foreign_pages()
    if rule.hand_in and _hand_in():
        return None
    if _is_unread() and rule.roles != policy.EVERYBODY:
        raise Problem("maintenance", after=5)
    if rule.allows(role()):
        return kept_form.ask_for_proof() if rule.step_up and not entering.is_proved() else None
    if role() is not Role.ANONYMOUS:
        raise Problem("forbidden")
    if _is_api() or not _wants_a_page():
        raise Problem("session")
    return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))


def install(app: Flask) -> None:
    """Every request of the application passes the guard."""
    login.session_protection = None
    login.init_app(app)
    app.before_request(guard)


def _is_unread() -> bool:
    """Whether the register was away when the session was to be read: nobody knows who asks."""
    kept = session._get_current_object() if hasattr(session, "_get_current_object") else session
    return isinstance(kept, ServerSession) and kept.is_unread


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _wants_a_page() -> bool:
    return request.method == "GET" and request.accept_mimetypes.accept_html


def is_from_our_pages() -> bool:
    """Fetch Metadata, else Origin, says that no foreign page asks.

    A form on a page that sends no referrer has the origin `null`: that says nothing either way.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    return site in ("same-origin", "none") if site else origin in (None, "null", _our_origin())


def _refuse_foreign_pages() -> None:
    """An unsafe call shows that it comes from our pages; the API by a header no form can set."""
    if request.method in SAFE:
        return
    shown = APP_HEADER in request.headers or (not _is_api() and (_says_ours() or _has_token()))
    if not is_from_our_pages() or not shown:
        raise Problem("csrf")


def _says_ours() -> bool:
    """The browser itself names us; one too old for Fetch Metadata needs the form's token."""
    return "Sec-Fetch-Site" in request.headers or request.headers.get("Origin") == _our_origin()


def _has_token() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _our_origin() -> str:
    return request.host_url[:-1]


def _hand_in() -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Hand-In" or not 20 <= len(token) <= 100:
        return False
    digest = token_hash(token)
    known = _carriers.get(digest)
    if known is None or known[0] < time.monotonic():
        known = (time.monotonic() + BELIEVED_SECONDS, _carrier_of(digest))
        if len(_carriers) > MOST_BELIEVED:
            _carriers.clear()
        _carriers[digest] = known
    g.hand_in = known[1]
    return True


BELIEVED_SECONDS, MOST_BELIEVED = 60, 10_000
"""Handing in shows nothing and outlives sign-out and revocation: a minute more harms nobody."""
_carriers: dict[bytes, tuple[float, Carrier]] = {}


def _carrier_of(digest: bytes) -> Carrier:
    with transaction(door(token=digest)) as database:
        found = database.scalar(select(func.jpt_hand_in(digest)))
    if not found:
        raise Problem("session")
    return Carrier(UUID(found["account"]), UUID(found["device"]))

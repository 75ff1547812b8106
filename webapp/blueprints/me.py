"""One's own account: password, passkeys, authenticator, phones, open sessions."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import access, entering, throttle
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.queries import own_access as looking
from webapp.services import first_sign_in, own_access, passkeys

bp = Blueprint("me", __name__, url_prefix="/me")


@bp.get("")
def page() -> ResponseReturnValue:
    """How the asker gets in, and from where."""
    return _page(access.signed_in())


@bp.post("/password")
def password() -> ResponseReturnValue:
    """The new password is the one from now on, and the person is signed in here alone.

    Who had none before proves by a passkey who sets one; what was typed is never kept.
    """
    actor, form = access.signed_in(), request.form
    old, new = form.get("old", "")[:256], form.get("new", "")[:256]
    if not old and not entering.is_proved():
        return redirect(url_for("proof.page", next=url_for("me.page")), 303)
    try:
        with throttle.counted(f"second {actor.username}"), transaction(actor) as session:
            first_sign_in.change_password(session, actor, old, new, entering.secret("pepper"))
            own_access.end_other_sessions(session, actor, access.session_mark())
    except Problem as problem:
        return _page(actor, problem)
    return _done("me.password_done")


@bp.post("/passkeys")
def add_passkey() -> ResponseReturnValue:
    """The passkey just made opens the account."""
    actor, answer = access.signed_in(), request.form.get("answer", "")
    try:
        challenge = entering.challenge("add")
        with transaction(actor) as session:
            passkeys.add(
                session,
                entering.site(),
                actor.account,
                answer,
                challenge,
                request.form.get("name", ""),
            )
    except Problem as problem:
        return _page(actor, problem)
    return _done("me.passkey_done")


@bp.post("/passkeys/end")
def end_passkey() -> ResponseReturnValue:
    """That passkey opens nothing any more."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.end_passkey(session, actor, actor.account, _octets(request.form.get("id", "")))
    return _done("me.passkey_ended")


@bp.post("/phones/<uuid:device>/name")
def name_phone(device: UUID) -> ResponseReturnValue:
    """The phone is called that."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.name_phone(session, actor.account, device, request.form.get("name", ""))
    return _done("me.phone_named")


@bp.post("/phones/<uuid:device>/revoke")
def revoke_phone(device: UUID) -> ResponseReturnValue:
    """The phone reads nothing from its next contact on."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.revoke_phone(session, actor, actor.account, device)
    return _done("me.phone_revoked")


@bp.post("/sessions/end")
def end_session() -> ResponseReturnValue:
    """That session is over."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.end_session(session, actor, request.form.get("mark", ""))
    return _done("me.session_ended")


@bp.post("/authenticator")
def reset_authenticator() -> ResponseReturnValue:
    """A new authenticator is made at the next sign-in."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.reset_authenticator(session, actor, actor.account)
    return _done("me.authenticator_reset")


def _page(actor: Actor, problem: Problem | None = None) -> ResponseReturnValue:
    with transaction(actor) as session:
        shown = looking.of(session, actor.account)
    held = [bytes.fromhex(one.id) for one in shown.passkeys]
    options, challenge = passkeys.options_to_add(
        entering.site(), actor.account, actor.username, actor.name_th, held
    )
    entering.remember("add", challenge)
    values = {"access": shown, "options": options, "problem": problem, "actor": actor}
    return (
        render_template("me/page.html", **values, here=access.session_mark()),
        422 if problem else 200,
    )


def _done(text: str) -> ResponseReturnValue:
    flash(t(text), "good")
    return redirect(url_for("me.page"), 303)


def _octets(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError as broken:
        raise Problem("not-found") from broken

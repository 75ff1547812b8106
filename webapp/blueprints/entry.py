"""What an officer does for somebody who cannot get in: a one-time code, phones, a fresh start."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from webapp.blueprints import access, entering
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain import entry_codes
from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.services import first_sign_in, own_access

bp = Blueprint("entry", __name__, url_prefix="/office/people/<uuid:account>")


@bp.post("/code")
def make_code(account: UUID) -> ResponseReturnValue:
    """A fresh code on a slip to print or show; it is not shown again."""
    actor = access.signed_in()
    with transaction(actor) as session:
        now = datetime.now(UTC)
        made = first_sign_in.make_code(session, actor, account, entering.secret("pepper"), now)
        person = session.get_one(Account, account)
        name, username = person.name_th, person.username
    # The code stands behind "#": a browser sends that part to nobody, so no log ever has it.
    address = url_for("first.enter", _external=True)
    image = segno.make(f"{address}#{made.code}", error="m").svg_inline(
        scale=5, border=2, omitsize=True, dark="#14213d", light="#ffffff"
    )
    return render_template(
        "entry/slip.html",
        name=name,
        username=username,
        code=entry_codes.grouped(made.code),
        until=made.expires_at,
        address=address,
        image=Markup(image),  # noqa: S704 - drawn here, of our own bytes
        account=account,
    )


@bp.post("/phones/<uuid:device>/revoke")
def revoke_phone(account: UUID, device: UUID) -> ResponseReturnValue:
    """The phone reads nothing from its next contact on; what it holds finished still comes in."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.revoke_phone(session, actor, account, device)
    return _back(account, "entry.phone_revoked")


@bp.post("/authenticator")
def reset_authenticator(account: UUID) -> ResponseReturnValue:
    """The person makes a new authenticator at the next sign-in."""
    actor = access.signed_in()
    with transaction(actor) as session:
        own_access.reset_authenticator(session, actor, account)
    return _back(account, "entry.authenticator_reset")


@bp.post("/passkeys/end")
def end_passkey(account: UUID) -> ResponseReturnValue:
    """A lost passkey opens nothing any more."""
    actor = access.signed_in()
    try:
        passkey = bytes.fromhex(request.form.get("id", ""))
    except ValueError as broken:
        raise Problem("not-found") from broken
    with transaction(actor) as session:
        own_access.end_passkey(session, actor, account, passkey)
    return _back(account, "entry.passkey_ended")


def _back(account: UUID, text: str) -> ResponseReturnValue:
    flash(t(text), "good")
    return redirect(url_for("people.person", account=account), 303)

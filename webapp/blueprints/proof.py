"""Proving anew who one is, before an act that opens rights or takes data out."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.blueprints import access, entering, kept_form, throttle
from webapp.db import transaction
from webapp.domain.actors import Actor, door
from webapp.domain.problems import Problem
from webapp.queries import own_access
from webapp.services import passkeys, passwords, second_factor

bp = Blueprint("proof", __name__, url_prefix="/prove")


@bp.route("", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Shown again who it is, the act that waited goes on."""
    actor, problem = access.signed_in(), None
    if request.method == "POST":
        try:
            with throttle.counted(f"second {actor.username}"):
                _check(actor)
        except Problem as raised:
            problem = raised
        else:
            entering.note_proof()
            waits = kept_form.kept() is not None
            return redirect(url_for("proof.go_on") if waits else entering.next_page(), 303)
    options, challenge = passkeys.options_to_show(entering.site())
    entering.remember("show", challenge)
    with transaction(actor) as database:
        ways = own_access.ways(database, actor.account)
        demo_code = entering.demo_code(database, actor.account)
    status = 200 if problem is None else 429 if problem.code == "throttled" else 422
    shown = {"problem": problem, "ways": ways, "options": options, "demo_code": demo_code}
    return render_template("proof/page.html", **shown), status


@bp.get("/go-on")
def go_on() -> ResponseReturnValue:
    """The form that waited, ready to be sent; it is sent by itself where scripts run."""
    form = kept_form.kept()
    kept_form.forget()
    if form is None:
        return redirect(url_for("pages.front"))
    return render_template("proof/go_on.html", form=form)


def _check(actor: Actor) -> None:
    """One of the person's ways, whichever the form brings."""
    answer, now = request.form.get("answer", ""), datetime.now(UTC)
    if answer:
        credential, challenge = passkeys.credential_id(answer), entering.challenge("show")
        with transaction(door(token=credential)) as database:
            known = passkeys.check(database, entering.site(), answer, challenge)
        if known.account != actor.account:
            raise Problem("passkey")
        return
    with transaction(actor) as database:
        if second_factor.has_one(database, actor.account):
            code = request.form.get("code", "")
            second_factor.prove(database, actor.account, code, entering.secret("fields"), now)
        else:
            _check_password(database)


def _check_password(database: Session) -> None:
    stored = database.scalar(select(func.jpt_own_password()))
    written = request.form.get("password", "")[:256]
    if stored is None or not passwords.matches(stored, written, entering.secret("pepper")):
        raise Problem("wrong-password")

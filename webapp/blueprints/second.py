"""The second thing an officer shows: six digits of an authenticator app."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from webapp.blueprints import entering, throttle
from webapp.db import transaction
from webapp.domain.actors import door
from webapp.domain.problems import Problem
from webapp.services import second_factor

bp = Blueprint("second", __name__, url_prefix="/sign-in")


@bp.route("/second", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The code of now opens the session; who has no authenticator yet makes one first."""
    who, problem = entering.half_way(), None
    account = UUID(who.account)
    with transaction(door(name=who.username)) as database:
        if not second_factor.has_one(database, account):
            return redirect(url_for("second.enrol"))
        shown = entering.demo_code(database, account)
    if request.method == "POST":
        try:
            with throttle.counted(f"second {who.username}"):
                _prove(who)
        except Problem as raised:
            problem = raised
        else:
            return entering.enter(account, who.role, who.next)
    return _page("second/show.html", problem, demo_code=shown)


@bp.route("/enrol", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """The first code an authenticator app shows proves that it has taken the secret."""
    who, problem = entering.half_way(), None
    account = UUID(who.account)
    with transaction(door(name=who.username)) as database:
        if second_factor.has_one(database, account):
            return redirect(url_for("second.show"))
    secret = session.setdefault("authenticator", second_factor.fresh_secret())
    if request.method == "POST":
        try:
            with throttle.counted(f"second {who.username}"):
                _enrol(who, secret)
        except Problem as raised:
            problem = raised
        else:
            return entering.enter(account, who.role, who.next)
    return _page("second/enrol.html", problem, **pictured(secret, who.username))


def pictured(secret: str, username: str) -> dict[str, object]:
    """The secret as a QR code and as letters to type."""
    code = segno.make(second_factor.address(secret, username), error="m")
    image = code.svg_inline(scale=5, border=2, omitsize=True, dark="#14213d", light="#ffffff")
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return {"image": Markup(image), "groups": groups}  # noqa: S704 - drawn here, of our own bytes


def _prove(who: entering.HalfWay) -> None:
    now, written = datetime.now(UTC), request.form.get("code", "")
    with transaction(door(name=who.username)) as database:
        second_factor.prove(database, UUID(who.account), written, entering.secret("fields"), now)


def _enrol(who: entering.HalfWay, secret: str) -> None:
    now, written = datetime.now(UTC), request.form.get("code", "")
    with transaction(door(name=who.username)) as database:
        second_factor.enrol(
            database, UUID(who.account), secret, written, entering.secret("fields"), now
        )


def _page(template: str, problem: Problem | None, **shown: object) -> ResponseReturnValue:
    status = 200 if problem is None else 429 if problem.code == "throttled" else 422
    return render_template(template, problem=problem, **shown), status

"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.blueprints import access, entering, throttle
from webapp.db import transaction
from webapp.domain.actors import Role, door
from webapp.domain.problems import Problem
from webapp.services import details, passkeys, signing_in

bp = Blueprint("auth", __name__)


class SignInForm(FlaskForm):
    """Name and password."""

    username = StringField(
        validators=[
            InputRequired("entry.username_missing"),
            Length(max=80, message="entry.too_long"),
        ],
    )
    password = PasswordField(
        validators=[
            InputRequired("entry.password_missing"),
            Length(max=256, message="entry.too_long"),
        ],
    )


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """A right password opens a fresh session; a wrong one says the same for every name."""
    form, problem = SignInForm(), None
    if request.method == "GET" and access.role() is not Role.ANONYMOUS:
        return redirect(url_for("pages.front"))
    if form.validate_on_submit():
        try:
            known = _check(str(form.username.data).strip().lower(), str(form.password.data))
        except Problem as raised:
            problem = raised
        else:
            return entering.go_on(known.account, known.username, known.role)
    elif "csrf_token" in form.errors:
        problem = Problem("csrf")
    status = 200 if request.method == "GET" else 429 if _is(problem, "throttled") else 422
    headers = {"Retry-After": str(problem.after)} if problem and problem.after else {}
    options, challenge = passkeys.options_to_show(entering.site())
    entering.remember("show", challenge)
    shown = {"form": form, "problem": problem, "options": options, "next": entering.next_page()}
    return render_template("auth/sign_in.html", **shown), status, headers


@bp.post("/sign-in/passkey")
def passkey() -> ResponseReturnValue:
    """A passkey opens the session by itself: it is a key and a finger (or PIN) at once."""
    answer = request.form.get("answer", "")
    credential, challenge = passkeys.credential_id(answer), entering.challenge("show")
    with throttle.counted(credential.hex()), transaction(door(token=credential)) as database:
        known = passkeys.check(database, entering.site(), answer, challenge)
    return entering.go_on(known.account, known.username, known.role, proved=True)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """The session is gone; what waits sealed on the phone stays and still goes out.

    A phone that signed out without a network says which session it meant: one begun since stays.
    """
    if (
        request.headers.get("Jpt-Session", entering.own_session().mark)
        != entering.own_session().mark
    ):
        return "", 204
    entering.own_session().end()
    response = redirect(url_for("auth.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _check(name: str, password: str) -> signing_in.Known:
    """The known person by name or phone number. Raises Problem `wrong-password`, `throttled`."""
    name = _username(name.replace("\0", ""))  # PostgreSQL takes no NUL
    with throttle.counted(name), transaction(door(name=name)) as database:
        known = signing_in.check_password(database, name, password, entering.secret("pepper"))
        if known is None:
            raise Problem("wrong-password")
        return known


def _username(written: str) -> str:
    """The user name, also of somebody who typed their telephone number."""
    index = details.index_of_phone(current_app.extensions["keys"].secrets, written)
    if index is None:
        return written
    with transaction(door(token=index)) as database:
        return database.scalar(select(func.jpt_username_of_phone(index))) or written


def _is(problem: Problem | None, code: str) -> bool:
    return problem is not None and problem.code == code

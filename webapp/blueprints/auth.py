"""Signing in and out."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.blueprints import access
from webapp.blueprints.addresses import is_ours
from webapp.blueprints.sessions import ServerSession
from webapp.db import transaction
from webapp.domain.actors import Role, door
from webapp.domain.problems import Problem
from webapp.services import signing_in

bp = Blueprint("auth", __name__)


class SignInForm(FlaskForm):
    """Name and password."""

    username = StringField(
        "ชื่อผู้ใช้",
        validators=[InputRequired("กรุณาใส่ชื่อผู้ใช้"), Length(max=80, message="ชื่อผู้ใช้ยาวเกินไป")],
    )
    password = PasswordField(
        "รหัสผ่าน",
        validators=[InputRequired("กรุณาใส่รหัสผ่าน"), Length(max=256, message="รหัสผ่านยาวเกินไป")],
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
            _session().begin(known.account, Role(known.role))
            return redirect(_next())
    elif "csrf_token" in form.errors:
        problem = Problem("csrf")
    status = 200 if request.method == "GET" else 429 if _is(problem, "throttled") else 422
    headers = {"Retry-After": str(problem.after)} if problem and problem.after else {}
    return render_template("auth/sign_in.html", form=form, problem=problem), status, headers


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """The session is gone; what waits sealed on the phone stays and still goes out.

    A phone that signed out without a network says which session it meant: one begun since stays.
    """
    if request.headers.get("Jpt-Session", _session().mark) != _session().mark:
        return "", 204
    _session().end()
    response = redirect(url_for("auth.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _check(name: str, password: str) -> signing_in.Known:
    """The known person; a failure is counted in a transaction of its own, so that it stays."""
    name = name.replace("\0", "")  # PostgreSQL takes no NUL
    pepper = current_app.extensions["keys"].secrets["pepper"]
    counted = signing_in.subjects(name, _network(), pepper)
    now = datetime.now(UTC)
    with transaction(door(name=name)) as database:
        signing_in.refuse_if_throttled(database, counted, now)
        known = signing_in.check_password(database, name, password, pepper)
        if known:
            signing_in.forget_failures(database, counted)
    if known:
        return known
    with transaction(door(name=name)) as database:
        signing_in.note_failure(database, counted, now)
    raise Problem("wrong-password")


def _session() -> ServerSession:
    kept: ServerSession = session._get_current_object()  # type: ignore[attr-defined]  # LocalProxy
    return kept


def _network() -> str:
    """The asker's /24 (or /48): one village may share an address."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def _next() -> str:
    wanted = request.args.get("next", "")
    return wanted if is_ours(wanted) else url_for("pages.front")


def _is(problem: Problem | None, code: str) -> bool:
    return problem is not None and problem.code == code

"""The first sign-in: a one-time code, then a password or a passkey of one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import entering, throttle
from webapp.db import transaction
from webapp.domain import entry_codes
from webapp.domain.actors import Scope, door
from webapp.domain.problems import Problem
from webapp.services import first_sign_in, passkeys
from webapp.services.first_sign_in import Holder

bp = Blueprint("first", __name__, url_prefix="/first")

CHOOSING = timedelta(minutes=30)


@bp.route("", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """A live code leads to the choice; a wrong one says what to do and keeps what was typed."""
    problem, written = None, request.form.get("code", "")[:80]
    if request.method == "POST":
        try:
            _take(written)
        except Problem as raised:
            problem = raised
        else:
            return redirect(url_for("first.choose"))
    return _page("first/enter.html", problem, written=written)


@bp.route("/choose", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """The person signs in with what they chose here from now on, and is signed in."""
    index, problem = _code(), None
    with transaction(door(token=index)) as database:
        person = first_sign_in.holder(database, index)
    if request.method == "POST":
        try:
            return _choose(index, person)
        except Problem as raised:
            problem = raised
    site = entering.site()
    options, challenge = passkeys.options_to_add(
        site, person.id, person.username, person.name_th, []
    )
    entering.remember("add", challenge)
    return _page("first/choose.html", problem, person=person, options=options)


def _take(written: str) -> None:
    code = entry_codes.typed(written)
    if code is None:
        raise Problem("wrong-code")
    # by the code, not by one name for all: wrong tries keep nobody else from their first sign-in
    with throttle.counted(f"code {code}"):
        index = first_sign_in.code_index(code, entering.secret("pepper"))
        with transaction(door(token=index)) as database:
            first_sign_in.holder(database, index)
    session["first"] = {"code": index.hex(), "until": (datetime.now(UTC) + CHOOSING).isoformat()}


def _code() -> bytes:
    kept = session.get("first")
    if not kept or datetime.fromisoformat(kept["until"]) < datetime.now(UTC):
        raise Problem("wrong-code")
    return bytes.fromhex(kept["code"])


def _choose(index: bytes, person: Holder) -> ResponseReturnValue:
    """A passkey where the browser answered with one, else the password typed."""
    answer = request.form.get("answer", "")
    password = None if answer else request.form.get("password", "")
    if password is not None and len(password) > 256:
        raise Problem("weak-password")
    scope: Scope = door(token=index, name=person.username)
    challenge = entering.challenge("add") if answer else b""
    with transaction(scope) as database:
        first_sign_in.use_code(database, index, password, entering.secret("pepper"))
        if answer:
            name = request.form.get("name", "")
            passkeys.add(database, entering.site(), person.id, answer, challenge, name)
    return entering.go_on(person.id, person.username, person.role, proved=bool(answer))


def _page(template: str, problem: Problem | None, **shown: object) -> ResponseReturnValue:
    status = 200 if problem is None else 429 if problem.code == "throttled" else 422
    return render_template(template, problem=problem, **shown), status

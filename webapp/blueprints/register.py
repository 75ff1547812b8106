"""Registering oneself as a volunteer or inspector, and asking what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import network
from webapp.blueprints.language import said_window, t
from webapp.blueprints.register_forms import (
    InspectorForm,
    RegistrationForm,
    StatusForm,
    VolunteerForm,
)
from webapp.db import transaction
from webapp.domain import actors, registration
from webapp.domain.actors import NOBODY, Role
from webapp.domain.identifiers import digits_of, thai_id_problem
from webapp.domain.problems import Problem
from webapp.domain.service_plan import Window, day_in_thailand
from webapp.queries import area_choices, registrations, rounds
from webapp.services import attempts
from webapp.services import registration as registering

bp = Blueprint("register", __name__, url_prefix="/register")

SERVICE = {Role.VOLUNTEER: "volunteer_registration", Role.INSPECTOR: "manage_inspectors"}
REGISTRATIONS = {"register": 300, "phone": 20}
WRONG_CODES = 60
"""So many an hour from one network (mobile ones put thousands behind an address) or phone."""


@bp.get("/")
def front() -> str:
    """Who can register, since when or until when, and where to ask what became of it."""
    today = day_in_thailand(datetime.now(UTC))
    with transaction(NOBODY) as database:
        windows = {role: rounds.window(database, SERVICE[role]) for role in SERVICE}
    return render_template("register/front.html", windows=windows, today=today, Role=Role)


@bp.route("/volunteer", methods=["GET", "POST"])
def volunteer() -> ResponseReturnValue:
    """A volunteer registers."""
    return _registration(VolunteerForm(), "register/volunteer.html")


@bp.route("/inspector", methods=["GET", "POST"])
def inspector() -> ResponseReturnValue:
    """An inspector registers."""
    return _registration(InspectorForm(), "register/inspector.html")


@bp.get("/done")
def done() -> ResponseReturnValue:
    """The code to ask with, in this browser only and until it has been noted."""
    kept = session.get("registered")
    if not kept:
        return redirect(url_for("register.status"))
    code = registering.code_of(UUID(kept["request"]), _secrets())
    return render_template(
        "register/done.html", code=registering.written_code(code), doubtful=kept["doubtful"]
    )


@bp.post("/noted")
def noted() -> ResponseReturnValue:
    """The code has been written down: this browser no longer knows it."""
    StatusForm().validate_on_submit()
    session.pop("registered", None)
    return redirect(url_for("register.status"))


@bp.route("/status", methods=["GET", "POST"])
def status() -> ResponseReturnValue:
    """What became of a registration, for whoever has its code."""
    form = StatusForm()
    if not form.validate_on_submit():
        return render_template("register/status.html", form=form, found=None)
    if len(digits_of(str(form.code.data))) != registering.CODE_DIGITS:
        form.code.errors = ["register.code_length"]
        return render_template("register/status.html", form=form, found=None), 422
    found = _find(str(form.code.data))
    if found is None:
        form.code.errors = ["register.code_unknown"]
        return render_template("register/status.html", form=form, found=None), 422
    return render_template("register/status.html", form=form, found=found)


@bp.get("/areas/<code>")
def areas(code: str) -> Response:
    """The areas right below one, for lists that fill themselves."""
    with transaction(NOBODY) as database:
        found = area_choices.below(database, code)
    return jsonify([{"code": one.code, "name": one.name_th} for one in found])


@bp.get("/villages")
def villages() -> Response:
    """Villages whose name begins so, with where they lie and the codes above them."""
    with transaction(NOBODY) as database:
        found = area_choices.villages_called(database, request.args.get("name", "")[:80])
        listed = [
            {
                "codes": area_choices.levels_of(database, one.code),
                "name": one.name_th,
                "above": one.above_th,
            }
            for one in found
        ]
    return jsonify(listed)


def _registration(form: RegistrationForm, template: str) -> ResponseReturnValue:
    today = day_in_thailand(datetime.now(UTC))
    told: Problem | None = None
    with transaction(NOBODY) as database:
        window = rounds.window(database, SERVICE[form.role])
        form.prepare(database)
        villages = _villages_found(form, database)
        asks_for_lists = request.method == "GET" or "show" in request.form
        if asks_for_lists:
            return _page(template, form, window, villages)
        if not window.is_open(today):
            return _closed(template, form, window, villages)
        sound = form.validate() and not form.problems(database)
    if sound:
        try:
            return _register(form)
        except Problem as problem:
            told = problem
    return _refused(template, form, window, villages, told)


def _register(form: RegistrationForm) -> ResponseReturnValue:
    """The registration is in the register, once, however often it was sent."""
    wish, now, secrets = form.wish(), datetime.now(UTC), _secrets()
    tidied = wish.tidied()
    limits = {
        attempts.subject(kind, value, secrets["pepper"]): REGISTRATIONS[kind]
        for kind, value in (("register", network.of_asker()), ("phone", tidied.phone))
    }
    account = registering.account_of(wish.request, secrets)
    with transaction(actors.registration(account)) as database:
        attempts.refuse_if_over(database, limits, now, "slow-down")
        if registering.register(database, wish, secrets, now):
            for subject, free in sorted(limits.items()):
                attempts.count(database, subject, free, now)
    doubtful = thai_id_problem(tidied.national_id) is not None
    session["registered"] = {"request": str(wish.request), "doubtful": doubtful}
    if _wants_json():
        return jsonify(done=url_for("register.done"))
    return redirect(url_for("register.done"))


def _refused(
    template: str,
    form: RegistrationForm,
    window: Window,
    villages: list[area_choices.Place],
    problem: Problem | None,
) -> ResponseReturnValue:
    """Everything typed is still there; `again` where only the page had grown too old."""
    again = "csrf_token" in form.errors
    status = 429 if problem else 409 if again else 422
    headers = {"Retry-After": str(problem.after)} if problem and problem.after else {}
    sentence = t("register.too_many") if problem else t("register.again") if again else ""
    if _wants_json():
        told = {} if problem or again else form.told()
        return jsonify(errors=told, sentence=sentence, token=_token(form)), status, headers
    return _page(template, form, window, villages, sentence), status, headers


def _closed(
    template: str, form: RegistrationForm, window: Window, villages: list[area_choices.Place]
) -> ResponseReturnValue:
    """The window closed while somebody wrote: told so, with everything still there."""
    if _wants_json():
        today = day_in_thailand(datetime.now(UTC))
        return jsonify(errors={}, sentence=said_window(window, today)), 403
    return _page(template, form, window, villages), 403


def _page(
    template: str,
    form: RegistrationForm,
    window: Window,
    villages: list[area_choices.Place],
    sentence: str = "",
) -> str:
    return render_template(
        template,
        form=form,
        window=window,
        today=day_in_thailand(datetime.now(UTC)),
        villages=villages,
        sentence=sentence,
        notice=registration.NOTICE_VERSION.replace("-", "_"),
    )


def _villages_found(form: RegistrationForm, database: Session) -> list[area_choices.Place]:
    """What a search by name found, where that is what was asked for."""
    if not isinstance(form, VolunteerForm) or request.form.get("show") != "search":
        return []
    return area_choices.villages_called(database, str(form.village_name.data or ""))


def _find(code: str) -> registrations.Found | None:
    """The registration of a code; wrong ones are counted, in a transaction that stays."""
    secrets, now = _secrets(), datetime.now(UTC)
    counted = attempts.subject("code", network.of_asker(), secrets["pepper"])
    index = registering.code_index(code, secrets)
    with transaction(actors.door(token=index)) as database:
        attempts.refuse_if_over(database, [counted], now, "slow-down")
        found = registrations.find(database, index)
        if found is None:
            attempts.count(database, counted, WRONG_CODES, now)
    return found


def _token(form: RegistrationForm) -> str:
    return str(form.csrf_token.current_token)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _secrets() -> dict[str, bytes]:
    secrets: dict[str, bytes] = current_app.extensions["keys"].secrets
    return secrets

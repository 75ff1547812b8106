"""The service plan: the department edits it, everybody at a desk sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.blueprints import access, plan_forms
from webapp.blueprints.language import short_window, t
from webapp.blueprints.plan_forms import PlanForm, TargetsForm, YearForm
from webapp.db import transaction
from webapp.domain import questionnaire
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.domain.service_plan import SERVICES, Window, day_in_thailand
from webapp.queries import plan as plans
from webapp.queries.plan import Plan
from webapp.services import rounds
from webapp.services.rounds import EVERYWHERE, Refused

bp = Blueprint("plan", __name__, url_prefix="/office/plan")


@bp.get("/")
def page() -> str:
    """The plan of the current round, or of the one asked for, as it stands today."""
    actor = access.signed_in()
    with transaction(actor) as session:
        plan = plans.read(session, request.args.get("round"))
        every = plans.listed(session)
        copying = plans.copying(session, plan.id)
    notice = plan.notice or questionnaire.load(plan.questionnaire_id)["notice"]
    form = YearForm(data={"year": str(int(plan.id) + 1) if plan.id.isdecimal() else ""})
    return render_template(
        "plan/page.html",
        plan=plan,
        rounds=every,
        copying=copying,
        notice=notice,
        form=form,
        today=day_in_thailand(datetime.now(UTC)),
        may_edit=_edits(actor),
        names=service_names(),
    )


@bp.route("/<round_id>/edit", methods=["GET", "POST"])
def edit(round_id: str) -> ResponseReturnValue:
    """The dates of every service, the round's name and its questionnaire version."""
    actor = _department()
    with transaction(actor) as session:
        plan = plans.read(session, round_id)
    form = plan_forms.of_plan(plan)
    newer: dict[str, tuple[str, str]] = {}
    if form.validate_on_submit():
        try:
            with transaction(actor) as session:
                rounds.save(session, actor, round_id, form.wanted())
        except Refused as refused:
            plan_forms.tell(form, refused)
        except Problem as problem:
            if problem.code != "stale":
                raise
            newer = _newer(form, plan)
        else:
            flash(t("plan.saved"), "good")
            return redirect(url_for("plan.page", round=round_id))
    status = 200 if request.method == "GET" else 409 if newer else 422
    shown = render_template(
        "plan/edit.html",
        form=form,
        plan=plan,
        services=SERVICES,
        newer=newer,
        names=service_names(),
    )
    return shown, status


@bp.route("/<round_id>/notice", methods=["GET", "POST"])
def notice(round_id: str) -> ResponseReturnValue:
    """The notice that households hear before the first question."""
    actor = _department()
    with transaction(actor) as session:
        plan = plans.read(session, round_id)
    form = plan_forms.of_notice(plan)
    if form.validate_on_submit():
        wanted = None if request.form.get("act") == "own" else form.wanted()
        try:
            with transaction(actor) as session:
                rounds.save_notice(session, actor, round_id, form.number(), wanted)
        except Refused as refused:
            plan_forms.tell(form, refused)
        except Problem as problem:
            if problem.code != "stale":
                raise
            form.title_th.errors = ["plan.notice_stale"]
            form.revision.data = str(plan.revision)
        else:
            flash(t("plan.saved"), "good")
            return redirect(url_for("plan.page", round=round_id))
    status = 200 if request.method == "GET" else 422
    return render_template("plan/notice.html", form=form, plan=plan), status


@bp.route("/<round_id>/targets", methods=["GET", "POST"])
def targets(round_id: str) -> ResponseReturnValue:
    """How many households each area is to interview; the areas right below one."""
    actor = access.signed_in()
    parent = request.args.get("area") or _first_area(actor)
    with transaction(actor) as session:
        plan = plans.read(session, round_id)
        listed = plans.targets(session, plan.id, parent)
    form = TargetsForm()
    wrong: dict[str, str] = {}
    if request.method == "POST" and form.validate_on_submit():
        _department()
        wanted, wrong = plan_forms.targets_of(request.form, listed)
        if not wrong:
            with transaction(actor) as session:
                changed = rounds.save_targets(session, actor, round_id, wanted)
            flash(t("plan.targets_saved", count=changed), "good")
            return redirect(url_for("plan.targets", round_id=round_id, area=parent))
    shown = render_template(
        "plan/targets.html",
        form=form,
        plan=plan,
        areas=listed,
        wrong=wrong,
        typed=request.form,
        may_edit=_edits(actor),
        parent=parent,
    )
    return shown, 422 if wrong else 200


@bp.post("/<round_id>/copy")
def copy(round_id: str) -> ResponseReturnValue:
    """The round is carried over into another year; the page shows how far it is."""
    actor, form = _department(), YearForm()
    if form.validate_on_submit():
        try:
            with transaction(actor) as session:
                rounds.copy(session, actor, round_id, str(form.year.data or "").strip())
            flash(t("plan.copy_asked"), "good")
        except Refused as refused:
            flash(t(refused.boxes["year"]), "bad")
    return redirect(url_for("plan.page", round=round_id, _anchor="copy"))


@bp.post("/<round_id>/begin")
def begin(round_id: str) -> ResponseReturnValue:
    """The round becomes the current one."""
    actor, form = _department(), TargetsForm()
    if form.validate_on_submit():
        try:
            with transaction(actor) as session:
                carried = rounds.begin(session, actor, round_id)
            flash(t("plan.begun", count=carried), "good")
        except Refused as refused:
            flash(t(refused.boxes["round"]), "bad")
    return redirect(url_for("plan.page", round=round_id))


def service_names() -> dict[str, str]:
    """What each service is called, in the language of the page."""
    return {service: t(f"plan.service_{service}") for service in SERVICES}


@bp.app_template_filter()
def window_words(window: Window, today: Any) -> str:
    """Since when or until when, in the language of the page."""
    return short_window(window, today)


def _newer(form: PlanForm, plan: Plan) -> dict[str, tuple[str, str]]:
    """What somebody else saved meanwhile beside what was typed; saving again is then knowing."""
    saved, typed = plan_forms.of_plan(plan, MultiDict()).said(), form.said()
    form.revision.data = str(plan.revision)
    return {name: (saved[name], typed[name]) for name in typed if saved[name] != typed[name]}


def _department() -> Actor:
    actor = access.signed_in()
    if not _edits(actor):
        raise Problem("forbidden")
    return actor


def _edits(actor: Actor) -> bool:
    return actor.works_in(EVERYWHERE)


def _first_area(actor: Actor) -> str:
    return actor.areas[0].rstrip(".").rsplit(".", 1)[-1] if actor.areas else ""

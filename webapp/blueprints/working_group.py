"""The working group of a subdistrict: its members and their history, its minutes."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired, Length

from webapp.blueprints import access, sent_again
from webapp.blueprints.date_field import ThaiDateField
from webapp.blueprints.downloads import to_save
from webapp.blueprints.language import sentence, t
from webapp.blueprints.people_view import secrets
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.areas import AreaLevel, level_of
from webapp.domain.problems import Problem
from webapp.domain.quality.working_group import FEWEST_AGENCIES
from webapp.domain.working_group import LONGEST, SECTORS, Seat
from webapp.models.area import Area
from webapp.queries import places
from webapp.queries import working_group as looking
from webapp.services import working_group as acts

bp = Blueprint("working_group", __name__, url_prefix="/office/working-group")

LARGEST_UPLOAD = 42 * 1024 * 1024
MOST_PAPERS = 4
MISSING = "working_group.missing"


class SeatForm(FlaskForm):
    """A member as the minutes name them."""

    name = StringField(
        validators=[InputRequired(MISSING), Length(max=LONGEST, message="orders.long")]
    )
    position = StringField(validators=[Length(max=LONGEST, message="orders.long")])
    agency = StringField(
        validators=[InputRequired(MISSING), Length(max=LONGEST, message="orders.long")]
    )
    sector = StringField(
        validators=[
            InputRequired("working_group.sector_missing"),
            AnyOf(SECTORS, "working_group.sector_missing"),
        ]
    )

    def seat(self) -> Seat:
        """What was entered."""
        return Seat(
            str(self.name.data),
            str(self.agency.data),
            str(self.sector.data),
            str(self.position.data or ""),
        )


class MinutesForm(FlaskForm):
    """The papers of one meeting."""

    met_on = ThaiDateField(validators=[InputRequired("working_group.date_missing")])


@bp.route("/<area>", methods=["GET"])
def listed(area: str) -> str:
    """Who sits in the group, what it lacks, its papers, and how it came about."""
    actor = access.signed_in()
    with transaction(actor) as session:
        place = _place(session, actor, area)
        group = looking.read(session, area)
    return _page(actor, place, group, SeatForm(formdata=None), MinutesForm(formdata=None))


@bp.post("/<area>")
def enter(area: str) -> ResponseReturnValue:
    """Somebody sits in the group; what is wrong is said beside its box."""
    actor, form = access.signed_in(), SeatForm()
    with transaction(actor) as session:
        place = _place(session, actor, area)
        if form.validate_on_submit():
            acts.enter(session, actor, area, form.seat(), new=sent_again.id_of(actor))
        group = looking.read(session, area)
    if form.errors:
        return _page(actor, place, group, form, MinutesForm(formdata=None)), 422
    flash(t("working_group.entered"), "good")
    return redirect(address_of(".listed", area=area), 303)


@bp.route("/members/<uuid:member>", methods=["GET", "POST"])
def correct(member: UUID) -> ResponseReturnValue:
    """What was entered of a member is put right; how it was stays in the history."""
    actor, form = access.signed_in(), SeatForm()
    with transaction(actor) as session:
        found = looking.member(session, member)
        if form.validate_on_submit():
            acts.correct(session, actor, member, form.seat())
            flash(t("working_group.corrected"), "good")
            return redirect(address_of(".listed", area=found.subdistrict_code), 303)
    if request.method == "GET":
        form.name.data, form.position.data = found.name_th, found.position_th
        form.agency.data, form.sector.data = found.agency_th, found.sector
    shown = render_template("working_group/member.html", form=form, member=found)
    return shown, 422 if form.errors else 200


@bp.post("/members/<uuid:member>/end")
def end(member: UUID) -> ResponseReturnValue:
    """A member has left, or was entered by mistake."""
    actor = access.signed_in()
    how, reason = request.form.get("how", ""), request.form.get("reason", "")
    with transaction(actor) as session:
        area = acts.end(session, actor, member, how, reason)
    flash(t("working_group.ended_done"), "good")
    return redirect(address_of(".listed", area=area), 303)


@bp.post("/<area>/minutes")
def attach(area: str) -> ResponseReturnValue:
    """Papers of a meeting: a PDF, or a photo of each page."""
    request.max_content_length = LARGEST_UPLOAD
    actor, form = access.signed_in(), MinutesForm()
    with transaction(actor) as session:
        place = _place(session, actor, area)
        group = looking.read(session, area)
    if form.validate_on_submit() and (wrong := _attach(actor, area, form)):
        form.met_on.errors = [*form.met_on.errors, wrong]
    if form.errors or form.met_on.errors:
        return _page(actor, place, group, SeatForm(formdata=None), form), 422
    flash(t("working_group.attached"), "good")
    return redirect(address_of(".listed", area=area), 303)


@bp.post("/minutes/<uuid:minutes>/withdraw")
def withdraw(minutes: UUID) -> ResponseReturnValue:
    """A paper counts no more."""
    actor = access.signed_in()
    with transaction(actor) as session:
        area = acts.withdraw(session, actor, minutes, request.form.get("reason", ""))
    flash(t("working_group.withdrawn_done"), "good")
    return redirect(address_of(".listed", area=area), 303)


@bp.get("/minutes/<uuid:minutes>/document")
def document(minutes: UUID) -> Response:
    """The paper, to save; never shown inside our pages."""
    actor = access.signed_in()
    with transaction(actor) as session:
        found = looking.minutes(session, minutes)
        content = acts.document(current_app.config["JPT"].documents, secrets()["copies"], found)
    response = Response(content, mimetype=found.document_type)
    response.headers["Content-Disposition"] = to_save(found.document_name)
    return response


def _attach(actor: Actor, area: str, form: MinutesForm) -> str:
    """Empty where all papers are kept; else what is wrong. All of them, or none."""
    papers = [one for one in request.files.getlist("papers") if one.filename]
    if not papers or len(papers) > MOST_PAPERS:
        return t("working_group.papers_missing", most=MOST_PAPERS)
    folder, keys = current_app.config["JPT"].documents, secrets()
    met_on, sent = form.met_on.data or date.min, sent_again.id_of(actor)
    try:
        with transaction(actor) as session:
            for place, one in enumerate(papers):
                paper = uuid5(sent, str(place))
                new = acts.NewMinutes(met_on, one.read(), one.filename or "", paper)
                acts.attach(session, actor, folder, keys, area, new)
    except Problem as problem:
        if problem.code == "malformed":
            raise
        return sentence(problem)
    return ""


def _place(session: Session, actor: Actor, area: str) -> Area:
    if level_of(area) is not AreaLevel.SUBDISTRICT:
        raise Problem("not-found")
    found = places.asked(session, actor, area)
    if found is None:
        raise Problem("not-found")
    return found


def _page(
    actor: Actor, place: Area, group: looking.Group, form: SeatForm, papers: MinutesForm
) -> str:
    return render_template(
        "working_group/page.html",
        place=place,
        group=group,
        form=form,
        papers=papers,
        sectors=SECTORS,
        fewest=FEWEST_AGENCIES,
        most_papers=MOST_PAPERS,
        runs=actor.role is Role.OFFICER,
    )

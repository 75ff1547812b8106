"""Areas as officers keep them: villages to correct, local administrations, and what is lacking."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from webapp.blueprints import access
from webapp.blueprints.area_forms import AdministrationForm, ImportForm, VillageForm
from webapp.blueprints.audit import Words
from webapp.blueprints.language import said_refusal, t
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.queries import areas, audit
from webapp.services import audit as log
from webapp.services import local_administration_import, local_administrations, villages
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

bp = Blueprint("areas", __name__, url_prefix="/office/areas")

LARGEST_LIST = 8 * 1024 * 1024


@bp.get("/")
def listed() -> str:
    """What lies below an area of the officer's, and what its villages lack."""
    actor = access.signed_in()
    code = request.args.get("area") or _own(actor)
    with transaction(actor) as session:
        place = areas.place(session, actor, code)
        below = areas.below(session, code) if place.level != "subdistrict" else []
        inside = areas.villages(session, code) if place.level == "subdistrict" else []
    return render_template("areas/list.html", place=place, below=below, villages=inside)


@bp.get("/lacking/<what>")
def lacking(what: str) -> str:
    """The villages without a local administration, or without a point, page by page."""
    actor = access.signed_in()
    if what not in areas.LACKING:
        raise Problem("not-found")
    after = request.args.get("after", "")
    if after and not after.isdecimal():
        raise Problem("malformed")
    with transaction(actor) as session:
        place = areas.place(session, actor, request.args.get("area") or _own(actor))
        rows, more = areas.lacking(session, place.path, what, after)
    return render_template("areas/lacking.html", what=what, place=place, villages=rows, more=more)


@bp.route("/villages/<code>", methods=["GET", "POST"])
def village(code: str) -> ResponseReturnValue:
    """One village: what is known, to be corrected, and how it was before."""
    actor = access.signed_in()
    with transaction(actor) as session:
        shown = areas.village(session, actor, code)
        offered = areas.choices(session, shown.subdistrict_code)
        filters = audit.Filters(within=shown.path, act="village.corrected")
        history = audit.listed(session, filters).entries
    form = VillageForm.of(shown, offered)
    stale = False
    if form.validate_on_submit():
        try:
            with transaction(actor) as session:
                villages.correct(session, actor, code, form.corrected())
        except villages.Refused as refused:
            form.tell(refused.boxes)
        except Problem as problem:
            if problem.code != "stale":
                raise
            stale, form.revision.data = True, str(shown.revision)
        else:
            flash(t("areas.saved"), "good")
            return redirect(url_for("areas.village", code=code))
    page = render_template(
        "areas/village.html", shown=shown, form=form, history=history, stale=stale, words=Words()
    )
    return page, 200 if request.method == "GET" else 409 if stale else 422


@bp.get("/administrations")
def administrations() -> str:
    """The local administrations of the officer's districts, with what they cover."""
    actor = access.signed_in()
    with transaction(actor) as session:
        place = areas.place(session, actor, request.args.get("area") or _own(actor))
        listed = areas.administrations(session, place.path)
        below = areas.below(session, place.code)
        names = areas.names(session, {code for one in listed for code in one.coverage})
    return render_template(
        "areas/administrations.html",
        place=place,
        administrations=listed,
        below=below,
        names=names,
        form=ImportForm(),
    )


@bp.route("/administrations/<district>/new", methods=["GET", "POST"], defaults={"id": None})
@bp.route("/administrations/<district>/<int:id>", methods=["GET", "POST"])
def administration(district: str, id: int | None) -> ResponseReturnValue:
    """One local administration of a district: its kind, name, code, and what it covers."""
    actor = access.signed_in()
    with transaction(actor) as session:
        place = areas.place(session, actor, district)
        if place.level != "district":
            raise Problem("not-found")
        known = {one.id: one for one in areas.administrations(session, place.path)}
        below = areas.below(session, district)
        if id is not None and id not in known:
            raise Problem("not-found")
        elsewhere = set(known[id].coverage) - {one.code for one in below} if id else set()
        others = areas.names(session, elsewhere)
    form = AdministrationForm.of(known.get(id) if id else None)
    covered = form.covered([one.code for one in below] + sorted(elsewhere))
    if form.validate_on_submit():
        try:
            with transaction(actor) as session:
                wanted = form.wanted(district, covered)
                local_administrations.save(session, actor, id, wanted)
        except local_administrations.Refused as refused:
            form.tell(refused.boxes)
        except Problem as problem:
            if problem.code != "stale" or id is None:
                raise
            form.tell({"name_th": "areas.stale"})
            form.revision.data = str(known[id].revision)
        else:
            flash(t("areas.saved"), "good")
            return redirect(url_for("areas.administrations", area=district))
    page = render_template(
        "areas/administration.html",
        place=place,
        form=form,
        below=[(one.code, one.name_th) for one in below] + sorted(others.items()),
        covered=covered,
        is_new=id is None,
    )
    return page, 200 if request.method == "GET" else 422


@bp.post("/administrations/import")
def import_administrations() -> ResponseReturnValue:
    """A list of local administrations: looked through, or taken, all of it or nothing."""
    request.max_content_length = LARGEST_LIST
    actor, form = access.signed_in(), ImportForm()
    given = request.files.get("file")
    if not form.validate_on_submit() or given is None or not given.filename:
        flash(t("areas.file_missing"), "bad")
        return redirect(url_for("areas.administrations"))
    try:
        report = _take(actor, given, really=request.form.get("act") == "take")
    except FileRefused as refused:
        flash(said_refusal(refused), "bad")
        return redirect(url_for("areas.administrations"))
    return render_template("areas/report.html", report=report, file=given.filename)


class _OnlyLooked(Exception):
    """The import was a rehearsal: nothing of it stays."""


def _take(actor: Actor, given: FileStorage, *, really: bool) -> ImportReport:
    """All of the list, inside the officer's own areas, or nothing."""
    report = ImportReport()
    with tempfile.TemporaryDirectory() as folder:
        suffix = ".xlsx" if str(given.filename).lower().endswith((".xlsx", ".xlsm")) else ".csv"
        path = Path(folder) / f"list{suffix}"
        given.save(path)
        try:
            with transaction(actor) as session:
                report = local_administration_import.take(session, path, actor.areas)
                if report.errors or not really:
                    raise _OnlyLooked
                after = {"count": report.added + report.changed}
                log.note(
                    session, "administration.imported", actor.account, actor.areas[0], after=after
                )
                report.written = True
        except _OnlyLooked:
            report.written = False
    return report


def _own(actor: Actor) -> str:
    """The area that the officer runs."""
    if not actor.areas:
        raise Problem("forbidden")
    return actor.areas[0].rstrip(".").rsplit(".", 1)[-1]

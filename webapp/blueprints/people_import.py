"""Bringing a list of people: looked at first, then taken whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from webapp.blueprints import access
from webapp.blueprints.language import said_refusal, t
from webapp.blueprints.people_view import closed_roles, secrets
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.queries import area_choices
from webapp.services import kept_file, people_import
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

LARGEST_FILE = 1024 * 1024
LARGEST_FORM = 2 * 1024 * 1024
MOST_LINES = 200
NOWHERE = "43010101"
"""The code in the example of an officer in whose area there is no village yet."""
EXAMPLE = (
    ("อาสาสมัคร", "นาง", "สมศรี", "ตัวอย่างงาม", "1990100000511", "0812345678", "", ""),
    ("ผู้ตรวจสอบ", "", "สมคิด", "ตัวอย่างดี", "", "042411234", "สพอ.เมือง", "พัฒนากร"),
)


def add_to(bp: Blueprint) -> None:
    """The import's page and the list to begin with."""
    bp.add_url_rule("/import", "import_list", import_list, methods=["GET", "POST"])
    bp.add_url_rule("/import/example.csv", "import_example", import_example)


def import_list() -> ResponseReturnValue:
    """What would come of the list; or, once that was looked at, everybody on it is added."""
    actor = access.signed_in()
    request.max_form_memory_size = LARGEST_FORM  # the sealed list comes back in the form
    if request.method == "GET":
        return render_template("people/import.html", report=None)
    if not FlaskForm().validate_on_submit():
        raise Problem("csrf")
    now = datetime.now(UTC)
    if request.form.get("sealed"):
        return _write(actor, now)
    file = request.files.get("file")
    content = file.read(LARGEST_FILE + 1) if file else b""
    name = (file.filename or "") if file else ""
    if not content or len(content) > LARGEST_FILE:
        why = "people.file_large" if content else "people.file_missing"
        return render_template("people/import.html", report=None, refused=t(why)), 422
    return _look(actor, name, content, now)


def import_example() -> Response:
    """A list to begin with: the columns' names, and made-up people of the officer's own area."""
    actor = access.signed_in()
    with transaction(actor) as session:
        village = area_choices.first_village(session, actor.areas) or NOWHERE
    names = [one[0] for one in people_import.COLUMNS.values()]
    lines = [names]
    for role, title, given, family, number, phone, agency, position in EXAMPLE:
        place = village if role == "อาสาสมัคร" else village[:4]
        lines.append([role, title, given, family, number, phone, place, "", agency, position])
    text = "\ufeff" + "".join(",".join(line) + "\r\n" for line in lines)
    headers = {"Content-Disposition": 'attachment; filename="people-example.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def _look(actor: Actor, name: str, content: bytes, now: datetime) -> ResponseReturnValue:
    """The report of the list, and the list itself sealed in the form that takes it."""
    report = _taken(actor, name, content)
    if isinstance(report, str):
        return render_template("people/import.html", report=None, refused=report), 422
    sealed = kept_file.seal(secrets()["fields"], actor.account, name, content, now)
    return _page(report, name, None if report.errors else sealed), 422 if report.errors else 200


def _write(actor: Actor, now: datetime) -> ResponseReturnValue:
    name, content = kept_file.unseal(
        secrets()["fields"], actor.account, request.form["sealed"], now
    )
    key = sha256(request.form["sealed"].encode()).digest()
    report = _taken(actor, name, content, key)
    if isinstance(report, str) or report.errors:
        shown = None if isinstance(report, str) else report
        return _page(shown, name, None), 422
    flash(t("people.imported", count=report.added), "good")
    return redirect(url_for("people.worklist", status="active"), 303)


def _taken(actor: Actor, name: str, content: bytes, key: bytes = b"") -> ImportReport | str:
    """Written where the list has a key: it was looked at before."""
    try:
        with transaction(actor) as database:
            return people_import.take(
                database,
                actor,
                name,
                content,
                secrets(),
                write=bool(key),
                closed=closed_roles(database),
                key=key,
            )
    except FileRefused as refused:
        return said_refusal(refused)


def _page(report: ImportReport | None, name: str, sealed: str | None) -> str:
    return render_template(
        "people/import.html", report=report, name=name, sealed=sealed, most=MOST_LINES
    )

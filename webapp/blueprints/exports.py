"""Taking data out: the list of volunteers, with its purpose noted."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from openpyxl import Workbook
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from webapp.blueprints import access
from webapp.blueprints.language import said_window, t
from webapp.blueprints.people_view import secrets, within
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.answer_words import thai_date
from webapp.domain.people import tidy
from webapp.domain.problems import Problem
from webapp.domain.service_plan import day_in_thailand
from webapp.domain.spreadsheets import safe_cell
from webapp.queries import area_choices, rounds, volunteer_list
from webapp.queries.volunteer_list import Volunteer
from webapp.services import audit, details

bp = Blueprint("exports", __name__, url_prefix="/office/exports")

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS = (
    "area", "title", "name", "username", "status", "order", "order_date", "home", "phone",
    "villages", "households", "done",
)  # fmt: skip
CHUNK = 64 * 1024


class ExportForm(FlaskForm):
    """What for, of which area, as what."""

    area = SelectField(validate_choice=False)
    purpose = StringField(
        filters=[lambda typed: typed and tidy(typed)],
        validators=[
            InputRequired("exports.purpose_missing"),
            Length(min=5, max=300, message="exports.purpose_short"),
        ],
    )
    kind = SelectField(validators=[AnyOf(list(KINDS))])


@bp.route("/volunteers", methods=["GET", "POST"])
def volunteers() -> ResponseReturnValue:
    """The list inside the officer's areas, as CSV or XLSX; who took it and what for is kept."""
    actor, form = access.signed_in(), ExportForm()
    form.kind.choices = [("xlsx", "Excel (XLSX)"), ("csv", "CSV")]
    today = day_in_thailand(datetime.now(UTC))
    with transaction(actor) as session:
        form.area.choices = _areas(session, actor)
        window = rounds.window(session, "volunteer_export")
        path = within(session, actor, str(form.area.data or ""))
    closed = None if window.is_open(today) else said_window(window, today)
    if not closed and form.validate_on_submit():
        return _answer(actor, path, str(form.kind.data), str(form.purpose.data))
    refused = bool(form.errors) or (closed is not None and request.method == "POST")
    return render_template("exports/volunteers.html", form=form, closed=closed), (
        422 if refused else 200
    )


def _answer(actor: Actor, path: str, kind: str, purpose: str) -> Response:
    with transaction(actor) as session:
        said = {"purpose": purpose, "kind": kind}
        audit.note(session, "volunteers.exported", actor.account, path, after=said)
    rows = _rows(actor, path)
    stream = _csv(rows) if kind == "csv" else _xlsx(rows)
    name = f"volunteers-{area_choices.code_of(path)}-{datetime.now(UTC):%Y%m%d}.{kind}"
    response = Response(stream_with_context(stream), content_type=KINDS[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _rows(actor: Actor, path: str) -> Iterator[list[str]]:
    """The heading, then one row a volunteer; a transaction of its own while it is read."""
    keys = secrets()
    yield [t(f"exports.column_{one}") for one in COLUMNS]
    with transaction(actor) as session:
        for page in volunteer_list.pages(session, path):
            codes = {area_choices.code_of(one.path) for one in page}
            codes |= {one.home_village_code for one in page if one.home_village_code}
            places = area_choices.places(session, codes)
            for one in page:
                yield [safe_cell(cell) for cell in _cells(one, places, keys)]


def _cells(
    one: Volunteer, places: dict[str, area_choices.Place], keys: dict[str, bytes]
) -> list[object]:
    home = places.get(one.home_village_code or "")
    return [
        places.get(area_choices.code_of(one.path)),
        one.title_th,
        one.name_th,
        one.username,
        t(f"exports.status_{one.status}"),
        one.order_number,
        thai_date(one.order_issued.isoformat()) if one.order_issued else None,
        home,
        details.opened(keys, one.account, "phone", one.phone),
        one.villages,
        one.households,
        one.done,
    ]


def _csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8."""
    yield "\ufeff".encode()
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _xlsx(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """Through a file on disk, since a workbook is a zip archive; memory stays the same."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(t("exports.sheet"))
    for row in rows:
        sheet.append(row)
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _areas(session: Session, actor: Actor) -> list[tuple[str, str]]:
    own = [area_choices.code_of(path) for path in actor.areas]
    if not own:
        raise Problem("not-found")
    named = area_choices.named(session, own)
    below = [one for code in own for one in area_choices.below(session, code, actor.areas)]
    return [(one.code, one.name_th) for one in [*named.values(), *below]]

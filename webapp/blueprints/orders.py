"""Appointment orders: the list with quality check 3, entering one, one order's names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.blueprints import access, cursors, sent_again
from webapp.blueprints.date_field import ThaiDateField
from webapp.blueprints.downloads import to_save
from webapp.blueprints.language import said_refusal, sentence, t
from webapp.blueprints.people_view import secrets, within
from webapp.db import transaction
from webapp.domain import appointments
from webapp.domain.actors import Actor
from webapp.domain.people import tidy
from webapp.domain.problems import Problem
from webapp.models.appointment import AppointmentOrder
from webapp.queries import area_choices, orders
from webapp.services import import_sheet
from webapp.services import orders as acts

bp = Blueprint("orders", __name__, url_prefix="/office/orders")

COLUMNS = {
    "name": ("ชื่อ-สกุล", "ชื่อ", "ชื่อสกุล", "รายชื่อ"),
    "national_id": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "เลขประจำตัว"),
}
OPEN_NAMES = "names_open"
"""Beside the lists of volunteers: the names of orders that no account has."""
LARGEST_UPLOAD = 12 * 1024 * 1024


class OrderForm(FlaskForm):
    """An order as the paper has it."""

    area = SelectField(validate_choice=False, validators=[InputRequired("orders.area_missing")])
    number = StringField(
        validators=[InputRequired("orders.number_missing"), Length(max=80, message="orders.long")]
    )
    issued_on = ThaiDateField(validators=[InputRequired("orders.date_missing")])
    names = TextAreaField()


@bp.get("")
def listed() -> ResponseReturnValue:
    """The area's orders, and who collects there against whom they name."""
    actor = access.signed_in()
    if "who" in request.args:
        return _one_list(actor, request.args["who"])
    with transaction(actor) as session:
        path = within(session, actor, request.args.get("area", ""))
        found = orders.listed(
            session, path, _unpacked(cursors.read(request.args.get("after"), path))
        )
        may_compare = orders.may_compare(session, path)
        shown: dict[str, Any] = {
            "check": orders.check(session, path) if may_compare else None,
            **_around(session, actor, path),
        }
    last = f"{found[-1].issued_on} {found[-1].id}" if len(found) == orders.PAGE else None
    more = cursors.written(last, path) if last else None
    return render_template(
        "orders/list.html",
        orders=found,
        lists=orders.LISTS,
        most=orders.MOST_COMPARED,
        more=address_of(".listed", area=shown["area"], after=more) if more else "",
        **shown,
    )


def _around(session: Session, actor: Actor, path: str) -> dict[str, Any]:
    """The area that is looked at, by name, and what lies below it."""
    area = area_choices.code_of(path)
    return {
        "area": area,
        "place": area_choices.named(session, [area]),
        "below": area_choices.below(session, area, actor.areas),
    }


def _one_list(actor: Actor, who: str) -> ResponseReturnValue:
    """Everybody behind one count of the check, fifty at a time; of too large an area none."""
    if who not in (*orders.LISTS, OPEN_NAMES):
        raise Problem("malformed")
    with transaction(actor) as session:
        path = within(session, actor, request.args.get("area", ""))
        if who in orders.LISTS and not orders.may_compare(session, path):
            return redirect(address_of(".listed", area=area_choices.code_of(path)))
        filters = [path, who]
        people, last = _page(session, path, who, cursors.read(request.args.get("after"), filters))
        shown = _around(session, actor, path)
        codes = {area_choices.code_of(one.path) for one in people if isinstance(one, orders.Local)}
        homes = area_choices.places(session, codes)
    more = cursors.written(last, filters) if last else None
    only = {"area": shown["area"], "who": who}
    return render_template(
        "orders/people.html",
        people=people,
        who=who,
        homes=homes,
        code_of=area_choices.code_of,
        more=address_of(".listed", after=more, **only) if more else "",
        first=address_of(".listed", **only) if "after" in request.args else "",
        **shown,
    )


def _page(
    session: Session, path: str, who: str, after: str | None
) -> tuple[Sequence[orders.Local | orders.OpenName], str | None]:
    """One page of a list, and the word after which the next goes on, if there may be one."""
    first, _, second = (after or "").partition(" ")
    if who == OPEN_NAMES:
        names = orders.open_names(session, path, (UUID(first), int(second)) if after else None)
        last = f"{names[-1].order} {names[-1].place}" if len(names) == orders.PAGE else None
        return names, last
    people = orders.standing(session, path, who, (first, UUID(second)) if after else None)
    last = f"{people[-1].path} {people[-1].account}" if len(people) == orders.PAGE else None
    return people, last


@bp.route("/new", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """An order is entered with its names; what is wrong is said beside its box."""
    request.max_content_length = LARGEST_UPLOAD
    actor, form = access.signed_in(), OrderForm()
    with transaction(actor) as session:
        form.area.choices = _areas(session, actor)
    if form.validate_on_submit():
        order = _enter(actor, form)
        if order is not None:
            flash(t("orders.entered"), "good")
            return redirect(address_of(".one", order=order), 303)
    return render_template("orders/new.html", form=form), 422 if form.errors else 200


@bp.get("/<uuid:order>")
def one(order: UUID) -> str:
    """Whom the order names and whose accounts they are, fifty at a time."""
    actor, only_open = access.signed_in(), request.args.get("only") == "open"
    filters = [str(order), only_open]
    after = int(cursors.read(request.args.get("after"), filters) or 0)
    with transaction(actor) as session:
        found = orders.one(session, order)
        people = orders.names(session, order, after, only_open=only_open)
        offered = orders.offered(session, order) if found.matched < found.names else []
    only: dict[str, Any] = {"order": order, "only": "open" if only_open else None}
    last = cursors.written(str(people[-1].place), filters) if len(people) == orders.PAGE else None
    return render_template(
        "orders/one.html",
        order=found,
        people=people,
        offered=offered,
        only_open=only_open,
        more=address_of(".one", after=last, **only) if last else "",
        first=address_of(".one", **only) if after else "",
    )


@bp.post("/<uuid:order>/match")
def match(order: UUID) -> ResponseReturnValue:
    """Names get the accounts that fit, or one name the account chosen."""
    actor, person = access.signed_in(), request.form.get("person", "")
    with transaction(actor) as session:
        orders.one(session, order)
        if not person:
            flash(t("orders.matched", count=acts.match(session, order)), "good")
        elif (account := _account(session)) is not False:
            acts.match_by_hand(session, actor, order, _number(person), account)
    return redirect(address_of(".one", order=order, only=_only()), 303)


@bp.post("/<uuid:order>/withdraw")
def withdraw(order: UUID) -> ResponseReturnValue:
    """The order counts no more."""
    actor = access.signed_in()
    try:
        with transaction(actor) as session:
            acts.withdraw(session, actor, order, request.form.get("reason", ""))
    except Problem as problem:
        if problem.code != "reason":
            raise
        flash(t("orders.reason_first"), "warn")
    else:
        flash(t("orders.withdrawn_done"), "good")
    return redirect(address_of(".one", order=order), 303)


@bp.get("/<uuid:order>/document")
def document(order: UUID) -> Response:
    """The order's paper, to save; never shown inside our pages."""
    actor = access.signed_in()
    with transaction(actor) as session:
        found = session.get(AppointmentOrder, order)
        if found is None:
            raise Problem("not-found")
        content = acts.document(current_app.config["JPT"].documents, secrets()["copies"], found)
    response = Response(content, mimetype=found.document_type)
    response.headers["Content-Disposition"] = to_save(found.document_name or "")
    return response


def _enter(actor: Actor, form: OrderForm) -> UUID | None:
    """The order's id, or None where a box has been told what is wrong with it."""
    made = sent_again.id_of(actor)
    try:
        names = _names(form)
        new = acts.NewOrder(
            area_code=str(form.area.data),
            number=tidy(str(form.number.data)),
            issued_on=form.issued_on.data or date.min,
            names=names,
            id=made,
            **_document(),
        )
        with transaction(actor) as session:
            return acts.enter(session, actor, current_app.config["JPT"].documents, secrets(), new)
    except appointments.Unreadable as wrong:
        form.names.errors = [t("orders.line_wrong", line=wrong.line)]
    except import_sheet.FileRefused as refused:
        form.names.errors = [said_refusal(refused)]
    except Problem as problem:
        if problem.code == "malformed":
            raise
        form.names.errors = [sentence(problem)]
    return None


def _names(form: OrderForm) -> list[appointments.Named]:
    """The names typed, and those of a list brought along."""
    found = appointments.names_in(str(form.names.data or ""))
    file = request.files.get("list")
    if file and file.filename:
        sheet = import_sheet.read_content(
            file.filename, file.read(), COLUMNS, ("name",), appointments.MOST_NAMES
        )
        lines = (f"{row['name']} {row['national_id']}" for row in sheet.rows)
        found += appointments.names_in("\n".join(lines))
    if not found:
        raise Problem("names")
    return found


def _document() -> dict[str, Any]:
    file = request.files.get("document")
    if not file or not file.filename:
        return {}
    return {"document": file.read(), "document_name": file.filename}


def _areas(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """The officer's own areas and what lies right below them."""
    own = [area_choices.code_of(path) for path in actor.areas]
    named = area_choices.named(session, own)
    below = [one for code in own for one in area_choices.below(session, code, actor.areas)]
    return [(one.code, one.name_th) for one in [*named.values(), *below]]


def _account(session: Session) -> UUID | Literal[False] | None:
    """The account meant, None where the name is nobody's after all; False where it is not clear."""
    if "who" not in request.form:
        return None
    who = request.form["who"][:120]
    meant = orders.meant(session, who)
    if len(meant) == 1:
        return meant[0]
    flash(t("orders.who_several" if meant else "orders.who_unknown", who=who), "bad")
    return False


def _only() -> str | None:
    """Back to the names still open, where an account was given to one of them."""
    return "open" if "who" in request.form else None


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 18:
        raise Problem("malformed")
    return int(written)


def _unpacked(after: str | None) -> tuple[date, UUID] | None:
    if after is None:
        return None
    day, _, order = after.partition(" ")
    return date.fromisoformat(day), UUID(order)

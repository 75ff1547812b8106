"""An officer adds a person: an officer of the level below, an inspector, a viewer, a volunteer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, sent_again
from webapp.blueprints.language import t
from webapp.blueprints.people_forms import PLACED_BY, DetailsForm
from webapp.blueprints.people_view import closed_roles, closed_words, secrets
from webapp.db import transaction
from webapp.domain import people
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.problems import Problem
from webapp.services import people_changes
from webapp.services.people_changes import New


@dataclass(frozen=True)
class Kind:
    """What a new person can be; its name is in the address and in the texts."""

    name: str
    role: Role
    level: Level | None = None


KINDS = (
    Kind("volunteer", Role.VOLUNTEER),
    Kind("inspector", Role.INSPECTOR),
    Kind("viewer", Role.VIEWER),
    Kind("district_officer", Role.OFFICER, Level.DISTRICT),
    Kind("province_officer", Role.OFFICER, Level.PROVINCE),
)
NEEDED = {Role.VOLUNTEER: ("national_id", "phone")}
"""Numbers without which such a person cannot be added; of others the telephone suffices."""


def add_to(bp: Blueprint) -> None:
    """Adding a person, by kind."""
    bp.add_url_rule("/new", "choose_kind", choose_kind)
    bp.add_url_rule("/new/<kind>", "new", new, methods=["GET", "POST"])


def choose_kind() -> str:
    """Whom this officer may add."""
    actor = access.signed_in()
    return render_template("people/kinds.html", kinds=_kinds(actor))


def new(kind: str) -> ResponseReturnValue:
    """The person is added, in one of the officer's areas."""
    actor, form = access.signed_in(), DetailsForm()
    wanted = next((one for one in _kinds(actor) if one.name == kind), None)
    if wanted is None:
        raise Problem("not-found")
    form.levels = PLACED_BY[(wanted.role, wanted.level)]
    with transaction(actor) as database:
        form.fill(database, actor.areas)
        if request.method == "GET" or "show" in request.form:
            return _page(database, form, wanted)
        if not form.validate() or form.tell(_problems(form, wanted)):
            return _page(database, form, wanted), 422
    return _create(actor, form, wanted)


def _create(actor: Actor, form: DetailsForm, wanted: Kind) -> ResponseReturnValue:
    home = form.chosen() if wanted.role is Role.VOLUNTEER else ""
    asked = New(
        wanted.role,
        wanted.level,
        form.chosen(),
        form.written(home),
        offered=(home,) if home else (),
        id=sent_again.id_of(actor),
    )
    try:
        with transaction(actor) as database:
            if wanted.role in closed_roles(database):
                raise Problem("service-closed")
            made = people_changes.create(database, actor, asked, secrets())
            account = made.id
    except Problem as problem:
        if problem.code in ("forbidden", "malformed"):
            raise
        with transaction(actor) as database:
            form.fill(database, actor.areas)
            return _page(database, form, wanted, problem), 409
    flash(t("people.created"), "good")
    return redirect(url_for("people.person", account=account), 303)


def _problems(form: DetailsForm, wanted: Kind) -> dict[str, str]:
    code = form.chosen()
    written = form.written("")
    found = people_changes.problems(written, needed=NEEDED.get(wanted.role, ("phone",)))
    is_village = wanted.role is not Role.VOLUNTEER or len(code) >= 8
    if not is_village or not people.belongs_at(wanted.role, wanted.level, code):
        found["area_code"] = "people.area_missing"
    return found


def _page(
    database: Session, form: DetailsForm, wanted: Kind, problem: Problem | None = None
) -> str:
    return render_template(
        "people/new.html",
        form=form,
        kind=wanted,
        problem=problem,
        closed_words=closed_words(database, wanted.role),
    )


def _kinds(actor: Actor) -> list[Kind]:
    return [one for one in KINDS if people.may_create(actor.level, one.role, one.level)]

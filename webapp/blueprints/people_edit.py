"""Putting a person's details right, and moving them; two officers see each other's change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access
from webapp.blueprints.language import t
from webapp.blueprints.people_forms import PLACED_BY, DetailsForm, TransferForm
from webapp.blueprints.people_view import closed_roles, closed_words, secrets
from webapp.db import transaction
from webapp.domain import people
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.people import Act, Status
from webapp.domain.problems import Problem
from webapp.queries import area_choices
from webapp.queries import people as lists
from webapp.queries.people import Person
from webapp.services import details, people_changes


def add_to(bp: Blueprint) -> None:
    """The person's forms, under their id."""
    both = ["GET", "POST"]
    bp.add_url_rule("/<uuid:account>/edit", "edit", edit, methods=both)
    bp.add_url_rule("/<uuid:account>/transfer", "transfer", transfer, methods=both)


def edit(account: UUID) -> ResponseReturnValue:
    """The details as the officer writes them, unless somebody else has changed them meanwhile."""
    actor, form = access.signed_in(), DetailsForm()
    with transaction(actor) as database:
        shown = _changeable(database, account, Act.EDIT)
        if request.method == "GET":
            form.show(shown.account, shown.details)
            form.choose(database, (shown.details and shown.details.home_village_code) or "")
        form.fill(database)
        if request.method == "GET" or "show" in request.form:
            return _edit_page(database, form, shown)
        written = form.written(str(form.village.data or ""))
        if not form.validate() or form.tell(people_changes.problems(written)):
            return _edit_page(database, form, shown), 422
    return _save(actor, account, form, written)


def transfer(account: UUID) -> ResponseReturnValue:
    """The person belongs to another area of the officer's."""
    actor, form = access.signed_in(), TransferForm()
    with transaction(actor) as database:
        shown = _changeable(database, account, Act.TRANSFER)
        form.levels = _levels(shown)
        if request.method == "GET":
            form.revision.data = shown.account.revision
            form.choose(database, area_choices.code_of(shown.account.path))
        form.fill(database, actor.areas)
        if request.method == "GET" or "show" in request.form:
            return _transfer_page(database, form, shown)
        if not form.validate() or not _fits(shown, form.chosen()):
            form[form.levels[-1]].errors = ["people.area_missing"]
            return _transfer_page(database, form, shown), 422
    return _move(actor, account, form)


def _save(
    actor: Actor, account: UUID, form: DetailsForm, written: people_changes.Written
) -> ResponseReturnValue:
    try:
        with transaction(actor) as database:
            people_changes.edit(
                database,
                actor,
                account,
                written,
                int(form.revision.data or 0),
                secrets(),
                closed_roles(database),
            )
    except Problem as problem:
        if problem.code in ("not-found", "forbidden"):
            raise
        return _edit_again(actor, account, form, problem)
    flash(t("people.saved"), "good")
    return redirect(url_for("people.person", account=account), 303)


def _edit_again(
    actor: Actor, account: UUID, form: DetailsForm, problem: Problem
) -> ResponseReturnValue:
    """Both versions side by side; saving once more replaces the other's."""
    with transaction(actor) as database:
        shown = lists.one(database, account)
        form.revision.data = str(shown.account.revision)
        form.fill(database)
        other = _versions(database, form, shown) if problem.code == "stale" else None
        last = lists.last_change(database, account)
        return _edit_page(database, form, shown, problem=problem, other=other, last=last), 409


def _versions(database: Session, form: DetailsForm, shown: Person) -> list[tuple[str, str, str]]:
    """Each field that differs: its name, as it is now, as it was typed."""
    given, family = people.name_parts(shown.account.name_th)
    kept = shown.details
    now = {"given": given, "family": family, "village": (kept and kept.home_village_code) or ""}
    for name in ("title_th", "agency_th", "position_th"):
        now[name] = (getattr(kept, name) if kept else None) or ""
    typed = {name: str(form[name].data or "") for name in now}
    for name in details.NUMBERS:
        sealed = getattr(kept, name) if kept else None
        now[name] = details.masked(secrets(), shown.account.id, name, sealed) or ""
        typed[name] = str(form[name].data or "") or now[name]
    villages = area_choices.places(database, [now["village"], typed["village"]])
    for side in (now, typed):
        side["village"] = str(villages.get(side["village"], ""))
    return [
        (f"register.{name}", now[name], typed[name])
        for name in now
        if people.tidy(now[name]) != people.tidy(typed[name])
    ]


def _edit_page(database: Session, form: DetailsForm, shown: Person, **more: Any) -> str:
    role = Role(shown.account.role)
    return render_template(
        "people/edit.html",
        form=form,
        shown=shown,
        account=shown.account,
        closed_words=closed_words(database, role),
        numbers={
            name: details.masked(
                secrets(),
                shown.account.id,
                name,
                getattr(shown.details, name) if shown.details else None,
            )
            for name in details.NUMBERS
        },
        **more,
    )


def _transfer_page(database: Session, form: TransferForm, shown: Person, **more: Any) -> str:
    place = area_choices.place_of_path(database, shown.account.path)
    return render_template(
        "people/transfer.html",
        form=form,
        shown=shown,
        account=shown.account,
        place=place,
        closed_words=closed_words(database, Role(shown.account.role)),
        **more,
    )


def _move(actor: Actor, account: UUID, form: TransferForm) -> ResponseReturnValue:
    try:
        with transaction(actor) as database:
            person = people_changes.transfer(
                database,
                actor,
                account,
                form.chosen(),
                form.revision.data or 0,
                str(form.reason.data or ""),
                closed_roles(database),
            )
            is_volunteer = person.role == Role.VOLUNTEER.value
    except Problem as problem:
        if problem.code in ("not-found", "forbidden"):
            raise
        with transaction(actor) as database:
            shown = lists.one(database, account)
            form.revision.data = shown.account.revision
            form.fill(database, actor.areas)
            return _transfer_page(database, form, shown, problem=problem), 409
    flash(t("people.transferred"), "good")
    if is_volunteer:
        flash(t("people.work_stays"), "info")
    return redirect(url_for("people.person", account=account), 303)


def _changeable(database: Session, account: UUID, wanted: Act) -> Person:
    """The person, if their state lets this be done at all. Raises `not-found`, `moved-on`."""
    shown = lists.one(database, account)
    if not people.may_act_on(Status(shown.account.status), wanted):
        raise Problem("moved-on")
    return shown


def _levels(shown: Person) -> tuple[str, ...]:
    level = Level(shown.account.level) if shown.account.level else None
    return PLACED_BY[(Role(shown.account.role), level)]


def _fits(shown: Person, code: str) -> bool:
    level = Level(shown.account.level) if shown.account.level else None
    return people.belongs_at(Role(shown.account.role), level, code)

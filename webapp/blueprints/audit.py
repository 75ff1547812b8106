"""The audit log of an officer's areas, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.routing import BuildError
from wtforms import HiddenField, SelectField

from webapp import wording
from webapp.blueprints import access
from webapp.blueprints.date_field import ThaiDateField
from webapp.blueprints.language import chosen, said_date, said_moment, t
from webapp.db import transaction
from webapp.domain import findings
from webapp.domain.problems import Problem
from webapp.queries import audit
from webapp.queries import map as maps

bp = Blueprint("audit", __name__, url_prefix="/office")

PLACES = {
    "interview": ("interviews.panel", "interview_id"),
    "account": ("people.person", "account"),
    "village": ("areas.village", "code"),
    "notice": ("notices.shown", "notice_id"),
    "order": ("orders.one", "order"),
}
"""What an entry names, and the page that shows it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


class FilterForm(FlaskForm):
    """What the list is narrowed to; all of it in the address, none of it personal."""

    act = SelectField(validate_choice=False)
    area = SelectField(validate_choice=False)
    since = ThaiDateField()
    until = ThaiDateField()
    person = HiddenField()


@bp.get("/audit")
def listed() -> str:
    """Who did what in the asker's areas, newest first."""
    actor = access.signed_in()
    form = FilterForm(request.args, meta={"csrf": False})
    form.validate()
    with transaction(actor) as session:
        below = audit.areas_below(session, actor.areas)
        code = str(form.area.data or "")
        filters = audit.Filters(
            within=maps.path_of(session, actor, code) if code else None,
            act=str(form.act.data or "") or None,
            person=_person(form),
            since=form.since.data,
            until=form.until.data,
        )
        page = audit.listed(session, filters, _cursor())
        head = audit.head(session)
    form.act.choices = [("", t("office.all")), *acts()]
    form.area.choices = [("", t("audit.own_areas")), *below]
    return render_template(
        "audit/list.html",
        form=form,
        page=page,
        head=head,
        next=_next(page.after),
        words=Words(page.names),
    )


def acts() -> list[tuple[str, str]]:
    """Every act that has words, by its code."""
    known = [key.removeprefix("audit.act_") for key in wording.texts("th") if _is_act(key)]
    named = [(code.replace("__", "."), t(f"audit.act_{code}")) for code in known]
    return sorted(named, key=lambda one: one[1])


NAMED = {
    "status": "people.is_",
    "role": "people.role_",
    "roles": "people.role_",
    "level": "people.level_",
    "sector": "working_group.sector_",
    "reason": "conflicts.kind_",
    "subject": "audit.subject_",
}
"""Fields whose values have words of their own."""


class Words:
    """An entry's parts as people read them; `names` say what areas and people are called."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = names or {}

    def act(self, act: str) -> str:
        """What was done."""
        key = f"audit.act_{act.replace('.', '__')}"
        said = wording.say(chosen(), key)
        return act if said == key else said

    def field(self, name: str) -> str:
        """What a field is called; its own name where it has no words."""
        key = f"audit.field_{name}"
        said = wording.say(chosen(), key)
        return name if said == key else said

    def place(self, name: str, value: Any) -> str:
        """Where the thing that an act was about can be looked at; empty where it cannot."""
        endpoint, argument = PLACES.get(name, ("", ""))
        if endpoint not in current_app.view_functions:
            return ""
        try:
            return url_for(endpoint, **{argument: value})
        except (BuildError, ValueError):
            return ""

    def value(self, value: Any, name: str = "") -> str:
        """A field's value: dates in Buddhist years, lists with commas, states in words."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return t("office.yes") if value else t("office.no")
        if isinstance(value, list):
            return ", ".join(self.value(one, name) for one in value) or "–"
        if isinstance(value, dict):
            return ", ".join(
                f"{self.field(part)}: {self.value(one, part)}" for part, one in value.items()
            )
        written = str(value)
        if _DAY.fullmatch(written):
            return said_date(written)
        if _MOMENT.fullmatch(written):
            return said_moment(written)
        if name in audit.PLACES | audit.PEOPLE and written in self.names:
            return self.names[written]
        if name == "code" and written in findings.KINDS:
            return findings.KINDS[written].words(chosen())[0]
        key = f"{NAMED.get(name, '')}{written}"
        return t(key) if key in wording.texts(wording.THAI) else written


def _is_act(key: str) -> bool:
    return key.startswith("audit.act_")


def _person(form: FilterForm) -> UUID | None:
    written = str(form.person.data or "")
    try:
        return UUID(written) if written else None
    except ValueError as error:
        raise Problem("malformed") from error


def _cursor() -> int | None:
    written = request.args.get("before", "")
    if written and not (written.isdecimal() and len(written) < 19):
        raise Problem("malformed")
    return int(written) if written else None


def _next(after: int | None) -> str:
    if after is None:
        return ""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if value}
    return url_for("audit.listed", **(asked | {"before": after}))

"""The quality sheet: eight checks of an area, live; the exceptions of one check, and their acts."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import Blueprint, Response, flash, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, bodies, cursors
from webapp.blueprints.language import said_moment, t
from webapp.db import transaction
from webapp.domain import policy, questionnaire
from webapp.domain.actors import Actor, Role
from webapp.domain.areas import level_of
from webapp.domain.policy import REVIEWERS
from webapp.domain.problems import Problem
from webapp.domain.quality import disclosure
from webapp.domain.quality.checks import BY_NO, CHECKS
from webapp.domain.quality.states import Line, State
from webapp.queries import area_choices, places, quality, quality_exceptions, rounds
from webapp.queries.quality import Part, Row, Sheet
from webapp.services import clearing

bp = Blueprint("quality", __name__, url_prefix="/office/quality")

SECONDS = 5
WORST = len(CHECKS)
"""The column after the checks."""
LISTED = (1, 4, 5, 6, 7, 8)
"""Checks that point at households."""
EXPLAINED = {
    "register_houses": "houses",
    "register_people": "population",
    "income_change": "income_change",
}
"""What blocks until an officer explains a figure, and the figure's subject."""


@bp.get("")
@bp.get("/<area>", endpoint="of_area")
def page(area: str | None = None) -> str:
    """The eight checks of an area, or of the asker's own, and what lies right below."""
    actor = access.signed_in()
    with transaction(actor) as session:
        sheet = _read(session, actor, area)
        current = rounds.current(session)
        said = quality_exceptions.explanations(session, area) if _is_village(sheet) and area else []
    return render_template(
        "quality/page.html",
        sheet=sheet,
        cells=cells(sheet),
        checks=CHECKS,
        listed=LISTED,
        round_th=current.name_th,
        rules=questionnaire.edit_rules(current.questionnaire),
        seconds=SECONDS,
        reviews=actor.role in REVIEWERS,
        explains=_to_explain(actor, sheet),
        said=said if actor.role in REVIEWERS else [],
        few=disclosure.FEWEST_SHOWN,
        may_read_orders=policy.ROUTES["orders.listed"].allows(actor.role),
    )


@bp.get("/figures")
def figures() -> Response:
    """The same figures alone, to follow the register with; nothing where nothing has changed."""
    actor = access.signed_in()
    with transaction(actor) as session:
        sheet = _read(session, actor, request.args.get("area") or None)
    body = json.dumps({"cells": cells(sheet)}, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    response.set_etag(hashlib.sha256(actor.account.bytes + body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.make_conditional(request)
    return response


@bp.get("/<area>/exceptions/<int:check>")
def exceptions(area: str, check: int) -> str:
    """The households that a check points at, in a village or a subdistrict."""
    actor = access.signed_in()
    if check not in LISTED:
        raise Problem("not-found")
    with transaction(actor) as session:
        place = places.asked(session, actor, _code(area))
        if place is None or place.level not in ("village", "subdistrict"):
            raise Problem("not-found")
        filters = [area, check]
        after = cursors.read(request.args.get("after"), filters)
        found = quality_exceptions.listed(session, area, check, after)
        names = area_choices.places(session, {one.village for one in found})
        current = rounds.current(session)
    full = len(found) == quality_exceptions.PAGE
    more = cursors.written(found[-1].place, filters) if full else None
    return render_template(
        "quality/exceptions.html",
        place=place,
        check=BY_NO[check],
        rules=questionnaire.edit_rules(current.questionnaire),
        found=found,
        names=names,
        clears=check in clearing.CLEARED,
        more=url_for(".exceptions", area=area, check=check, after=more) if more else "",
    )


@bp.post("/exceptions/<uuid:interview>/<int:check>")
def clear(interview: UUID, check: int) -> ResponseReturnValue:
    """An exception is in order for a reason, or open again for one."""
    actor = access.signed_in()
    undo = request.form.get("undo") == "1"
    with transaction(actor) as session:
        reason = request.form.get("reason", "")
        seen = bodies.digest_seen()
        village = clearing.clear(session, actor, interview, check, reason, undo=undo, seen=seen)
    flash(t("quality.opened_done" if undo else "quality.cleared_done"), "good")
    return redirect(url_for(".exceptions", area=village, check=check), 303)


@bp.post("/explanations/<uuid:interview>")
def read(interview: UUID) -> ResponseReturnValue:
    """What the volunteer explained in the interview has been read."""
    actor = access.signed_in()
    with transaction(actor) as session:
        village = clearing.read(session, actor, interview, bodies.digest_seen())
    flash(t("quality.read_done"), "good")
    return redirect(url_for(".exceptions", area=village, check=5), 303)


@bp.post("/<area>/explain")
def explain(area: str) -> ResponseReturnValue:
    """An officer says why a figure of the village is as it is."""
    actor = access.signed_in()
    subject, words = request.form.get("subject", ""), request.form.get("text", "")
    with transaction(actor) as session:
        clearing.explain(session, actor, _code(area), subject, words)
    flash(t("quality.explained_done"), "good")
    return redirect(url_for(".of_area", area=area), 303)


def cells(sheet: Sheet) -> dict[str, str]:
    """Every figure of the page by its place, as it is written there."""
    found = _state_cells("whole.8", sheet.whole.state(WORST))
    found |= {
        f"whole.{state.key}": f"{count:,}"
        for state, count in zip(State, sheet.whole.counts[WORST], strict=True)
    }
    at = sheet.reckoned_at
    found["reckoned"] = t("quality.reckoned", at=said_moment(at)) if at else t("quality.never")
    for part in sheet.parts if _has_parts(sheet) else []:
        found |= _part_cells(part)
    for row in sheet.rows:
        found |= _row_cells(row)
    return found


def _part_cells(part: Part) -> dict[str, str]:
    place = f"check-{part.check.no}"
    figures = {f"{place}.{line.name}": written(line) for line in part.lines or []}
    return _state_cells(place, part.state) | figures


def _row_cells(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in range(len(CHECKS) + 1):
        place = f"area-{row.code}.{column}"
        found |= _state_cells(place, row.state(column))
        if row.level != "village":
            not_good = row.villages - row.counts[column][State.GOOD]
            found[f"{place}.count"] = f"{not_good:,}"
    return found


def _state_cells(place: str, state: State | None) -> dict[str, str]:
    key = (State.UNKNOWN if state is None else state).key
    return {f"{place}.state": t(f"quality.state_{key}"), f"{place}.kind": key}


def written(line: Line) -> str:
    """A figure as it is shown: counts whole, shares and means with two decimals."""
    if line.value is None:
        return "–"
    if line.kind == "count":
        return f"{line.value:,.0f}"
    return f"{line.value:,.2f}" + ("%" if line.kind == "percent" else "")


def _to_explain(actor: Actor, sheet: Sheet) -> dict[str, int]:
    """The subjects that this officer is asked to explain here, with their figures."""
    if actor.role is not Role.OFFICER:
        return {}
    subjects = [subject for code, subject in EXPLAINED.items() if code in sheet.blockers]
    return {subject: sheet.own[subject] for subject in subjects}


def _read(session: Session, actor: Actor, area: str | None) -> Sheet:
    return quality.sheet(session, actor, _code(area) if area else None)


def _has_parts(sheet: Sheet) -> bool:
    return sheet.area is not None and sheet.area.level in ("village", "subdistrict")


def _is_village(sheet: Sheet) -> bool:
    return sheet.area is not None and sheet.area.level == "village"


def _code(area: str) -> str:
    if level_of(area) is None:
        raise Problem("malformed")
    return area

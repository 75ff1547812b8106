"""A village's houses against the register: a workspace to give each its reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.queries import places, quality, reconciliation
from webapp.queries.reconciliation import Line
from webapp.services import reconciling

bp = Blueprint("reconciliation", __name__, url_prefix="/office/reconciliation")

MOST_AT_ONCE = 1_000
GONE = ("empty", "refused", "merged", "moved", "demolished")


@bp.get("/<int:village>")
def village(village: int) -> str:
    """The houses of the village that still need a reason; all others where they are asked for."""
    actor = access.signed_in()
    with transaction(actor) as session:
        place = _place(session, actor, village)
        houses = reconciliation.houses(session, place.code)
        kept = quality.village(session, place.code)
    waiting = [one for one in houses if not one.is_settled]
    is_whole = "settled" in request.args or not waiting
    return render_template(
        "reconciliation/village.html",
        place=place,
        village=village,
        waiting=waiting,
        settled=[one for one in houses if is_whole and one.is_settled],
        kept_back=0 if is_whole else len(houses) - len(waiting),
        reported=[one for one in waiting if one.outcome in reconciling.REPORTED],
        totals=kept.figures.get("4", {}) if kept else {},
        reasons=reasons_of,
    )


@bp.post("/<int:village>/houses/<uuid:house>")
def settle(village: int, house: UUID) -> ResponseReturnValue:
    """A house has its reason, or none any more; a page that follows is told so in figures."""
    actor = access.signed_in()
    reason, note = request.form.get("reason", ""), request.form.get("note", "")
    with transaction(actor) as session:
        place = _place(session, actor, village)
        reconciling.settle(session, actor, house, reason, note)
        left = sum(not one.is_settled for one in reconciliation.houses(session, place.code))
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"left": left, "reason": t(f"quality.reason_{reason}")})
    flash(t("reconciliation.settled_done"), "good")
    return redirect(url_for(".village", village=village), 303)


@bp.post("/<int:village>/confirm")
def confirm(village: int) -> ResponseReturnValue:
    """What volunteers reported of the houses ticked is their reason."""
    actor, houses = access.signed_in(), _ids("pick")
    with transaction(actor) as session:
        place = _place(session, actor, village)
        count = reconciling.confirm(session, actor, place.code, houses)
    flash(t("reconciliation.confirmed", count=count), "good" if count else "info")
    return redirect(url_for(".village", village=village), 303)


def reasons_of(line: Line) -> tuple[str, ...]:
    """The reasons that a house may have as it stands."""
    return ("new",) if line.is_interviewed else GONE


def _place(session: Session, actor: Actor, village: int) -> Area:
    found = places.asked(session, actor, f"{village:08}")
    if found is None or found.level != "village":
        raise Problem("not-found")
    return found


def _ids(name: str) -> list[UUID]:
    try:
        return [UUID(one) for one in request.form.getlist(name)[:MOST_AT_ONCE]]
    except ValueError as broken:
        raise Problem("malformed") from broken

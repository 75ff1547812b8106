"""Households looked at one after another beside the map: chosen, accepted, asked again, undone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify

from webapp.blueprints import access
from webapp.blueprints import map as map_page
from webapp.blueprints.bodies import json_body
from webapp.db import transaction
from webapp.domain import review
from webapp.domain.areas import level_of
from webapp.domain.problems import Problem
from webapp.domain.review import Asked, Seen
from webapp.domain.service_plan import day_in_thailand
from webapp.queries import rounds, triage
from webapp.queries.triage import MOST_CORNERS, Corner, Wanted
from webapp.services import review as reviews

bp = Blueprint("triage", __name__)

LARGEST = 256 * 1024
"""Octets of a body: as many households or corners as may be named, with room to spare."""


@bp.post("/map/chosen")
def chosen() -> Response:
    """The households inside an outline, of a village, or of the ids given: the weakest first."""
    wanted, actor = _wanted(json_body(LARGEST)), access.signed_in()
    with transaction(actor) as session:
        rows, more = triage.chosen(session, map_page.filters_asked(session, actor), wanted)
        counts = triage.open_findings(session, [row["id"] for row in rows])
    found = [{**row, "id": str(row["id"]), "findings": counts.get(row["id"], 0)} for row in rows]
    return jsonify(households=found, more=more, most=triage.MOST)


@bp.post("/map/accept")
def accept() -> Response:
    """The interview is accepted as it was seen."""
    seen, actor = _seen(json_body(LARGEST)), access.signed_in()
    with transaction(actor) as session:
        decision = reviews.accept(session, actor, seen)
    return jsonify(state="accepted", decision=decision)


@bp.post("/map/evidence-again")
def evidence_again() -> Response:
    """The kinds of evidence named are asked for again, with a reason, until the usual day."""
    body, actor = json_body(LARGEST), access.signed_in()
    kinds, reason = body.get("kinds"), body.get("reason")
    if not isinstance(kinds, list) or not isinstance(reason, str):
        raise Problem("malformed")
    with transaction(actor) as session:
        today = day_in_thailand(datetime.now(UTC))
        deadline = review.usual_deadline(today, rounds.window(session, "recording"))
        asked = Asked((), deadline, reason)
        wanted = [str(one) for one in kinds]
        decision = reviews.ask_evidence_again(session, actor, _seen(body), wanted, asked, today)
    return jsonify(state="returned", decision=decision, deadline=deadline.isoformat())


@bp.post("/map/undo")
def undo() -> Response:
    """What was decided last is taken back, with a reason; the interview waits again."""
    body, actor = json_body(LARGEST), access.signed_in()
    reason = body.get("reason")
    if not isinstance(reason, str):
        raise Problem("malformed")
    with transaction(actor) as session:
        decision = reviews.withdraw(session, actor, _seen(body), reason)
    return jsonify(state="received", decision=decision)


def _seen(body: dict[str, Any]) -> Seen:
    try:
        return Seen(UUID(str(body.get("interview"))), bytes.fromhex(str(body.get("digest"))))
    except ValueError as error:
        raise Problem("malformed") from error


def _wanted(body: dict[str, Any]) -> Wanted:
    outline, village = body.get("outline") or [], body.get("village")
    ids = body.get("households") or []
    if not isinstance(outline, list) or not isinstance(ids, list) or len(ids) > triage.MOST:
        raise Problem("malformed")
    if outline and not 3 <= len(outline) <= MOST_CORNERS:
        raise Problem("malformed")
    if village is not None and not (isinstance(village, str) and level_of(village) == "village"):
        raise Problem("malformed")
    if sum(map(bool, (outline, village, ids))) != 1:
        raise Problem("malformed")
    households = tuple(_uuid(one) for one in ids)
    corners = tuple(_corner(one) for one in outline)
    return Wanted(corners, village, households, body.get("only_found") is True)


def _uuid(told: Any) -> UUID:
    try:
        return UUID(str(told))
    except ValueError as error:
        raise Problem("malformed") from error


def _corner(told: Any) -> Corner:
    """Degrees; what is not on the earth is no corner."""
    if not isinstance(told, list) or len(told) != 2:
        raise Problem("malformed")
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in told):
        raise Problem("malformed")
    longitude, latitude = told
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise Problem("malformed")
    return float(longitude), float(latitude)

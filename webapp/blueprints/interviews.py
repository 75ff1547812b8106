"""One interview as an inspector reads it, and its pictures at short-lived addresses."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webapp import files
from webapp.blueprints import access, finding_words
from webapp.blueprints.language import said_date, said_moment
from webapp.config import Config
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.answer_words import paper_number
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.queries import households, interviews
from webapp.queries.households import House
from webapp.queries.interviews import Shown

bp = Blueprint("interviews", __name__)
bp.add_app_template_filter(said_date, "thai_date")
bp.add_app_template_filter(said_moment, "thai_moment")
bp.add_app_template_filter(paper_number)
bp.add_app_template_filter(finding_words.of_evidence, "evidence_words")

LINK_SECONDS = 300
SIZES = ("small", "large")


@bp.get("/households/<uuid:household_id>")
def household(household_id: UUID) -> str:
    """A household beside the map: its interview, or why there is none and what is in custody."""
    actor = access.signed_in()
    with transaction(actor) as session:
        house = households.read(session, household_id)
        interview = house.place.interview_id
        shown = interviews.read(session, interview) if interview else None
    return _page(actor, shown) if shown else _page(actor, house=house)


@bp.get("/interviews/<uuid:interview_id>")
def panel(interview_id: UUID) -> str:
    """One interview by its own id."""
    actor = access.signed_in()
    with transaction(actor) as session:
        shown = interviews.read(session, interview_id)
    return _page(actor, shown)


@bp.get("/evidence/<token>")
def evidence(token: str) -> Response:
    """A small or large copy of one picture, for the person whom the address was given to."""
    actor = access.signed_in()
    try:
        interview, sealed, size, account = _links().loads(token, max_age=LINK_SECONDS)
    except (BadSignature, ValueError) as error:
        raise Problem("not-found") from error
    if account != str(actor.account) or size not in SIZES:
        raise Problem("not-found")
    with transaction(actor) as session:
        visible = interviews.shows_evidence(session, UUID(interview), bytes.fromhex(sealed))
    config: Config = current_app.config["JPT"]
    copy = visible and files.read_copy(
        config.evidence, _keys().secrets["copies"], bytes.fromhex(sealed), size
    )
    if not copy:
        raise Problem("not-found")
    return Response(copy, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


def addresses(actor: Actor, interview: UUID | None) -> Callable[[bytes, str], str]:
    """Makes the short-lived addresses of an interview's pictures, for this person alone."""

    def address(sealed: bytes, size: str) -> str:
        token = _links().dumps([str(interview), sealed.hex(), size, str(actor.account)])
        return url_for("interviews.evidence", token=token)

    return address


def _page(actor: Actor, shown: Shown | None = None, house: House | None = None) -> str:
    """The panel's HTML; a page of its own when opened in a tab."""

    alone = request.headers.get("Sec-Fetch-Dest") == "document"
    return render_template(
        "interviews/page.html" if alone else "interviews/panel.html",
        shown=shown,
        house=shown.house if shown else house,
        address=addresses(actor, shown.interview.id if shown else None),
        link_seconds=LINK_SECONDS,
    )


def _keys() -> Keys:
    keys: Keys = current_app.extensions["keys"]
    return keys


def _links() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_keys().secrets["links"], salt="evidence")

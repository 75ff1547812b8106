"""One interview as an inspector reads it, and its pictures at short-lived addresses."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webapp import files
from webapp.blueprints import access
from webapp.config import Config
from webapp.db import transaction
from webapp.domain import answer_words
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.queries import interviews

bp = Blueprint("interviews", __name__)
bp.add_app_template_filter(answer_words.thai_date)
bp.add_app_template_filter(answer_words.thai_moment)

LINK_SECONDS = 300
SIZES = ("small", "large")


@bp.get("/interviews/<uuid:interview_id>")
def panel(interview_id: UUID) -> str:
    """The household's panel beside the map; a page of its own when opened in a tab."""
    actor = access.signed_in()
    with transaction(actor) as session:
        shown = interviews.read(session, interview_id)

    def address(sealed: bytes, size: str) -> str:
        token = _links().dumps([str(interview_id), sealed.hex(), size, str(actor.account)])
        return url_for("interviews.evidence", token=token)

    alone = request.headers.get("Sec-Fetch-Dest") == "document"
    template = "interviews/page.html" if alone else "interviews/panel.html"
    return render_template(template, shown=shown, address=address, actor=actor)


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


def _keys() -> Keys:
    keys: Keys = current_app.extensions["keys"]
    return keys


def _links() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_keys().secrets["links"], salt="evidence")

"""A finding closed with a reason, or opened again, from wherever its interview is looked at."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import access, bodies, finding_words
from webapp.blueprints.addresses import is_ours
from webapp.db import transaction
from webapp.services import closing

bp = Blueprint("findings", __name__)
bp.add_app_template_global(finding_words.detail, "finding_detail")


@bp.post("/findings/<int:finding>/explain")
def explain(finding: int) -> ResponseReturnValue:
    """The finding is explained in the words given; back to where one was."""
    actor = access.signed_in()
    with transaction(actor) as session:
        reason, seen = request.form.get("reason", ""), bodies.digest_seen()
        interview = closing.explain(session, actor, finding, reason, seen)
    return _back(interview)


@bp.post("/findings/<int:finding>/reopen")
def reopen(finding: int) -> ResponseReturnValue:
    """The finding is open again; back to where one was."""
    actor = access.signed_in()
    with transaction(actor) as session:
        interview = closing.reopen(session, actor, finding)
    return _back(interview)


def _back(interview: object) -> ResponseReturnValue:
    """To the page that asked, where it is ours; else to the interview."""
    asked = request.form.get("next", "")
    if asked and is_ours(asked):
        return redirect(asked, 303)
    if interview is None:
        return redirect(url_for("map.page"), 303)
    return redirect(url_for("interviews.panel", interview_id=interview), 303)

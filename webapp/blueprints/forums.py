"""The phone's part of a forum: which houses to ask again; results come as interviews do."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp.blueprints import access
from webapp.db import transaction
from webapp.queries import own_forums

bp = Blueprint("forums", __name__, url_prefix="/api/v1")


@bp.get("/forums")
def own() -> ResponseReturnValue:
    """The open forums at which the asker is to ask: houses and questions, no earlier answer."""
    actor = access.signed_in()
    with transaction(actor) as session:
        found = own_forums.read(session)
    return jsonify(forums=found)

"""A volunteer's own quality card for the phone, and what they reply to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp.blueprints import access
from webapp.blueprints.bodies import json_body, list_of, text_of, uuid_of
from webapp.db import transaction
from webapp.domain.problems import Problem
from webapp.domain.service_plan import day_in_thailand
from webapp.queries import own_card
from webapp.services import replying
from webapp.services.replying import Reply

bp = Blueprint("own_card", __name__, url_prefix="/api/v1/card")

REPLIES = 20


@bp.get("")
def shown() -> ResponseReturnValue:
    """How the asker's own interviews stand, and what was noticed about them."""
    actor = access.signed_in()
    with transaction(actor) as session:
        return jsonify(own_card.read(session, actor, day_in_thailand(datetime.now(UTC))))


@bp.post("/replies")
def reply() -> ResponseReturnValue:
    """Replies to findings; each is added once, and one to somebody else's finding nowhere."""
    actor = access.signed_in()
    replies = [_reply(one) for one in list_of(json_body(64 * 1024), "items", REPLIES)]
    with transaction(actor) as session:
        kept = [replying.reply(session, actor, one) for one in replies]
    told = zip(replies, kept, strict=True)
    return jsonify(items=[{"id": str(one.key), "kept": done} for one, done in told])


def _reply(item: Any) -> Reply:
    if not isinstance(item, dict):
        raise Problem("malformed")
    finding = item.get("finding")
    said = text_of(item, "text", replying.LONGEST).strip()
    if not isinstance(finding, int) or isinstance(finding, bool) or not said:
        raise Problem("malformed")
    if not 0 < finding < 2**63:
        raise Problem("malformed")
    return Reply(uuid_of(item.get("id")), finding, said)

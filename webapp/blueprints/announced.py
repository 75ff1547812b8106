"""Notices for the phone: the newest ones to keep for the field, and which have been read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import access
from webapp.blueprints.bodies import json_body, list_of
from webapp.db import transaction
from webapp.domain.problems import Problem
from webapp.queries import notices as board
from webapp.queries.notices import Shown
from webapp.services import notices

bp = Blueprint("announced", __name__, url_prefix="/api/v1/notices")

ON_A_PHONE = 30


@bp.get("")
def listed() -> ResponseReturnValue:
    """The newest notices that reach the asker."""
    actor = access.signed_in()
    with transaction(actor) as session:
        page = board.listed(session, actor, most=ON_A_PHONE)
    return jsonify(notices=[_told(one) for one in page.notices if not one.is_withdrawn])


@bp.post("/read")
def read() -> ResponseReturnValue:
    """These have been read; numbers that reach somebody else are passed over."""
    actor = access.signed_in()
    numbers = list_of(json_body(8 * 1024), "notices", 200)
    if any(not isinstance(one, int) or isinstance(one, bool) or one >= 2**63 for one in numbers):
        raise Problem("malformed")
    with transaction(actor) as session:
        notices.mark_read(session, actor, numbers)
    return jsonify(read=len(numbers))


def _told(one: Shown) -> dict[str, Any]:
    return {
        "id": one.id,
        "title_th": one.title_th,
        "text_th": one.text_th,
        "area_th": one.area_th,
        "held_on": one.held_on.isoformat() if one.held_on else None,
        "video_url": one.video_url,
        "published_at": one.published_at.isoformat(),
        "read": one.is_read,
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "media_type": file.media_type,
                "url": url_for("notices.file", file_id=file.id),
            }
            for file in one.files
        ],
    }

"""A form that had to wait while its sender proved who they are; nothing typed is lost.

It may hold anything people typed, so the session's row has it sealed, for this one person.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import entering
from webapp.services import personal_numbers

LARGEST = 200_000


def ask_for_proof() -> ResponseReturnValue:
    """Keep what was sent, and ask who sends it."""
    session.pop("kept_form", None)
    if request.method == "GET":
        return redirect(url_for("proof.page", next=request.full_path.rstrip("?")))
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"
    ]
    if not request.files and sum(len(value) for _, value in fields) <= LARGEST:
        form = json.dumps({"address": request.full_path.rstrip("?"), "fields": fields})
        sealed = personal_numbers.seal(entering.secret("fields"), form, _about())
        session["kept_form"] = sealed.hex()
    back = request.form.get("back", "")
    return redirect(url_for("proof.page", next=back or None), 303)


def kept() -> dict[str, Any] | None:
    """The form that waits: its address and fields; none that somebody else had sent."""
    sealed = bytes.fromhex(session.get("kept_form", ""))
    try:
        found = personal_numbers.open_sealed(entering.secret("fields"), sealed, _about())
    except (InvalidTag, ValueError):
        return None
    form: dict[str, Any] = json.loads(found)
    return form


def forget() -> None:
    """No form waits any more."""
    session.pop("kept_form", None)


def _about() -> str:
    return f"sessions.kept_form {entering.own_session().account}"

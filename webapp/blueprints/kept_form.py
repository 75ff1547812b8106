"""A form that had to wait while its sender proved who they are; nothing typed is lost."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

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
        session["kept_form"] = {"address": request.full_path.rstrip("?"), "fields": fields}
    back = request.form.get("back", "")
    return redirect(url_for("proof.page", next=back or None), 303)


def kept() -> dict[str, object] | None:
    """The form that waits: its address and fields."""
    found: dict[str, object] | None = session.get("kept_form")
    return found


def forget() -> None:
    """No form waits any more."""
    session.pop("kept_form", None)

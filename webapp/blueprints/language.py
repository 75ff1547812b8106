"""Thai, or English behind a switch; the choice is a cookie that names nobody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp import wording
from webapp.blueprints import access
from webapp.blueprints.addresses import is_ours
from webapp.domain.problems import Problem

bp = Blueprint("language", __name__)

COOKIE = "jpt-language"
YEAR_SECONDS = 365 * 24 * 3600


def chosen() -> str:
    """The language of the page being made."""
    asked = request.cookies.get(COOKIE)
    return asked if asked in wording.LANGUAGES else wording.THAI


def t(key: str, **values: object) -> str:
    """The text of `area.key` in the language chosen."""
    return wording.say(chosen(), key, **values)


def sentence(problem: Problem) -> str:
    """What went wrong, in the language chosen; what was said for this case alone stays Thai."""
    if chosen() == wording.THAI:
        return problem.sentence
    return t(wording.key_of(problem.code))


@bp.post("/language")
def choose() -> ResponseReturnValue:
    """Pages are in that language from now on, in this browser."""
    if not access.is_from_our_pages():
        raise Problem("csrf")
    wanted, back = request.form.get("language", ""), request.form.get("next", "")
    if wanted not in wording.LANGUAGES:
        raise Problem("malformed")
    response = redirect(back if is_ours(back) else url_for("pages.front"))
    # The phone's app reads it too, so it is not HttpOnly; it says nothing about anybody.
    response.set_cookie(
        COOKIE,
        wanted,
        max_age=YEAR_SECONDS,
        path="/",
        secure=True,
        samesite="Strict",
    )
    return response


def install(app: Flask) -> None:
    """Every template can say texts."""

    @app.context_processor
    def _words() -> dict[str, Any]:
        return {"t": t, "language": chosen(), "sentence": sentence}

"""Thai, or English behind a switch; the choice is a cookie that names nobody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp import wording
from webapp.blueprints import access
from webapp.blueprints.addresses import is_ours
from webapp.domain.answer_words import MONTHS, thai_date, thai_moment
from webapp.domain.problems import Problem
from webapp.domain.service_plan import Window

bp = Blueprint("language", __name__)

ENGLISH_MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
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


def said_date(iso: str) -> str:
    """A day in the language chosen; the year stays Buddhist."""
    return _months(thai_date(iso))


def said_moment(moment: datetime | str) -> str:
    """A moment at Thai time in the language chosen; the year stays Buddhist."""
    said = _months(thai_moment(moment))
    return said.removesuffix(" น.") if chosen() == wording.ENGLISH else said


def said_window(window: Window, today: date) -> str:
    """Since when or until when a service is open, in the language chosen."""
    if chosen() == wording.THAI:
        return window.words_th(today)
    return t(f"plan.window_{window.standing(today)}", **window.days_said())


def _months(said: str) -> str:
    if chosen() == wording.THAI:
        return said
    for thai, english in zip(MONTHS, ENGLISH_MONTHS, strict=True):
        said = said.replace(thai, english)
    return said


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

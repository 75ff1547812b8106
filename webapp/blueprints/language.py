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
from webapp.domain.service_plan import ServiceClosed, Window
from webapp.services.import_report import Line
from webapp.services.import_sheet import FileRefused

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
    """The language of the answer being made: the switch decides.

    A program that calls the API without the switch may name its language as programs do; pages are
    Thai until somebody switches, since a phone bought in English is no wish to read English.
    """
    asked = request.cookies.get(COOKIE)
    if asked in wording.LANGUAGES:
        return asked
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(wording.LANGUAGES) or wording.THAI
    return wording.THAI


def t(key: str, **values: object) -> str:
    """The text of `area.key` in the language chosen."""
    return wording.say(chosen(), key, **values)


def sentence(problem: Problem) -> str:
    """What went wrong, in the language chosen."""
    if chosen() == wording.THAI:
        return problem.sentence
    if isinstance(problem, ServiceClosed):
        service = t(f"plan.service_{problem.window.service}")
        return f"“{service}”: {said_window(problem.window, problem.today)}"
    return t(wording.key_of(problem.said))


def said_date(iso: str) -> str:
    """A day in the language chosen; the year stays Buddhist."""
    return _months(thai_date(iso))


def said_moment(moment: datetime | str) -> str:
    """A moment at Thai time in the language chosen; the year stays Buddhist."""
    said = _months(thai_moment(moment))
    return said.removesuffix(" น.") if chosen() == wording.ENGLISH else said


def said_window(window: Window, today: date) -> str:
    """Since when or until when a service is open, in the language chosen."""
    return window.words_th(today) if chosen() == wording.THAI else short_window(window, today)


def short_window(window: Window, today: date) -> str:
    """The same in the few words of a list."""
    days = {name: _months(said) for name, said in window.days_said().items()}
    return t(f"plan.window_{window.standing(today)}", **days)


def said_line(line: Line) -> str:
    """One line of an import's report in the language chosen."""
    return line.written(chosen())


def said_refusal(refused: FileRefused) -> str:
    """Why a file as a whole cannot be read, in the language chosen."""
    return refused.told(chosen())


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
        return {"t": t, "language": chosen(), "sentence": sentence, "said_line": said_line}

"""The one table from problem to status, and how it is told: problem+json or a Thai page."""

from __future__ import annotations

import traceback
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, render_template, request
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from webapp.blueprints import addresses
from webapp.blueprints.language import sentence
from webapp.domain.problems import Problem

STATUS = {
    "malformed": (HTTPStatus.BAD_REQUEST, "after-fix"),
    "session": (HTTPStatus.UNAUTHORIZED, "after-fix"),
    "revoked": (HTTPStatus.FORBIDDEN, "never"),
    "csrf": (HTTPStatus.FORBIDDEN, "after-fix"),
    "forbidden": (HTTPStatus.FORBIDDEN, "never"),
    "not-found": (HTTPStatus.NOT_FOUND, "never"),
    "unknown": (HTTPStatus.NOT_FOUND, "now"),
    "method": (HTTPStatus.METHOD_NOT_ALLOWED, "never"),
    "busy": (HTTPStatus.CONFLICT, "after"),
    "range": (HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "never"),
    "too-large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "after-fix"),
    "unsupported": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "after-fix"),
    "hash-mismatch": (HTTPStatus.UNPROCESSABLE_ENTITY, "now"),
    "unreadable": (HTTPStatus.UNPROCESSABLE_ENTITY, "never"),
    "unknown-key": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "slow-down": (HTTPStatus.TOO_MANY_REQUESTS, "after"),
    "moved-on": (HTTPStatus.CONFLICT, "after-fix"),
    "newer-revision": (HTTPStatus.CONFLICT, "after-fix"),
    "in-conflict": (HTTPStatus.CONFLICT, "after-fix"),
    "no-volunteer": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "comment": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "deadline": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "duplicate-person": (HTTPStatus.CONFLICT, "after-fix"),
    "has-begun": (HTTPStatus.CONFLICT, "after-fix"),
    "throttled": (HTTPStatus.TOO_MANY_REQUESTS, "after"),
    "maintenance": (HTTPStatus.SERVICE_UNAVAILABLE, "after"),
    "no-space": (HTTPStatus.INSUFFICIENT_STORAGE, "after"),
    "wrong-password": (HTTPStatus.FORBIDDEN, "after-fix"),
    "wrong-code": (HTTPStatus.FORBIDDEN, "after-fix"),
    "wrong-proof": (HTTPStatus.FORBIDDEN, "after-fix"),
    "used-proof": (HTTPStatus.FORBIDDEN, "after-fix"),
    "weak-password": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "passkey": (HTTPStatus.FORBIDDEN, "after-fix"),
    "reason": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "unlike": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "no-change": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "answer": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "names": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "forum-early": (HTTPStatus.CONFLICT, "after"),
    "forum-day": (HTTPStatus.UNPROCESSABLE_ENTITY, "after-fix"),
    "proof": (HTTPStatus.FORBIDDEN, "after-fix"),
    "stale": (HTTPStatus.CONFLICT, "after-fix"),
    "service-closed": (HTTPStatus.FORBIDDEN, "never"),
    "server": (HTTPStatus.INTERNAL_SERVER_ERROR, "after"),
}
FROM_HTTP = {
    400: "malformed",
    404: "not-found",
    405: "method",
    411: "malformed",
    413: "too-large",
    415: "unsupported",
    416: "range",
    429: "slow-down",
}

AWAY = (OperationalError, PoolTimeout)


def as_document(problem: Problem) -> dict[str, object]:
    """RFC 9457's members, ours among them; nothing personal in them."""
    status, retry = STATUS[problem.code]
    return {
        "type": f"urn:jpt:problem:{problem.code}",
        "title": status.phrase,
        "status": int(status),
        "detail": sentence(problem),
        "code": problem.code,
        "retry": retry,
    }


def answer(problem: Problem) -> Response:
    """The problem for a program, or as a page for a person."""
    status, _ = STATUS[problem.code]
    if request.path.startswith("/api/") or not request.accept_mimetypes.accept_html:
        response = jsonify(as_document(problem))
        response.mimetype = "application/problem+json"
    else:
        response = Response(
            render_template("errors/problem.html", problem=problem, back=_page_before())
        )
    response.status_code = int(status)
    if problem.after or problem.code in ("busy", "maintenance"):
        response.headers["Retry-After"] = str(problem.after or 2)
    return response


def install(app: Flask) -> None:
    """Whatever goes wrong is answered by the table above."""

    @app.errorhandler(Problem)
    def _problem(problem: Problem) -> Response:
        return answer(problem)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        if isinstance(getattr(error, "original_exception", None), AWAY):  # before any view began
            return _database(error)
        response = answer(Problem(_code(error)))
        response.headers.extend(_told(error))
        return response

    @app.errorhandler(OperationalError)
    @app.errorhandler(PoolTimeout)
    def _database(error: Exception) -> Response:
        _tell(error)
        return answer(Problem("maintenance", after=5))

    @app.errorhandler(DataError)
    def _unfit(error: Exception) -> Response:
        """What no column can hold, such as a NUL in a text, is a request that nobody types."""
        _tell(error)
        return answer(Problem("malformed"))

    @app.errorhandler(Exception)
    def _anything(error: Exception) -> Response:
        _tell(error)
        return answer(Problem("server"))


def _page_before() -> str | None:
    """The page on which the form stood, where the form says so."""
    back = request.form.get("back", "") if request.method == "POST" else ""
    return back if back and addresses.is_ours(back) else None


def _code(error: HTTPException) -> str:
    """Ours for the status; what else Werkzeug refuses is an odd request, not our fault."""
    status = error.code or 500
    return FROM_HTTP.get(status, "malformed" if status < 500 else "server")


def _told(error: HTTPException) -> list[tuple[str, str]]:
    """What the status promises to name: the methods allowed, the length of the file."""
    return [one for one in error.get_headers() if one[0] in ("Allow", "Content-Range")]


def _tell(error: Exception) -> None:
    """Type and frames only: a message may quote what people told us."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    code = getattr(error.orig, "sqlstate", "") if isinstance(error, DBAPIError) else ""
    current_app.logger.error("failed %s %s at %s", type(error).__name__, code, places)

"""How far the collection has come, inside one's areas; the page follows the register."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, json, render_template, request, url_for
from sqlalchemy.orm import Session

from webapp.blueprints import access, cursors
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.areas import level_of
from webapp.domain.policy import REVIEWERS
from webapp.domain.problems import Problem
from webapp.domain.service_plan import day_in_thailand
from webapp.queries import progress, rounds
from webapp.queries.progress import Figures, Line, Pace, Sheet

bp = Blueprint("progress", __name__)

SERVICE = "progress_report"
SECONDS = 5
COUNTED = ("households", "todo", "done", "returned", "accepted", "custody", "people")
ORDERS = ("code", "slowest")


@bp.get("/progress")
def page() -> str:
    """The figures of an area, of what lies below it, and of its volunteers."""
    actor = access.signed_in()
    order = _order()
    with transaction(actor) as session:
        sheet, pace = _read(session, actor, progress.PAGE)
        current = rounds.current(session)
    lines = sorted(sheet.lines, key=_slowness) if order == "slowest" else sheet.lines
    return render_template(
        "progress/page.html",
        sheet=sheet,
        lines=lines,
        pace=pace,
        round_th=current.name_th,
        cells=cells(sheet),
        counted=COUNTED,
        order=order,
        seconds=SECONDS,
        reviews=actor.role in REVIEWERS,
        **_onward(sheet),
    )


@bp.get("/progress/figures")
def figures() -> Response:
    """The same figures alone, to follow the register with; nothing where nothing has changed."""
    actor = access.signed_in()
    # whoever has less to do than before moves down the list, and is still on the page that follows
    with transaction(actor) as session:
        sheet, pace = _read(session, actor, 2 * progress.PAGE)
    told = cells(sheet) | {"pace": _words(pace)}
    body = json.dumps({"cells": told}, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    response.set_etag(hashlib.sha256(actor.account.bytes + body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.make_conditional(request)
    return response


def cells(sheet: Sheet) -> dict[str, str]:
    """Every figure of the page by its place, as it is written there."""
    found = _cells("total", sheet.total.figures, sheet.total.percent)
    found["total.target"] = f"{sheet.total.target:,}"
    del found["total.households"]  # the target stands there
    for line in sheet.lines:
        found |= _cells(f"area-{line.code}", line.figures, line.percent)
    for one in sheet.volunteers:
        found |= _cells(f"volunteer-{one.id}", one.figures, one.percent)
    return found


def _cells(place: str, figures: Figures, percent: int) -> dict[str, str]:
    counts = {f"{place}.{name}": f"{getattr(figures, name):,}" for name in COUNTED}
    return counts | {f"{place}.percent": str(percent)}


def _read(session: Session, actor: Actor, page: int) -> tuple[Sheet, Pace]:
    """The sheet and its pace, while the service plan has the report open."""
    today = _today()
    rounds.service_open(session, SERVICE, today)
    code = request.args.get("area") or None
    if code and level_of(code) is None:
        raise Problem("malformed")
    sheet = progress.sheet(session, actor, code, _after(code), page)
    return sheet, progress.pace(session, sheet.total, today)


def _onward(sheet: Sheet) -> dict[str, str]:
    """Where this page's figures are, where its list of volunteers goes on, and where it begins."""
    here, last = _kept("area", "order", "after"), None
    if sheet.has_more:
        at = sheet.volunteers[-1]
        last = cursors.written(f"{at.figures.todo} {at.id}", here.get("area"))
    first: dict[str, Any] = _kept("area", "order")
    return {
        "figures_at": url_for("progress.figures", **_kept("area", "after")),
        "more": url_for("progress.page", **first, after=last) if last else "",
        "first": url_for("progress.page", **first) if "after" in here else "",
    }


def _kept(*names: str) -> dict[str, Any]:
    """What the address says under these names."""
    return {name: request.args[name] for name in names if request.args.get(name)}


def _words(pace: Pace) -> str:
    if pace.days_left is None:
        return t("progress.no_end")
    if not pace.days_left:
        return t("progress.over")
    return t("progress.pace", days=pace.days_left, a_day=f"{pace.a_day or 0:,}")


def _after(code: str | None) -> tuple[int, UUID] | None:
    """After whom the volunteers go on, as an address of ours says it."""
    todo, _, account = (cursors.read(request.args.get("after"), code) or "").partition(" ")
    return (int(todo), UUID(account)) if account else None


def _slowness(line: Line) -> tuple[bool, int]:
    """The least done first; where there is nothing to do, last."""
    return not line.target, line.percent


def _order() -> str:
    order = request.args.get("order", "code")
    if order not in ORDERS:
        raise Problem("malformed")
    return order


def _today() -> date:
    return day_in_thailand(datetime.now(UTC))


bp.add_app_template_filter(_words, "pace_words")

"""Giving work out: the villages of an area, and one village household by household."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as kept
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, cursors
from webapp.blueprints.language import t
from webapp.blueprints.people_view import within
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.identifiers import to_arabic_digits
from webapp.domain.problems import Problem
from webapp.queries import area_choices, people
from webapp.queries import assignments as looking
from webapp.services import assignment_rows
from webapp.services import assignments as giving

bp = Blueprint("assignments", __name__, url_prefix="/office/assignments")

MOST_AT_ONCE = 500
UNDO = "assignment_undo"
UNDOABLE = timedelta(minutes=15)
"""So long the page offers to undo what was last done from this browser."""


@bp.get("")
def villages() -> str:
    """The villages of the officer's areas: how much work there is and in whose hands."""
    actor, area = access.signed_in(), request.args.get("area", "")
    with transaction(actor) as session:
        path = within(session, actor, area)
        after = cursors.read(request.args.get("after"), path) or ""
        found = looking.villages(session, path, after)
        names = area_choices.places(session, [one.code for one in found])
        below = area_choices.below(session, area_choices.code_of(path), actor.areas)
        chain = _inside(session, actor, path)
    full = len(found) == looking.PAGE
    more = cursors.written(found[-1].code, path) if full else None
    return render_template(
        "assignments/villages.html",
        villages=found,
        names=names,
        below=[one for one in below if one.level != "village"],
        chain=chain,
        area=area_choices.code_of(path),
        more=url_for(".villages", area=area or None, after=more) if more else "",
        first=url_for(".villages", area=area or None) if after else "",
    )


@bp.get("/<int:village>")
def village(village: int) -> str:
    """Who has the village's work, its households, and what can be done."""
    actor, code = access.signed_in(), f"{village:08}"
    with transaction(actor) as session:
        place = _place(session, actor, code)
        after = cursors.read(request.args.get("after"), code)
        found = looking.houses(session, code, _unpacked(after))
        shown: dict[str, Any] = {
            "hands": looking.hands(session, code),
            "candidates": looking.candidates(session, code),
        }
    full = len(found) == looking.HOUSEHOLDS
    more = cursors.written(f"{found[-1].house_number}\n{found[-1].id}", code) if full else None
    return render_template(
        "assignments/village.html",
        place=place,
        houses=found,
        village=village,
        more=url_for(".village", village=village, after=more) if more else "",
        first=url_for(".village", village=village) if after else "",
        undoable=_undoable(village),
        only_nearest=len(shown["candidates"]) == looking.MOST_PEOPLE,
        **shown,
    )


@bp.post("/<int:village>/find")
def find(village: int) -> ResponseReturnValue:
    """The list goes on from this house number; an address never names a house."""
    actor, code = access.signed_in(), f"{village:08}"
    number = to_arabic_digits(request.form.get("number", "")).strip()[:40]
    with transaction(actor) as session:
        _place(session, actor, code)
    after = cursors.written(f"{number}\n{UUID(int=0)}", code) if number else None
    return redirect(url_for(".village", village=village, after=after, _anchor="houses"), 303)


@bp.post("/<int:village>/give")
def give(village: int) -> ResponseReturnValue:
    """The people ticked have the whole village."""
    actor, accounts = access.signed_in(), _ids("account")
    with transaction(actor) as session:
        count = giving.give_village(session, actor, f"{village:08}", accounts)
        _can_be_undone(session, village, count)
    return _back(village, "assignments.given", count=count)


@bp.post("/<int:village>/households")
def give_households(village: int) -> ResponseReturnValue:
    """The person chosen has the households ticked."""
    actor, households, accounts = access.signed_in(), _ids("pick"), _ids("account")
    if not households or len(accounts) != 1:
        return _back(village, "assignments.pick_first", kind="warn")
    with transaction(actor) as session:
        count = giving.give_households(session, actor, f"{village:08}", households, accounts[0])
        _can_be_undone(session, village, count)
    return _back(village, "assignments.given_households", count=count)


@bp.post("/<int:village>/divide")
def divide(village: int) -> ResponseReturnValue:
    """The people ticked share the village's remaining households evenly."""
    actor, accounts = access.signed_in(), _ids("account")
    if not accounts:
        return _back(village, "assignments.people_first", kind="warn")
    with transaction(actor) as session:
        counts = giving.divide(session, actor, f"{village:08}", accounts)
        _can_be_undone(session, village)
    said = ", ".join(str(one) for one in counts)
    return _back(village, "assignments.divided", people=len(counts), counts=said)


@bp.post("/<int:village>/hand-over")
def hand_over(village: int) -> ResponseReturnValue:
    """What one person has in the village is another's, with the reason."""
    actor, giver, taker = access.signed_in(), _one("giver"), _one("account")
    reason = request.form.get("reason", "")
    try:
        with transaction(actor) as session:
            giving.hand_over(session, actor, f"{village:08}", giver, taker, reason)
            _can_be_undone(session, village)
    except Problem as problem:
        return _reason_first(village, problem)
    return _back(village, "assignments.handed_over")


@bp.post("/<int:village>/end")
def end(village: int) -> ResponseReturnValue:
    """The person has nothing in the village any more, with the reason."""
    actor, account = access.signed_in(), _one("giver")
    reason = request.form.get("reason", "")
    try:
        with transaction(actor) as session:
            giving.end(session, actor, f"{village:08}", account, reason)
            _can_be_undone(session, village)
    except Problem as problem:
        return _reason_first(village, problem)
    return _back(village, "assignments.ended")


@bp.post("/<int:village>/undo")
def undo(village: int) -> ResponseReturnValue:
    """What was last done here from this browser is undone, unless somebody went on from it."""
    actor, at = access.signed_in(), _undoable(village)
    with transaction(actor) as session:
        _place(session, actor, f"{village:08}")
    kept.pop(UNDO, None)
    try:
        with transaction(actor) as session:
            if at is None:
                raise Problem("moved-on")
            giving.undo(session, actor, f"{village:08}", at)
    except Problem as problem:
        if problem.code != "moved-on":
            raise
        return _back(village, "assignments.undo_late", kind="warn")
    return _back(village, "assignments.undone")


def _can_be_undone(session: Session, village: int, changed: int = 1) -> None:
    if changed:
        kept[UNDO] = {"village": village, "at": assignment_rows.moment(session).isoformat()}


def _undoable(village: int) -> datetime | None:
    """When something was done here that may still be undone."""
    last = kept.get(UNDO)
    if not last or last["village"] != village:
        return None
    at = datetime.fromisoformat(last["at"])
    return at if datetime.now(UTC) - at < UNDOABLE else None


def _inside(session: Session, actor: Actor, path: str) -> list[area_choices.Choice]:
    """The areas from the officer's own down to the one shown."""
    codes = path.strip(".").split(".")
    paths = [".".join(codes[: place + 1]) + "." for place in range(len(codes))]
    own = [code for code, one in zip(codes, paths, strict=True) if actor.works_in(one)]
    named = area_choices.named(session, own)
    return [named[code] for code in own if code in named]


def _place(session: Session, actor: Actor, code: str) -> area_choices.Place:
    path = people.path_of(session, code)
    found = area_choices.places(session, [code]).get(code)
    if found is None or path is None or not actor.works_in(path):
        raise Problem("not-found")
    return found


def _unpacked(after: str | None) -> tuple[str, UUID] | None:
    if after is None:
        return None
    number, _, household = after.partition("\n")
    return number, UUID(household)


def _ids(name: str) -> list[UUID]:
    """The ids ticked. Raises Problem `malformed` for anything else, or for too many."""
    written = [one for one in request.form.getlist(name) if one]
    if len(written) > MOST_AT_ONCE:
        raise Problem("too-large")
    try:
        return list(dict.fromkeys(UUID(one) for one in written))
    except ValueError as broken:
        raise Problem("malformed") from broken


def _one(name: str) -> UUID:
    found = _ids(name)
    if len(found) != 1:
        raise Problem("malformed")
    return found[0]


def _reason_first(village: int, problem: Problem) -> ResponseReturnValue:
    """Back to the village where only the reason is missing; any other problem is told as ever."""
    if problem.code != "reason":
        raise problem
    return _back(village, "assignments.reason_first", kind="warn")


def _back(village: int, text: str, kind: str = "good", **values: object) -> ResponseReturnValue:
    flash(t(text, **values), kind)
    return redirect(url_for(".village", village=village), 303)

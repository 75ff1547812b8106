"""The desk of conflicts and custody: what waits, both sides beside each other, what is chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, cursors
from webapp.blueprints.conflict_sides import Page, page_of
from webapp.blueprints.language import sentence, t
from webapp.blueprints.office import Waiting
from webapp.blueprints.people_view import within
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.desk import Way
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.queries import area_choices, households
from webapp.queries import desk as lists
from webapp.queries.desk import After
from webapp.services import bringing_together, custody, settling
from webapp.services.bringing_together import Mixture
from webapp.services.settling import Choice

bp = Blueprint("conflicts", __name__, url_prefix="/office/conflicts")

BASES = ("shown", "waiting")
KEPT_AFTER_A_PROBLEM = frozenset({"reason", "unlike"})


@bp.get("")
def listed() -> str:
    """What waits in the asker's areas, what waits longest first, counted by kind."""
    actor = access.signed_in()
    kind = request.args.get("kind", "")
    kind = kind if kind in lists.KINDS else ""
    with transaction(actor) as session:
        area = within(session, actor, request.args.get("area", "")[:40])
        word = cursors.read(request.args.get("after"), [area, kind])
        after = After.parse(word) if word else None
        counts = lists.counts(session, area)
        lines, last = lists.listed(session, area, kind or None, after)
        codes = {area_choices.code_of(one.path) for one in lines}
        places = area_choices.places(session, codes)
        areas = _areas(session, actor, area)
    more = cursors.written(str(last), [area, kind]) if last else None
    code = area_choices.code_of(area)
    return render_template(
        "conflicts/list.html",
        lines=lines,
        counts=counts,
        kind=kind,
        area=code,
        areas=areas,
        places=places,
        code_of=area_choices.code_of,
        more=_address(code, kind, after=more) if more else None,
        first=_address(code, kind) if after else None,
        address=_address,
    )


@bp.get("/<int:number>")
def matter(number: int) -> str:
    """One matter: what waits beside what is shown, where they differ, what can be done."""
    actor = access.signed_in()
    with transaction(actor) as session:
        page = _page(session, actor, number)
    return _shown(page)


@bp.post("/<int:number>/settle")
def settle(number: int) -> ResponseReturnValue:
    """What waits is placed, stands, is kept beside or set aside: whole, with a reason."""
    way = _way(request.form.get("way", ""))
    return _act(number, lambda session, actor, choice: _settled(session, actor, choice, way))


@bp.post("/<int:number>/merge")
def merge(number: int) -> ResponseReturnValue:
    """One revision is made of both sides, answer by answer."""
    base = request.form.get("base", "")
    if base not in BASES:
        raise Problem("malformed")
    other = "waiting" if base == "shown" else "shown"
    picks = {
        name.removeprefix("pick.")
        for name, side in request.form.items()
        if name.startswith("pick.") and side == other
    }
    wanted = Mixture(base, frozenset(picks), _digest(request.form.get("digest", "")))
    return _act(number, lambda session, actor, choice: _merged(session, actor, choice, wanted))


@bp.post("/<int:number>/swap")
def swap(number: int) -> ResponseReturnValue:
    """Of a settled pair the other interview stands from now on."""

    def act(session: Session, actor: Actor, choice: Choice) -> str:
        settling.swap(session, _keys(), actor, choice, datetime.now(UTC))
        return t("conflicts.done_stands")

    return _act(number, act)


@bp.get("/person/<int:number>")
def pair(number: int) -> str:
    """The same person in two households: both sides as far as the asker may see them."""
    actor = access.signed_in()
    with transaction(actor) as session:
        found = lists.pair(session, number)
        houses = [
            households.read(session, one.household_id) if one else None
            for one in (found.own, found.other)
        ]
    review = "review.one" if "review.one" in current_app.view_functions else None
    return render_template("conflicts/pair.html", pair=found, houses=houses, review=review)


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For the front page: how many matters wait in the asker's areas."""
    if actor.role not in (Role.INSPECTOR, Role.OFFICER):
        return []
    count = sum(sum(lists.counts(session, area).values()) for area in actor.areas)
    return [Waiting(count, "conflicts.wait", url_for("conflicts.listed"), "warn")] if count else []


def _act(number: int, act: Any) -> ResponseReturnValue:
    """The act's outcome in words; a slip keeps the page and what was typed."""
    actor = access.signed_in()
    choice = Choice(
        number, Way.TOGETHER, request.form.get("reason", ""), request.form.get("mark", "")
    )
    try:
        with transaction(actor) as session:
            done = act(session, actor, choice)
    except Problem as problem:
        if problem.code not in KEPT_AFTER_A_PROBLEM:
            raise
        with transaction(actor) as session:
            page = _page(session, actor, number)
        return _shown(page, sentence(problem)), 422
    flash(done, "good")
    return redirect(url_for("conflicts.matter", number=number), 303)


def _shown(page: Page, problem: str | None = None) -> str:
    """The matter's page; after a slip with what was typed."""
    return render_template(
        "conflicts/matter.html",
        page=page,
        problem=problem,
        typed=request.form,
        side_name=lambda side: t(f"conflicts.{side.name}"),
        author_name=page.author_of,
    )


def _settled(session: Session, actor: Actor, choice: Choice, way: Way) -> str:
    whole = Choice(choice.custody, way, choice.reason, choice.mark)
    if way is Way.TOGETHER:
        digest = _digest(request.form.get("digest", ""))
        wanted = Mixture(_base(request.form.get("base", "")), frozenset(), digest)
        return _merged(session, actor, whole, wanted)
    settling.settle(session, _keys(), actor, whole, datetime.now(UTC))
    return t(f"conflicts.done_{way.value}")


def _merged(session: Session, actor: Actor, choice: Choice, wanted: Mixture) -> str:
    keys, now = _keys(), datetime.now(UTC)
    bringing_together.bring_together(session, keys, actor, choice, wanted, now)
    return t("conflicts.done_together")


def _areas(session: Session, actor: Actor, within_path: str) -> list[tuple[str, str]]:
    """One's own areas, and those right below the one looked at."""
    below = area_choices.below(session, area_choices.code_of(within_path), actor.areas)
    own = [area_choices.code_of(one) for one in actor.areas]
    above = area_choices.levels_of(session, area_choices.code_of(within_path))
    codes = [*own, *(one for one in above if one not in own), *(one.code for one in below)]
    found = area_choices.places(session, codes)
    return [(one, str(found[one])) for one in dict.fromkeys(codes) if one in found]


def _page(session: Session, actor: Actor, number: int) -> Page:
    """Everything that the page of a matter says."""
    found = custody.matter(session, _keys(), number)
    house = households.read(session, found.house.id) if found.house else None
    return page_of(
        session,
        _keys(),
        found,
        house,
        lists.names(session, number),
        may_mix=actor.role is Role.OFFICER,
        digest=_digest(request.args.get("digest", "")),
    )


def _way(written: str) -> Way:
    try:
        return Way(written)
    except ValueError as odd:
        raise Problem("malformed") from odd


def _base(written: str) -> str:
    if written not in BASES:
        raise Problem("malformed")
    return written


def _digest(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError as odd:
        raise Problem("malformed") from odd


def _address(area: str, kind: str, **more: str | None) -> str:
    given: dict[str, Any] = {"area": area, "kind": kind, **more}
    return url_for("conflicts.listed", **{name: text for name, text in given.items() if text})


def _keys() -> Keys:
    found: Keys = current_app.extensions["keys"]
    return found

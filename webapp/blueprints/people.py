"""The back office of people: worklists, search, and acts on many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, cursors, people_import, people_new, people_one
from webapp.blueprints.addresses import is_ours
from webapp.blueprints.language import sentence, t
from webapp.blueprints.office import Waiting
from webapp.blueprints.people_view import closed_roles, secrets, within
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.people import Act, Status
from webapp.domain.people import tidy as tidied
from webapp.domain.problems import Problem
from webapp.queries import area_choices
from webapp.queries import people as lists
from webapp.queries.people import Wanted
from webapp.services import details
from webapp.services import people as acts
from webapp.services.people import Outcome

bp = Blueprint("people", __name__, url_prefix="/office/people")
people_new.add_to(bp)
people_import.add_to(bp)
people_one.add_to(bp)

ROLES = [one.value for one in Role if one is not Role.ANONYMOUS]
STATUSES = [one.value for one in Status]
ON_MANY = {"refuse": Act.REFUSE, "withdraw": Act.WITHDRAW, "reconsider": Act.RECONSIDER}
UNDONE_BY = {Act.APPROVE: Act.WITHDRAW, Act.REFUSE: Act.RECONSIDER}
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Filters:
    """What the address says of the list; the search is kept in the session, never there."""

    area: str
    role: str
    status: str
    home: str

    def address(self, **changed: str) -> str:
        """The list with one of the filters changed, from its beginning."""
        kept = vars(self) | changed
        given: dict[str, Any] = {name: text for name, text in kept.items() if text}
        return url_for("people.worklist", **given)


@bp.get("")
def worklist() -> ResponseReturnValue:
    """People of the officer's areas: who waits first, then by role, state, area or name."""
    actor = access.signed_in()
    filters, searched = _filters(actor), session.get("people_search")
    with transaction(actor) as database:
        area = within(database, actor, filters.area)
        wanted = _wanted(filters, area, searched)
        place = cursors.read(request.args.get("after"), vars(wanted))
        lines, last = lists.listed(database, wanted, UUID(place) if place else None)
        shown: dict[str, Any] = {
            "is_cut": lists.search_is_cut(database, wanted),
            "counts": _counted(lists.counts(database, area), filters),
            "alike": lists.alike(database, [one.id for one in lines]),
            "places": area_choices.places(database, {_code(one.path) for one in lines}),
            "areas": _areas(database, actor, area),
            "homes": _homes(database, area),
            "results": _results(database),
        }
    more = cursors.written(str(last), vars(wanted)) if last else None
    return render_template(
        "people/worklist.html",
        lines=lines,
        filters=filters,
        searched=searched,
        more=f"{_with(filters.address(), 'after', more)}" if more else None,
        first=filters.address() if place else None,
        roles=ROLES,
        statuses=STATUSES,
        masked=_masked,
        near=lambda place: _near(place, actor),
        code=_code,
        **shown,
    )


@bp.post("/search")
def search() -> ResponseReturnValue:
    """The list shows whom the words or the number name; they are kept in the session only."""
    access.signed_in()
    written = tidied(request.form.get("words", "").replace("\0", " "))[:80]
    index = details.index_of_either(secrets(), written)
    if not written:
        session.pop("people_search", None)
    elif index:
        session["people_search"] = {"index": index.hex(), "words": t("people.a_number")}
    else:
        session["people_search"] = {"words": written}
    kept = Filters(request.form.get("area", ""), request.form.get("role", ""), "", "")
    return redirect(kept.address(), 303)


@bp.post("/approve")
def approve_many() -> ResponseReturnValue:
    """Everybody ticked who waits may work; whoever cannot be approved is named with the reason."""
    return _on_many(Act.APPROVE)


@bp.post("/many")
def act_on_many() -> ResponseReturnValue:
    """Everybody ticked is refused with a reason, or what was just done is undone."""
    wanted = ON_MANY.get(request.form.get("act", ""))
    if wanted is None:
        raise Problem("malformed")
    return _on_many(wanted)


def waiting(database: Session, actor: Actor) -> list[Waiting]:
    """For the front page: how many wait for approval in the officer's areas."""
    if actor.role is not Role.OFFICER:
        return []
    count = lists.waiting(database, within(database, actor, ""))
    address = url_for("people.worklist", status="waiting")
    return [Waiting(count, "people.wait_for_approval", address)] if count else []


def _on_many(wanted: Act) -> ResponseReturnValue:
    actor = access.signed_in()
    picked = _picked()
    back = request.form.get("back", "")
    with transaction(actor) as database:
        closed = closed_roles(database)
        outcomes = acts.act_on_many(
            database, actor, picked, wanted, reason=request.form.get("reason", ""), closed=closed
        )
    _keep_results(wanted, outcomes)
    done = sum(one.problem is None for one in outcomes)
    if done:
        flash(t(f"people.done_{wanted.value}", count=done), "good")
    elif not outcomes:
        flash(t("people.nobody_picked"), "warn")
    return redirect(back if is_ours(back) else url_for("people.worklist"), 303)


def _picked() -> list[UUID]:
    try:
        picked = [UUID(one) for one in request.form.getlist("pick")]
    except ValueError as broken:
        raise Problem("malformed") from broken
    if len(picked) > MOST_AT_ONCE:
        raise Problem("too-large")
    return picked


def _keep_results(wanted: Act, outcomes: list[Outcome]) -> None:
    """Ids and codes only: the names are looked up when they are shown."""
    undo = UNDONE_BY.get(wanted)
    session["people_results"] = {
        "undo": undo.value if undo else None,
        "done": [str(one.account) for one in outcomes if one.problem is None],
        "left": [[str(one.account), one.problem] for one in outcomes if one.problem],
        "act": wanted.value,
    }


def _results(database: Session) -> dict[str, Any] | None:
    """What came of the last act on many, once."""
    kept: dict[str, Any] | None = session.pop("people_results", None)
    if not kept or not (kept["done"] or kept["left"]):
        return None
    left = []
    for account, problem in kept["left"]:
        try:
            name = lists.one(database, UUID(account)).account.name_th
        except Problem:
            name = t("people.somebody_else")
        left.append({"id": account, "name": name, "sentence": sentence(Problem(problem))})
    return kept | {"left": left}


def _filters(actor: Actor) -> Filters:
    asked = {name: request.args.get(name, "")[:40] for name in ("area", "role", "status", "home")}
    if asked["role"] not in ROLES:
        asked["role"] = ""
    if asked["status"] not in (*STATUSES, "all"):
        asked["status"] = "all" if session.get("people_search") else "waiting"
    return Filters(**asked)


def _wanted(filters: Filters, area: str, searched: dict[str, str] | None) -> Wanted:
    index = (searched or {}).get("index")
    return Wanted(
        within=area,
        role=filters.role or None,
        status=None if filters.status == "all" else filters.status,
        home=filters.home or None,
        begins=searched["words"] if searched and not index else None,
        number_index=bytes.fromhex(index) if index else None,
    )


def _counted(counts: dict[tuple[str, str], int], filters: Filters) -> dict[str, int]:
    """How many of the role chosen there are in each state, and in all."""
    found = dict.fromkeys([*STATUSES, "all"], 0)
    for (role, status), n in counts.items():
        if filters.role in ("", role):
            found[status] += n
            found["all"] += n
    return found


def _areas(database: Session, actor: Actor, area: str) -> list[tuple[str, str]]:
    """The areas to narrow the list to: one's own, those above the chosen one, those below."""
    own = [_code(path) for path in actor.areas]
    here = [code for code in area.strip(".").split(".") if actor.works_in(_path_to(area, code))]
    codes = list(dict.fromkeys([*own, *here]))
    named = area_choices.named(database, codes)
    below = area_choices.below(database, _code(area))
    listed = [(code, named[code].name_th) for code in codes if code in named]
    return listed + [(one.code, f"– {one.name_th}") for one in below]


def _homes(database: Session, area: str) -> list[tuple[str, str]]:
    """The villages to choose a home from, once the list is narrowed to a subdistrict."""
    code = _code(area)
    if len(code) < 6:
        return []
    return [
        (one.code, one.name_th)
        for one in area_choices.below(database, code[:6])
        if one.level == "village"
    ]


def _path_to(area: str, code: str) -> str:
    return area[: area.index(code) + len(code)] + "."


def _code(path: str) -> str:
    return area_choices.code_of(path)


def _near(place: area_choices.Place, actor: Actor) -> str:
    """What lies above a place, as far as the officer's own area, which goes without saying."""
    known = min((path.count(".") for path in actor.areas), default=1) - 1
    words = place.above_th.split(" ")
    return " ".join(words[: max(0, len(words) - known)])


def _masked(line: lists.Line, name: str) -> str | None:
    return details.masked(secrets(), line.id, name, getattr(line, name))


def _with(address: str, name: str, value: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{name}={value}"

"""One person of the back office: what they may do and why, what was done, and what can be done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, people_edit
from webapp.blueprints.audit import Words
from webapp.blueprints.language import t
from webapp.blueprints.people_forms import ActForm
from webapp.blueprints.people_view import closed_roles, closed_words, secrets
from webapp.db import transaction
from webapp.domain import people, policy
from webapp.domain.actors import Actor, Role
from webapp.domain.identifiers import thai_id_problem
from webapp.domain.people import Act, Status
from webapp.domain.problems import Problem
from webapp.queries import area_choices, audit, own_access
from webapp.queries import people as lists
from webapp.queries.people import Person
from webapp.services import attempts, details
from webapp.services import people as acts

SIMPLE = {
    one.value: one for one in (Act.REFUSE, Act.RECONSIDER, Act.WITHDRAW, Act.SUSPEND, Act.CLOSE)
}
"""Acts that need no fresh proof of who does them."""
LOOKS = 200
"""Whole numbers that one officer may look at within an hour."""


def add_to(bp: Blueprint) -> None:
    """One person's pages, under their id."""
    bp.add_url_rule("/<uuid:account>", "person", person)
    bp.add_url_rule("/<uuid:account>/approve", "approve", approve, methods=["POST"])
    bp.add_url_rule("/<uuid:account>/resume", "resume", resume, methods=["POST"])
    bp.add_url_rule("/<uuid:account>/act", "act", act, methods=["POST"])
    bp.add_url_rule("/<uuid:account>/unmask", "unmask", unmask, methods=["POST"])
    people_edit.add_to(bp)


def person(account: UUID) -> ResponseReturnValue:
    """Who it is, as far as this officer may see."""
    return _page(access.signed_in(), account)


def approve(account: UUID) -> ResponseReturnValue:
    """The person may work from now on."""
    return _act(account, Act.APPROVE)


def resume(account: UUID) -> ResponseReturnValue:
    """The person, who was suspended, may work again."""
    return _act(account, Act.RESUME)


def act(account: UUID) -> ResponseReturnValue:
    """The person's state changes, with a reason where one is needed."""
    wanted = SIMPLE.get(request.form.get("act", ""))
    if wanted is None:
        raise Problem("malformed")
    return _act(account, wanted)


def unmask(account: UUID) -> ResponseReturnValue:
    """The whole numbers, on this page only, for a reason that stays in the log."""
    actor, form = access.signed_in(), ActForm()
    try:
        with transaction(actor) as database:
            _count_look(database, actor)
            numbers = acts.unmask(database, actor, account, str(form.reason.data or ""), secrets())
    except Problem as problem:
        return _told(actor, account, problem, "unmask")
    return _page(actor, account, numbers=numbers)


def _count_look(database: Session, actor: Actor) -> None:
    """So many an hour; whoever looks at everybody's numbers has to wait, and it shows."""
    now = datetime.now(UTC)
    counted = attempts.subject("unmask", str(actor.account), secrets()["pepper"])
    attempts.refuse_if_over(database, [counted], now, "slow-down")
    attempts.count(database, counted, LOOKS, now)


def _act(account: UUID, wanted: Act) -> ResponseReturnValue:
    actor, form = access.signed_in(), ActForm()
    reason = str(form.reason.data or "")
    try:
        with transaction(actor) as database:
            closed = closed_roles(database)
            if wanted is Act.CLOSE and acts.erase(database, actor, account, reason, closed):
                flash(t("people.erased"), "good")
                return redirect(url_for("people.worklist"), 303)
            acts.act(database, actor, account, wanted, reason=reason, closed=closed)
    except Problem as problem:
        return _told(actor, account, problem, wanted.value)
    flash(t(f"people.done_{wanted.value}", count=1), "good")
    if wanted is Act.CLOSE:
        flash(t("people.work_is_free"), "info")
    return redirect(url_for("people.person", account=account), 303)


def _told(actor: Actor, account: UUID, problem: Problem, wanted: str) -> ResponseReturnValue:
    """The page again, with what is wrong and the reason as it was typed."""
    if problem.code in ("not-found", "forbidden"):
        raise problem
    status = 422 if problem.code == "reason" else 409
    return _page(actor, account, problem=problem, at=wanted), status


def _page(
    actor: Actor,
    account: UUID,
    *,
    numbers: dict[str, str | None] | None = None,
    problem: Problem | None = None,
    at: str = "",
) -> str:
    with transaction(actor) as database:
        shown = lists.one(database, account)
        more = _around(database, shown)
        entry = own_access.of(database, account)
        erasable = acts.may_erase(database, account)
    status = Status(shown.account.status)
    allowed = {one.value for one in Act if people.may_act_on(status, one)}
    if shown.account.password_hash is not None or not erasable:
        allowed.discard(Act.WITHDRAW.value)
    return render_template(
        "people/person.html",
        access=entry,
        may_make_code=status is Status.ACTIVE and account != actor.account,
        shown=shown,
        account=shown.account,
        allowed=allowed,
        erasable=erasable,
        numbers=numbers or _masked(shown),
        is_unmasked=numbers is not None,
        is_doubtful=_is_doubtful(shown),
        problem=problem,
        at=at,
        form=ActForm(),
        may_do=_may_do(shown),
        written_id=people.written_id,
        code=area_choices.code_of,
        **more,
    )


def _around(database: Session, shown: Person) -> dict[str, Any]:
    """What the page says beside the person: places by name, likenesses, history, the window."""
    codes = {area_choices.code_of(shown.account.path), *shown.offered}
    codes |= {one.area_code for one in shown.rights}
    if shown.details and shown.details.home_village_code:
        codes.add(shown.details.home_village_code)
    alike = lists.alike(database, [shown.account.id]).get(shown.account.id, [])
    codes |= {area_choices.code_of(one.path) for one in alike}
    history = lists.history(database, shown.account.id, _older_than())
    for one in history:
        codes |= {area_choices.code_of(path) for path in _paths(one)}
    parts = [part for one in history for part in (one.before, one.after) if part]
    said = [pair for part in parts for pair in part.items()]
    return {
        "words": Words(audit.named(database, said)),
        "places": area_choices.places(database, codes),
        "alike": alike,
        "history": history,
        "older": history[-1].id if len(history) == lists.HISTORY_PAGE else None,
        "closed_words": closed_words(database, Role(shown.account.role)),
    }


def _older_than() -> int | None:
    return request.args.get("older", type=int)


def _paths(one: lists.Happened) -> list[str]:
    return [str(part["path"]) for part in (one.before, one.after) if part and part.get("path")]


def _masked(shown: Person) -> dict[str, str | None]:
    kept = shown.details
    return {
        name: details.masked(
            secrets(), shown.account.id, name, getattr(kept, name) if kept else None
        )
        for name in details.NUMBERS
    }


def _is_doubtful(shown: Person) -> bool:
    """Whether the ID number does not look like one: a hint to compare it with the card."""
    if shown.details is None or shown.details.national_id is None:
        return False
    sealed = shown.details.national_id
    number = details.opened(secrets(), shown.account.id, "national_id", sealed)
    return thai_id_problem(number or "") is not None


def _may_do(shown: Person) -> list[tuple[str, str]]:
    """What the person's role may do and where, from the policy table, each once."""
    role = Role(shown.account.role)
    found = {
        t(f"acts.{route.replace('.', '__')}"): rule.area
        for route, rule in policy.ROUTES.items()
        if rule.allows(role) and not rule.allows(Role.ANONYMOUS)
    }
    return list(found.items())

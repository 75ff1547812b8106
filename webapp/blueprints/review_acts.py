"""What an inspector does on the pages of review: accept, return, ask again, take back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, review_view
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.problems import Problem
from webapp.domain.review import Asked, Comment, Seen
from webapp.domain.service_plan import day_in_thailand
from webapp.models.interview import Interview
from webapp.queries import households, worklist
from webapp.services import assignments, review

ABOUT = "about:"
"""Before the key of a line in the name of the box with what is said of it."""


def add_to(bp: Blueprint) -> None:
    """The acts are part of the pages of review."""
    bp.post("/<uuid:interview_id>/accept")(accept)
    bp.post("/<uuid:interview_id>/return")(give_back)
    bp.post("/<uuid:interview_id>/evidence")(ask_evidence)
    bp.post("/<uuid:interview_id>/withdraw")(withdraw)
    bp.post("/at-once")(accept_at_once)
    bp.post("/at-once/<uuid:batch>/withdraw")(withdraw_at_once)


def accept(interview_id: UUID) -> ResponseReturnValue:
    """The interview as it was seen is accepted; the next one follows."""
    actor = access.signed_in()
    with transaction(actor) as session:
        review.accept(session, actor, _seen(interview_id))
        return _on(session, actor, interview_id, "review.done_accepted")


def give_back(interview_id: UUID) -> ResponseReturnValue:
    """It goes back with comments to who made it, or in one act to somebody else."""
    actor, asked = access.signed_in(), _asked()
    with transaction(actor) as session:
        _give_household(session, actor, interview_id, asked)
        review.return_to_volunteer(session, actor, _seen(interview_id), asked, _today())
        return _on(session, actor, interview_id, "review.done_returned")


def ask_evidence(interview_id: UUID) -> ResponseReturnValue:
    """Only the evidence ticked is asked for again."""
    actor, asked = access.signed_in(), _asked()
    kinds = request.form.getlist("kind")
    with transaction(actor) as session:
        _give_household(session, actor, interview_id, asked)
        review.ask_evidence_again(session, actor, _seen(interview_id), kinds, asked, _today())
        return _on(session, actor, interview_id, "review.done_evidence_again")


def withdraw(interview_id: UUID) -> ResponseReturnValue:
    """What was decided is taken back, and the interview is shown again."""
    actor = access.signed_in()
    with transaction(actor) as session:
        review.withdraw(session, actor, _seen(interview_id), request.form.get("reason", ""))
        said = t("review.done_withdrawn", number=_number(session, interview_id))
    again = review_view.filters().address("review.one", interview_id=interview_id)
    return _told(said, again)


def accept_at_once() -> ResponseReturnValue:
    """What was counted is accepted, if it is still the very same; else it is counted anew."""
    actor, filters = access.signed_in(), review_view.filters()
    with transaction(actor) as session:
        wanted = review_view.wanted(session, actor, filters)
        clean = worklist.clean(session, wanted.within, wanted.author)
        is_same = clean.mark == request.form.get("mark") and bool(clean.seen)
        if is_same:
            batch, count = review.accept_many(session, actor, clean.seen)
    if not is_same:
        flash(t("review.at_once_changed"), "warn")
        return redirect(filters.address("review.at_once"), 303)
    flash(t("review.at_once_done", count=f"{count:,}"), "good")
    return redirect(filters.address("review.at_once", done=batch, count=count), 303)


def withdraw_at_once(batch: UUID) -> ResponseReturnValue:
    """What was accepted at once waits again, with the reason."""
    actor = access.signed_in()
    with transaction(actor) as session:
        count = review.withdraw_many(session, actor, batch, request.form.get("reason", ""))
    flash(t("review.at_once_withdrawn", count=f"{count:,}"), "good")
    return redirect(review_view.filters().address(), 303)


def _seen(interview_id: UUID) -> Seen:
    """The revision that the page showed, and the last decision where it says so."""
    after = request.form.get("decided")
    try:
        digest = bytes.fromhex(request.form.get("digest", ""))
        return Seen(interview_id, digest, int(after) if after else None)
    except ValueError as broken:
        raise Problem("malformed") from broken


def _asked() -> Asked:
    """What the form asks of the volunteer, comments in the order of the page."""
    comments = tuple(
        Comment(name.removeprefix(ABOUT), text)
        for name, text in request.form.items()
        if name.startswith(ABOUT)
    )
    written = request.form.get("given_to", "")
    try:
        deadline = date.fromisoformat(request.form.get("deadline", ""))
        given_to = UUID(written) if written else None
    except ValueError as broken:
        raise Problem("deadline" if "isoformat" in str(broken) else "malformed") from broken
    return Asked(comments, deadline, request.form.get("reason", ""), given_to)


def _give_household(session: Session, actor: Actor, interview_id: UUID, asked: Asked) -> None:
    """Who is to correct it without having work there is given the household, by an officer."""
    interview = session.get(Interview, interview_id)
    if asked.given_to is None or interview is None or actor.role is not Role.OFFICER:
        return
    people = worklist.assigned(session, interview.household_id)
    if asked.given_to not in {one for one, _ in people}:
        village, household = interview.village_code, interview.household_id
        assignments.give_households(session, actor, village, [household], asked.given_to)


def _on(session: Session, actor: Actor, interview_id: UUID, text: str) -> ResponseReturnValue:
    """What was done, and the next interview of the list; the list where there is none."""
    filters = review_view.filters()
    wanted = review_view.wanted(session, actor, filters)
    following = worklist.next_after(session, wanted, interview_id)
    after = (
        filters.address("review.one", interview_id=following) if following else filters.address()
    )
    left = review_view.left(session, wanted)
    said = t(text, number=_number(session, interview_id))
    return _told(said, after, is_end=not following, left=left)


def _told(
    said: str, after: str, *, is_end: bool = False, left: str | None = None
) -> ResponseReturnValue:
    """A page's script is told in JSON; a form is led on."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(said=said, next=after, is_end=is_end, left=left)
    flash(said, "good")
    return redirect(after, 303)


def _number(session: Session, interview_id: UUID) -> str:
    interview = session.get_one(Interview, interview_id)
    number: str = households.read(session, interview.household_id).place.house_number
    return number


def _today() -> date:
    return day_in_thailand(datetime.now(UTC))

"""The inspector's day: a worklist, weakest first, and one interview a screen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access, cursors, interviews, review_acts, review_view
from webapp.blueprints.office import Waiting
from webapp.db import transaction
from webapp.domain import review
from webapp.domain.actors import Actor
from webapp.domain.findings import KINDS as FINDINGS
from webapp.domain.policy import REVIEWERS
from webapp.queries import area_choices, worklist
from webapp.queries import interviews as reading
from webapp.queries import review as beside

bp = Blueprint("review", __name__, url_prefix="/office/review")
review_acts.add_to(bp)


@bp.get("", endpoint="worklist")
def listed() -> str:
    """What waits in the asker's areas, weakest first, and the ways to narrow it."""
    actor, filters = access.signed_in(), review_view.filters()
    with transaction(actor) as session:
        wanted = review_view.wanted(session, actor, filters)
        place = cursors.read(request.args.get("after"), vars(filters))
        lines, last = worklist.listed(session, wanted, review_view.place_of(place))
        shown = {
            "counts": worklist.counts(session, wanted.within),
            "areas": review_view.areas(session, actor, wanted.within),
            "volunteers": worklist.volunteers(session, wanted.within),
            "places": area_choices.places(session, {one.village_code for one in lines}),
        }
    more = cursors.written(f"{last[0]} {last[1]}", vars(filters)) if last else None
    return render_template(
        "review/list.html",
        filters=filters,
        lines=lines,
        states=worklist.STATES,
        kinds=worklist.KINDS,
        findings=FINDINGS,
        most=worklist.MOST_COUNTED,
        more=filters.address(after=more) if more else "",
        first=filters.address() if place else "",
        **shown,
    )


@bp.get("/<uuid:interview_id>")
def one(interview_id: UUID) -> str:
    """One interview with all that a decision needs; the part alone where the page is there."""
    actor, filters = access.signed_in(), review_view.filters()
    with transaction(actor) as session:
        shown = reading.read(session, interview_id)
        wanted = review_view.wanted(session, actor, filters)
        following = worklist.next_after(session, wanted, interview_id)
        context = {
            "left": review_view.left(session, wanted),
            "decided": beside.decided(session, interview_id),
            "last_year": beside.last_year(session, shown),
            "plot": review_view.plot(shown, beside.neighbours(session, shown)),
            "takers": review_view.takers(session, actor, shown),
            "deadlines": review_view.deadlines(session),
        }
    alone = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return render_template(
        "review/page.html" if alone else "review/interview.html",
        shown=shown,
        house=shown.house,
        filters=filters,
        following=filters.address("review.one", interview_id=following) if following else "",
        flags=review_view.flags(shown),
        kinds=review.EVIDENCE,
        longest=review.LONGEST,
        address=interviews.addresses(actor, interview_id),
        link_seconds=interviews.LINK_SECONDS,
        **context,
    )


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For the front page: how many interviews wait in the reviewer's areas."""
    if actor.role not in REVIEWERS:
        return []
    count = worklist.counts(session, None).waiting
    return [Waiting(count, "review.wait_for_review", url_for("review.worklist"))] if count else []


@bp.get("/at-once")
def at_once() -> ResponseReturnValue:
    """What has nothing to look at, counted by village, to be accepted together."""
    actor, filters = access.signed_in(), review_view.filters()
    with transaction(actor) as session:
        wanted = review_view.wanted(session, actor, filters)
        clean = worklist.clean(session, wanted.within, wanted.author)
        nothing = 0 if wanted.author else worklist.counts(session, wanted.within).nothing
        places = area_choices.places(session, clean.villages)
    return render_template(
        "review/at_once.html",
        filters=filters,
        clean=clean,
        places=places,
        most=review.MOST_AT_ONCE,
        on_their_way=max(0, nothing - len(clean.seen)),
    )

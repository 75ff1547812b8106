"""Giving work to volunteers: a village, some of its households, an even share, a hand-over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.household import Assignment, Household
from webapp.models.interview import Interview
from webapp.services import assignment_rows as rows
from webapp.services import audit

WHOLE: tuple[UUID | None, ...] = (None,)
LONGEST_REASON = 300
UNDONE = "เลิกทำ"
"""Why assignments ended that were given by mistake."""

_NUMBERS = re.compile(r"(\d+)")


def give_village(session: Session, actor: Actor, village: str, accounts: Iterable[UUID]) -> int:
    """Each of the people has the whole village from now on; how many did not have it before.

    Raises:
        Problem: `not-found` for a village outside the officer's areas or somebody who cannot be
            given work.
    """
    place = rows.village_of(session, actor, village)
    given = 0
    for account in accounts:
        fresh = rows.give(session, actor, place, account, WHOLE)
        if fresh:
            given += 1
            audit.note(
                session,
                "assignment.given",
                actor.account,
                place.path,
                account=account,
                area=village,
            )
    return given


def give_households(
    session: Session, actor: Actor, village: str, households: Sequence[UUID], account: UUID
) -> int:
    """The person has these households of the village; how many they did not have before.

    A household may be in two hands: both see it, and whoever is second is shown beside the first.

    Raises:
        Problem: `not-found` as above, also for a household of another village.
    """
    place = rows.village_of(session, actor, village)
    known = set(_households(session, village))
    if not known.issuperset(households):
        raise Problem("not-found")
    fresh = rows.give(session, actor, place, account, households)
    if fresh:
        audit.note(
            session,
            "assignment.given",
            actor.account,
            place.path,
            account=account,
            area=village,
            households=fresh,
        )
    return fresh


def divide(session: Session, actor: Actor, village: str, accounts: Sequence[UUID]) -> list[int]:
    """The village's households still to visit are shared out evenly, neighbours together.

    Every assignment of the village ends first. Who has already interviewed a household keeps it,
    so that work begun has its owner. Returns how many each person got, in the order given.

    Raises:
        Problem: `not-found` as above; `malformed` without people.
    """
    place = rows.village_of(session, actor, village)
    if not accounts:
        raise Problem("malformed")
    every = _households(session, village)
    todo = [household for household, (state, _) in every.items() if state == "todo"]
    begun: dict[UUID, list[UUID]] = {}
    for household, (state, author) in every.items():
        if state != "todo" and author is not None:
            begun.setdefault(author, []).append(household)
    rows.end(session, actor, Assignment.village_code == village, "divided")
    for author, households in begun.items():
        if session.scalar(select(func.jpt_assignable(author))):
            rows.give(session, actor, place, author, households)
    shares = _even(todo, len(accounts))
    for account, share in zip(accounts, shares, strict=True):
        rows.give(session, actor, place, account, share)
    counts = [len(share) for share in shares]
    audit.note(
        session,
        "assignment.divided",
        actor.account,
        place.path,
        area=village,
        accounts=[str(one) for one in accounts],
        counts=counts,
    )
    return counts


def hand_over(
    session: Session, actor: Actor, village: str, giver: UUID, taker: UUID, reason: str
) -> int:
    """All that the giver has in the village is the taker's, with the reason; how many assignments.

    Interviews that the giver sent keep their author; one finished on the giver's phone that
    arrives later is taken in as it is and shown.

    Raises:
        Problem: `not-found` as above or where the giver has nothing; `reason` without one.
    """
    place, reason = rows.village_of(session, actor, village), _reason(reason)
    theirs = (Assignment.village_code == village) & (Assignment.account_id == giver)
    ended = rows.end(session, actor, theirs, reason)
    if not ended or giver == taker:
        raise Problem("not-found")
    rows.give(session, actor, place, taker, ended)
    audit.note(
        session,
        "assignment.handed_over",
        actor.account,
        place.path,
        area=village,
        account=giver,
        other=taker,
        reason=reason,
    )
    return len(ended)


def end(session: Session, actor: Actor, village: str, account: UUID, reason: str) -> int:
    """The person has nothing in the village any more; how many assignments ended.

    Raises:
        Problem: `not-found` as above or where there is nothing to end; `reason` without one.
    """
    place, reason = rows.village_of(session, actor, village), _reason(reason)
    theirs = (Assignment.village_code == village) & (Assignment.account_id == account)
    ended = rows.end(session, actor, theirs, reason)
    if not ended:
        raise Problem("not-found")
    audit.note(
        session,
        "assignment.ended",
        actor.account,
        place.path,
        area=village,
        account=account,
        reason=reason,
    )
    return len(ended)


def undo(session: Session, actor: Actor, village: str, at: datetime) -> int:
    """What this officer did with the village's work at that moment is as if it had not been done.

    How many assignments are as before. What was sent meanwhile stays its sender's.

    Raises:
        Problem: `not-found` as above; `moved-on` where the village's work has changed since, or
            somebody who had it can be given none any more.
    """
    place = rows.village_of(session, actor, village)
    here = (Assignment.village_code == village) & (Assignment.round_id == rows.current(session))
    since = select(Assignment.id).where(
        here, or_(Assignment.created_at > at, Assignment.ended_at > at)
    )
    if session.scalar(since.limit(1)):
        raise Problem("moved-on")
    taken = session.execute(
        select(Assignment.account_id, func.array_agg(Assignment.household_id))
        .where(here, Assignment.ended_at == at, Assignment.ended_by == actor.account)
        .group_by(Assignment.account_id)
    ).all()
    made = (Assignment.created_at == at) & (Assignment.made_by == actor.account)
    ended = rows.end(session, actor, here & made, UNDONE)
    if not all(session.scalar(select(func.jpt_assignable(account))) for account, _ in taken):
        raise Problem("moved-on")
    back = sum(rows.give(session, actor, place, account, held) for account, held in taken)
    if not (back or ended):
        raise Problem("moved-on")
    audit.note(session, "assignment.undone", actor.account, place.path, area=village)
    return back


def _reason(written: str) -> str:
    reason = " ".join(written.split())[:LONGEST_REASON]
    if not reason:
        raise Problem("reason")
    return reason


def end_all(session: Session, actor: Actor, account: UUID, reason: str) -> int:
    """The person has nothing to do any more in this round; how many villages are free for others.

    What they have interviewed stays theirs, and what their phone still sends is taken in.
    """
    ended = session.execute(
        update(Assignment)
        .where(
            Assignment.account_id == account,
            Assignment.round_id == rows.current(session),
            Assignment.ended_at.is_(None),
        )
        .values(ended_at=func.now(), ended_by=actor.account, end_reason=reason)
        .returning(Assignment.village_code, Assignment.path)
    )
    villages = {row.village_code: row.path for row in ended}
    for code, path in sorted(villages.items()):
        audit.note(
            session,
            "assignment.ended",
            actor.account,
            path,
            area=code,
            account=account,
            reason=reason,
        )
    return len(villages)


def _households(session: Session, village: str) -> dict[UUID, tuple[str, UUID | None]]:
    """The village's households in the order of the road: state, and who interviewed there."""
    asked = select(
        Household.id, Household.house_number, Household.state, Household.interview_id
    ).where(Household.round_id == rows.current(session), Household.village_code == village)
    found = list(session.execute(asked))
    authors = _authors(session, [row.interview_id for row in found if row.interview_id])
    found.sort(key=lambda row: (along_the_road(row.house_number), row.id))
    return {row.id: (row.state, authors.get(row.interview_id)) for row in found}


def _authors(session: Session, interviews: list[UUID]) -> dict[UUID, UUID]:
    found = select(Interview.id, Interview.author_id).where(Interview.id.in_(interviews))
    return {row.id: row.author_id for row in session.execute(found)}


def along_the_road(house_number: str) -> list[tuple[int, str]]:
    """Sorts 9 before 12 and 12 before 12/1, as one walks past them."""
    parts = _NUMBERS.split(house_number)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


def _even(households: list[UUID], people: int) -> list[list[UUID]]:
    """Runs of neighbours whose lengths differ by one at most."""
    bounds = [len(households) * place // people for place in range(people + 1)]
    return [households[a:b] for a, b in pairwise(bounds)]

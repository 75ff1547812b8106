"""Giving work to volunteers: a village, some of its households, an even share, a hand-over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.household import Assignment, Household
from webapp.models.interview import Interview
from webapp.models.survey_round import Round
from webapp.services import audit

WHOLE: tuple[UUID | None, ...] = (None,)
LONGEST_REASON = 300

# One statement for all; what the person has already stays as it is.
_ADD = text("""
    insert into assignments (round_id, account_id, village_code, household_id, path, made_by)
    select :round, :account, :village, household, :path, :actor
    from unnest(cast(:households as uuid[])) as household
    on conflict do nothing returning id
""")
_ONE_AFTER_THE_OTHER = text(
    "select pg_advisory_xact_lock(hashtextextended('assignments ' || :village, 0))"
)
_NUMBERS = re.compile(r"(\d+)")


def give_village(session: Session, actor: Actor, village: str, accounts: Iterable[UUID]) -> int:
    """Each of the people has the whole village from now on; how many did not have it before.

    Raises:
        Problem: `not-found` for a village outside the officer's areas or somebody who cannot be
            given work.
    """
    place = _village(session, actor, village)
    given = 0
    for account in accounts:
        fresh = _give(session, actor, place, account, WHOLE)
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
    place = _village(session, actor, village)
    known = set(_households(session, village))
    if not known.issuperset(households):
        raise Problem("not-found")
    fresh = _give(session, actor, place, account, households)
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
    place = _village(session, actor, village)
    if not accounts:
        raise Problem("malformed")
    every = _households(session, village)
    todo = [household for household, (state, _) in every.items() if state == "todo"]
    begun: dict[UUID, list[UUID]] = {}
    for household, (state, author) in every.items():
        if state != "todo" and author is not None:
            begun.setdefault(author, []).append(household)
    _end(session, actor, Assignment.village_code == village, "divided")
    for author, households in begun.items():
        if session.scalar(select(func.jpt_assignable(author))):
            _give(session, actor, place, author, households)
    shares = _even(todo, len(accounts))
    for account, share in zip(accounts, shares, strict=True):
        _give(session, actor, place, account, share)
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
    place, reason = _village(session, actor, village), _reason(reason)
    theirs = (Assignment.village_code == village) & (Assignment.account_id == giver)
    ended = _end(session, actor, theirs, reason)
    if not ended or giver == taker:
        raise Problem("not-found")
    _give(session, actor, place, taker, ended)
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
    place, reason = _village(session, actor, village), _reason(reason)
    theirs = (Assignment.village_code == village) & (Assignment.account_id == account)
    ended = _end(session, actor, theirs, reason)
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


def _village(session: Session, actor: Actor, code: str) -> Area:
    """The village, whose work nobody else gives out until the transaction ends."""
    found = session.get(Area, code)
    if found is None or found.level != "village" or not actor.works_in(found.path):
        raise Problem("not-found")
    session.execute(_ONE_AFTER_THE_OTHER, {"village": code})
    return found


def _reason(written: str) -> str:
    reason = " ".join(written.split())[:LONGEST_REASON]
    if not reason:
        raise Problem("reason")
    return reason


def _current(session: Session) -> str:
    found = session.scalar(select(Round.id).where(Round.is_current))
    if found is None:
        raise Problem("maintenance", after=60)
    return found


def _give(
    session: Session,
    actor: Actor,
    place: Area,
    account: UUID,
    households: Sequence[UUID | None],
) -> int:
    """How many assignments are new."""
    if not session.scalar(select(func.jpt_assignable(account))):
        raise Problem("not-found")
    if not households:
        return 0
    values = {
        "round": _current(session),
        "account": account,
        "village": place.code,
        "path": place.path,
        "actor": actor.account,
        "households": list(households),
    }
    return len(session.execute(_ADD, values).all())


def end_all(session: Session, actor: Actor, account: UUID, reason: str) -> int:
    """The person has nothing to do any more in this round; how many villages are free for others.

    What they have interviewed stays theirs, and what their phone still sends is taken in.
    """
    ended = session.execute(
        update(Assignment)
        .where(
            Assignment.account_id == account,
            Assignment.round_id == _current(session),
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


def _end(
    session: Session, actor: Actor, which: ColumnElement[bool], reason: str
) -> list[UUID | None]:
    """The live assignments of the current round that match are over; their households (or None)."""
    ended = session.execute(
        update(Assignment)
        .where(which, Assignment.round_id == _current(session), Assignment.ended_at.is_(None))
        .values(ended_at=func.now(), ended_by=actor.account, end_reason=reason)
        .returning(Assignment.household_id)
    )
    return list(ended.scalars())


def _households(session: Session, village: str) -> dict[UUID, tuple[str, UUID | None]]:
    """The village's households in the order of the road: state, and who interviewed there."""
    rows = session.execute(
        select(Household.id, Household.house_number, Household.state, Household.interview_id).where(
            Household.round_id == _current(session), Household.village_code == village
        )
    ).all()
    authors = _authors(session, [row.interview_id for row in rows if row.interview_id])
    rows = sorted(rows, key=lambda row: (along_the_road(row.house_number), row.id))
    return {row.id: (row.state, authors.get(row.interview_id)) for row in rows}


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

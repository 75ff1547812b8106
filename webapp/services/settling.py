"""Settling what waits at the desk: placed, beside another, set aside, or brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.db import enter
from webapp.domain import desk, engine
from webapp.domain.actors import Actor, Scope
from webapp.domain.desk import Situation, Way
from webapp.domain.documents import Document
from webapp.domain.problems import Problem
from webapp.domain.review import Seen
from webapp.keys import Keys
from webapp.models.interview import Custody, Interview
from webapp.services import (
    arrival,
    audit,
    carrying,
    custody,
    placing,
    receipts,
    review,
    standing,
)
from webapp.services.custody import Matter
from webapp.services.intake import Opened
from webapp.services.keeping import Row


@dataclass(frozen=True)
class Choice:
    """What somebody wants done with a matter, and what they had before them."""

    custody: int
    way: Way
    reason: str
    mark: str


def settle(session: Session, keys: Keys, actor: Actor, choice: Choice, now: datetime) -> Matter:
    """The matter is settled as chosen; nothing is taken away, and phones learn it.

    Raises:
        Problem: `not-found` outside the actor's areas; `moved-on` where it is not as it was seen,
            or cannot be settled so; `reason` without one.
    """
    reason = desk.tidy_reason(choice.reason)
    found = under_locks(session, keys, choice)
    if choice.way not in desk.WAYS[found.situation] or choice.way is Way.TOGETHER:
        raise Problem("moved-on")
    carry_out(session, keys, actor, found, choice.way, reason, now)
    return found


def swap(session: Session, keys: Keys, actor: Actor, choice: Choice, now: datetime) -> Matter:
    """Of a settled pair the interview that was kept beside stands from now on.

    Raises:
        Problem: as `settle`.
    """
    reason = desk.tidy_reason(choice.reason)
    found = under_locks(session, keys, choice)
    beside = next((one for one in (found.shown, found.other) if _is_beside(one)), None)
    stands = next((one for one in (found.shown, found.other) if one and one is not beside), None)
    if found.situation is not Situation.SETTLED or beside is None or stands is None:
        raise Problem("moved-on")
    if not standing.replace(session, stands.id, reason):
        raise Problem("moved-on")
    work(session, actor, found, stands.id, beside.id)
    standing.unseat(session, beside.household_id)
    resolve(session, actor, open_branches(session, stands.id), Way.BESIDE, reason)
    standing.seat(session, beside.household_id, beside.id)
    branches = standing.leaves(session, beside.id)
    placing.hold_conflicts(session, beside.id, branches)
    standing.mark(session, beside.id, len(branches))
    _audit(session, actor, found, Way.STANDS)
    return found


def _is_beside(one: Interview | None) -> bool:
    return one is not None and one.state == "replaced"


def under_locks(session: Session, keys: Keys, choice: Choice) -> Matter:
    """The matter once nobody else can change it, if it is as it was seen."""
    first = custody.matter(session, keys, choice.custody)
    other = first.other.id if first.other else None
    standing.hold(session, first.asked.interview_id, other)
    found = custody.matter(session, keys, choice.custody)
    if found.mark != choice.mark:
        raise Problem("moved-on")
    return found


def carry_out(
    session: Session,
    keys: Keys,
    actor: Actor,
    found: Matter,
    way: Way,
    reason: str,
    now: datetime,
) -> None:
    """What was chosen is done; afterwards the transaction is the actor's again."""
    alone = _is_alone(session, found)
    if way is Way.STANDS and found.other and not standing.replace(session, found.other.id, reason):
        raise Problem("moved-on")
    if way is Way.PLACED:
        withdraw(session, actor, found.shown, reason)
    work(session, actor, found, found.other.id if found.other else None)
    resolve(session, actor, [one.kept.id for one in found.held], way, reason)
    if way is Way.ASIDE:
        if found.house and alone:
            standing.release(session, found.house.id)
    else:
        if way is Way.STANDS and found.house and found.other:
            standing.unseat(session, found.house.id)
            resolve(session, actor, open_branches(session, found.other.id), Way.BESIDE, reason)
        beside = way is Way.BESIDE or _is_beside(found.shown)
        for one in found.held:
            if one.opened:
                _place(session, keys, actor, one.opened, now, beside=beside)
        if beside:
            mine = open_branches(session, found.asked.interview_id)
            resolve(session, actor, mine, Way.BESIDE, reason)
    for moved in _standing(found, way):
        standing.mark(session, moved, len(standing.leaves(session, moved)))
    _audit(session, actor, found, way)
    if way is Way.BESIDE:
        _keep_beside(session, actor, found, reason)
    enter(session, actor.scope())


def _standing(found: Matter, way: Way) -> list[UUID]:
    """Interviews that may no longer be in a conflict, or now are."""
    own, other = found.asked.interview_id, found.other
    mine = [own] if way in (Way.PLACED, Way.STANDS) and not _is_beside(found.shown) else []
    theirs = [other.id] if other and way is not Way.STANDS and not _is_beside(other) else []
    return mine + theirs


def _keep_beside(session: Session, actor: Actor, found: Matter, reason: str) -> None:
    """What was placed beside says by a decision why it does not count."""
    enter(session, actor.scope())
    standing.replace(session, found.asked.interview_id, reason)


def withdraw(session: Session, actor: Actor, shown: Interview | None, reason: str) -> None:
    """What was accepted waits for review again before its answers change."""
    if shown is not None and shown.state == "accepted":
        review.withdraw(session, actor, Seen(shown.id, shown.head_digest), reason)


def work(session: Session, actor: Actor, found: Matter, *interviews: UUID | None) -> None:
    """From here on the register works on these interviews and their household."""
    known = {found.asked.interview_id, *(one for one in interviews if one)}
    told = {one.document.household for one in found.held if one.document}
    houses = {found.house.id} if found.house else told
    scope = Scope(
        "intake", actor.account, households=tuple(houses), interviews=tuple(sorted(known, key=str))
    )
    enter(session, scope)


def _is_alone(session: Session, found: Matter) -> bool:
    """Whether nothing else of the household waits."""
    mine = [one.kept.id for one in found.held]
    others = select(func.count()).where(
        Custody.household_id == found.asked.household_id,
        Custody.resolved_at.is_(None),
        Custody.id.not_in(mine),
    )
    return not session.scalar(others)


def open_branches(session: Session, interview: UUID) -> list[int]:
    """The open lines of custody that stand for revisions beside each other."""
    return list(
        session.scalars(
            select(Custody.id).where(
                Custody.interview_id == interview,
                Custody.resolved_at.is_(None),
                Custody.reason == "conflict",
                Custody.envelope.is_(None),
            )
        )
    )


def resolve(session: Session, actor: Actor, rows: Sequence[int], way: Way, why: str) -> None:
    """These lines of custody are settled; they stay, with who settled them and why."""
    session.execute(
        update(Custody)
        .where(Custody.id.in_(rows))
        .values(resolved_at=func.now(), resolution=way.value, resolved_by=actor.account, why=why)
        .execution_options(synchronize_session=False)
    )


def _place(
    session: Session, keys: Keys, actor: Actor, opened: Opened, now: datetime, *, beside: bool
) -> None:
    """By the functions of intake, without the question why it waited: somebody has answered it."""
    document = opened.document
    if document is None:
        return
    [found] = arrival.of(session, [opened], anew=True)
    house = placing.household_of(session, document, found)
    if house is None:
        raise Problem("moved-on")
    placed = _judged(session, keys, opened, document, house, found)
    if beside:
        for table in ("households", "village_progress"):
            placed.rows.tables.pop(table, None)
        for row in placed.rows.tables.get("interviews", []):
            row |= {"has_conflict": False}
            if found.interview and found.interview["state"] == "replaced":
                row["state"] = "replaced"
    level = "custody" if placed.in_conflict else "data" if placed.missing else "complete"
    if level != "custody":
        sent = opened.sent
        given = receipts.sign_for(keys, sent.interview, sent.digest, level, placed.held, now)
        placed.rows.tables["receipts"] = [receipts.row(sent.interview, sent.digest, given)]
    audited = audit.entry(
        "interview.placed", actor.account, found.path, interview=str(document.interview)
    )
    placed.rows.tables["audit_entries"] = [audited]
    placing.keep(session, [placed])


def _judged(
    session: Session,
    keys: Keys,
    opened: Opened,
    document: Document,
    house: Row,
    found: arrival.Arrival,
) -> placing.Placed:
    told = carrying.with_numbers(session, keys, document)
    settings = found.bearing["settings"] or None
    try:
        evaluation = engine.judge(told.questionnaire, told.asked(), settings)
    except engine.EngineFailure as failure:
        raise Problem("maintenance", after=5) from failure
    another = placing.stands_beside_another(session, told, found)
    return placing.place(keys, opened.sent, told, evaluation, house, found, beside_another=another)


def _audit(session: Session, actor: Actor, found: Matter, way: Way) -> None:
    audit.note(
        session,
        f"custody.{way.value}",
        actor.account,
        found.asked.path,
        interview=str(found.asked.interview_id),
        reason=found.asked.reason,
    )

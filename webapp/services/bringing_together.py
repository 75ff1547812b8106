"""One revision made of two tellings: the base, and the answers picked from the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.db import enter
from webapp.domain import desk, merging
from webapp.domain.actors import Actor
from webapp.domain.desk import Situation, Way
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.services import custody, desk_revisions, settling, standing
from webapp.services.custody import Matter, Side
from webapp.services.desk_revisions import Wanted
from webapp.services.settling import Choice


@dataclass(frozen=True)
class Mixture:
    """Which side is the base, and the places whose answers are taken from the other.

    `base` is `shown` (what the register shows) or `waiting` (what waits). Of revisions beside each
    other `digest` is the one compared with the head.
    """

    base: str
    picks: frozenset[str] = frozenset()
    digest: bytes = b""


def bring_together(
    session: Session, keys: Keys, actor: Actor, choice: Choice, wanted: Mixture, now: datetime
) -> UUID:
    """The interview's next revision is made of both sides; returns the interview.

    Without picks it is one side as it is, and says only that this side holds.

    Raises:
        Problem: as `settling.settle`; `unlike` where the two cannot stand in one interview.
    """
    reason = desk.tidy_reason(choice.reason)
    found = settling.under_locks(session, keys, choice)
    base, other = _sides(session, keys, found, wanted)
    if wanted.picks and not merging.can_be_merged(base.content, other.content):
        raise Problem("unlike")
    _make_room(session, keys, actor, found, wanted, reason, now)
    into = base.interview if found.situation is Situation.SECOND else found.asked.interview_id
    settling.work(session, actor, found, into, other.interview)
    settling.resolve(session, actor, settling.open_branches(session, into), Way.TOGETHER, reason)
    made = _made(base, other, wanted, standing.leaves(session, into), reason)
    desk_revisions.write(session, keys, actor, made, now)
    enter(session, actor.scope())
    return into


def _sides(session: Session, keys: Keys, found: Matter, wanted: Mixture) -> tuple[Side, Side]:
    left, right = custody.sides(session, keys, found, wanted.digest)
    return (right, left) if wanted.base == "waiting" else (left, right)


def _make_room(
    session: Session,
    keys: Keys,
    actor: Actor,
    found: Matter,
    wanted: Mixture,
    reason: str,
    now: datetime,
) -> None:
    """What waits is placed; what was accepted waits for review again."""
    match found.situation:
        case Situation.SECOND:
            stands = wanted.base == "waiting"
            if not stands:
                settling.withdraw(session, actor, found.other, reason)
            way = Way.STANDS if stands else Way.BESIDE
            settling.carry_out(session, keys, actor, found, way, reason, now)
        case Situation.CHANGE:
            settling.carry_out(session, keys, actor, found, Way.PLACED, reason, now)
        case Situation.BRANCHES:
            settling.withdraw(session, actor, found.shown, reason)
        case _:
            raise Problem("moved-on")


def _made(base: Side, other: Side, wanted: Mixture, leaves: list[bytes], reason: str) -> Wanted:
    aligned = merging.aligned(base.content, other.content)
    return Wanted(
        interview=base.interview,
        content=merging.merged(base.content, aligned, wanted.picks),
        bases=tuple(dict.fromkeys([*leaves, base.digest, other.digest])),
        origin="merge",
        reason=reason,
        reasons=dict.fromkeys(sorted(wanted.picks), reason),
    )

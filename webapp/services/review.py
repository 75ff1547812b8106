"""What inspectors do with interviews: accept, return, ask for evidence again, take back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, exists, func, select, text
from sqlalchemy.orm import Session, aliased

from webapp.domain import review
from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.domain.review import Asked, Comment, Decision, Seen
from webapp.models.interview import Interview
from webapp.models.review import Decision as Kept
from webapp.models.review import DecisionComment
from webapp.services import audit

_DECIDE = text(
    "select * from jpt_decide(:act, cast(:wanted as jsonb), :reason, cast(:deadline as date), "
    "cast(:kinds as text[]), cast(:given_to as uuid), cast(:batch as uuid), cast(:said as jsonb))"
)
_RETURNS = frozenset({Decision.RETURNED, Decision.EVIDENCE_AGAIN})
_LOCK = text("select pg_advisory_xact_lock(hashtextextended('decision ' || :interview, 0))")


def accept(session: Session, actor: Actor, seen: Seen) -> int:
    """The interview is accepted as the inspector saw it (GSBPM 5.3, review and validate).

    Returns the decision's number.

    Raises:
        Problem: `not-found` outside the actor's areas; `newer-revision` where another revision
            came meanwhile; `moved-on` where somebody decided since; `in-conflict` where two
            revisions or interviews are not yet settled.
    """
    return _decide_one(session, actor, Decision.ACCEPTED, seen)


def accept_many(session: Session, actor: Actor, seen: Sequence[Seen]) -> tuple[UUID, int]:
    """Those of the interviews that have nothing to look at, and are as seen, are accepted at once.

    Returns the batch, by which it can be taken back, and how many were accepted; one that changed
    meanwhile, or has anything to look at, is left alone.

    Raises:
        Problem: `too-large` for more than a thousand.
    """
    if len(seen) > review.MOST_AT_ONCE:
        raise Problem("too-large")
    batch = uuid4()
    done = _decide(session, Decision.ACCEPTED, seen, batch=batch)
    _note_villages(session, actor, "interviews.accepted", batch, done)
    return batch, len(done)


def return_to_volunteer(
    session: Session, actor: Actor, seen: Seen, asked: Asked, today: date
) -> int:
    """The interview goes back to its volunteer, or to another who works there, with comments.

    Raises:
        Problem: as `accept`; `comment`, `deadline` (see `review.tidy`); `no-volunteer` where the
            one to correct it has no work in that village, or may not work.
    """
    return _decide_one(session, actor, Decision.RETURNED, seen, review.tidy(asked, today))


def ask_evidence_again(
    session: Session, actor: Actor, seen: Seen, kinds: Collection[str], asked: Asked, today: date
) -> int:
    """Only these kinds of evidence (photo, signature, position) are asked for again.

    Raises:
        Problem: as `return_to_volunteer`; `malformed` for no kind or an unknown one.
    """
    if not kinds or not set(kinds) <= set(review.EVIDENCE):
        raise Problem("malformed")
    wanted = [kind for kind in review.EVIDENCE if kind in kinds]
    again = Decision.EVIDENCE_AGAIN
    return _decide_one(session, actor, again, seen, review.tidy(asked, today), wanted)


def withdraw(session: Session, actor: Actor, seen: Seen, reason: str) -> int:
    """An acceptance or a return is taken back with a reason; the interview waits again.

    Raises:
        Problem: as `accept`; `reason` without one.
    """
    asked = Asked((), date.max, _reason(reason))
    return _decide_one(session, actor, Decision.WITHDRAWN, seen, asked)


def withdraw_many(session: Session, actor: Actor, batch: UUID, reason: str) -> int:
    """Acceptances made at once are taken back; how many. Those decided on since stay.

    Raises:
        Problem: `not-found` for a batch in which nothing is left to take back; `reason`.
    """
    told, later = _reason(reason), aliased(Kept)
    rows = session.execute(
        select(Kept.interview_id, Kept.digest)
        .join(Interview, Interview.id == Kept.interview_id)
        .where(
            Kept.batch == batch,
            Kept.decision == Decision.ACCEPTED,
            Interview.state == "accepted",
            Interview.head_digest == Kept.digest,
            ~exists().where(later.interview_id == Kept.interview_id, later.id > Kept.id),
        )
    )
    asked = Asked((), date.max, told)
    seen = [Seen(*row) for row in rows]
    done = _decide(session, Decision.WITHDRAWN, seen, asked, batch=batch) if seen else []
    if not done:
        raise Problem("not-found")
    _note_villages(session, actor, "interviews.withdrawn", batch, done)
    return len(done)


def _decide_one(
    session: Session,
    actor: Actor,
    act: Decision,
    seen: Seen,
    asked: Asked | None = None,
    kinds: Sequence[str] = (),
) -> int:
    session.execute(_LOCK, {"interview": str(seen.interview)})
    if (made := _made_already(session, actor, act, seen, asked, kinds)) is not None:
        return made
    is_as_seen = seen.after in (None, _last(session, seen.interview))
    done = _decide(session, act, [seen], asked, kinds) if is_as_seen else []
    if not done:
        raise _why_not(session, act, seen, is_as_seen=is_as_seen)
    one = done[0]
    audit.note(
        session,
        f"interview.{act}",
        actor.account,
        one.path,
        interview=seen.interview,
        decision=one.decision_id,
    )
    return int(one.decision_id)


def _made_already(
    session: Session,
    actor: Actor,
    act: Decision,
    seen: Seen,
    asked: Asked | None,
    kinds: Sequence[str],
) -> int | None:
    """The last decision, where it is this very one: a double tap, or an answer that got lost."""
    last = session.scalar(
        select(Kept).where(Kept.interview_id == seen.interview).order_by(Kept.id.desc()).limit(1)
    )
    interview = session.get(Interview, seen.interview)
    if last is None or interview is None or interview.head_digest != seen.digest:
        return None
    wanted = asked or Asked((), date.max)
    deadline, given_to = None, None
    if act in _RETURNS:
        deadline, given_to = wanted.deadline, wanted.given_to or interview.author_id
    made = (last.decision, last.decided_by, last.digest, last.reason, last.kinds, last.batch)
    same = (act.value, actor.account, seen.digest, wanted.reason, list(kinds), None)
    if made != same or (last.deadline, last.given_to) != (deadline, given_to):
        return None
    return int(last.id) if _comments(session, last.id) == wanted.comments else None


def _last(session: Session, interview: UUID) -> int:
    """The number of the last decision on the interview; 0 where there is none."""
    last = select(func.max(Kept.id)).where(Kept.interview_id == interview)
    return int(session.scalar(last) or 0)


def _comments(session: Session, decision: int) -> tuple[Comment, ...]:
    kept = select(DecisionComment.about, DecisionComment.comment)
    here = kept.where(DecisionComment.decision_id == decision).order_by(DecisionComment.ordinal)
    return tuple(Comment(*row) for row in session.execute(here))


def _decide(
    session: Session,
    act: Decision,
    seen: Iterable[Seen],
    asked: Asked | None = None,
    kinds: Sequence[str] = (),
    batch: UUID | None = None,
) -> Sequence[Row[Any]]:
    wanted = [{"interview": str(one.interview), "digest": one.digest.hex()} for one in seen]
    returned = act in _RETURNS
    values = {
        "act": act.value,
        "wanted": json.dumps(wanted),
        "reason": asked.reason if asked else "",
        "deadline": asked.deadline if asked and returned else None,
        "kinds": list(kinds),
        "given_to": asked.given_to if asked else None,
        "batch": batch,
        "said": json.dumps(_numbered(asked.comments if asked else ()), ensure_ascii=False),
    }
    return session.execute(_DECIDE, values).all()


def _numbered(comments: Sequence[Comment]) -> list[dict[str, Any]]:
    return [
        {"ordinal": number, "about": one.about, "comment": one.text}
        for number, one in enumerate(comments, start=1)
    ]


def _why_not(session: Session, act: Decision, seen: Seen, *, is_as_seen: bool) -> Problem:
    """Why nothing was decided, in the order in which it matters to who tried."""
    found = session.execute(
        select(Interview.head_digest, Interview.state, Interview.has_conflict).where(
            Interview.id == seen.interview
        )
    ).one_or_none()
    if found is None:
        return Problem("not-found")
    if found.head_digest != seen.digest:
        return Problem("newer-revision")
    if not is_as_seen or found.state not in review.ALLOWED_IN[act]:
        return Problem("moved-on")
    if act is Decision.ACCEPTED and found.has_conflict:
        return Problem("in-conflict")
    return Problem("no-volunteer")


def _note_villages(
    session: Session, actor: Actor, act: str, batch: UUID, done: Sequence[Row[Any]]
) -> None:
    """One entry a village, so that each area's log tells what was done in it."""
    for path, count in sorted(Counter(row.path for row in done).items()):
        audit.note(session, act, actor.account, path, batch=batch, count=count)


def _reason(written: str) -> str:
    reason = review.trimmed(written)
    if not reason:
        raise Problem("reason")
    return reason

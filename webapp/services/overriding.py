"""An officer changes named answers: looked at first, then written as a revision with reasons."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.db import enter
from webapp.domain import desk, merging
from webapp.domain.actors import Actor, Scope
from webapp.domain.problems import Problem
from webapp.domain.review import Seen
from webapp.keys import Keys
from webapp.models.interview import Interview
from webapp.services import desk_revisions, review, standing
from webapp.services.desk_revisions import Judged, Wanted

Content = dict[str, Any]
MOST_CHANGES = 100


@dataclass(frozen=True)
class Change:
    """One answer as it is to be, and why; None takes the answer away."""

    key: str
    told: Any
    reason: str


@dataclass(frozen=True)
class Outlook:
    """The interview as it is and as it would be, both judged by the questionnaire's rules."""

    interview: Interview
    before: Judged
    after: Judged


def look(session: Session, keys: Keys, interview: UUID, changes: Sequence[Change] = ()) -> Outlook:
    """What the changes would do; nothing is written.

    Raises:
        Problem: `not-found` outside the asker's areas; `moved-on` for an interview that no longer
            stands; `in-conflict` for one whose sides are not settled.
    """
    shown = session.get(Interview, interview, populate_existing=True)
    if shown is None:
        raise Problem("not-found")
    if shown.state == "replaced":
        raise Problem("moved-on")
    if shown.has_conflict:
        raise Problem("in-conflict")
    told = desk_revisions.opened(session, keys, interview, shown.head_digest).content
    settings = desk_revisions.settings_of(session, shown.round_id)
    before = desk_revisions.judge(told, settings)
    after = desk_revisions.judge(_changed(told, changes), settings)
    return Outlook(shown, before, after)


def override(
    session: Session,
    keys: Keys,
    actor: Actor,
    seen: Seen,
    changes: Sequence[Change],
    now: datetime,
) -> bytes:
    """The changed answers are the interview's next revision, by this officer, with each reason.

    What was accepted waits for review again, what was returned is the volunteer's no longer; every
    figure follows. Returns the revision's digest.

    Raises:
        Problem: as `look`; `newer-revision` where another revision came meanwhile; `reason` for a
            change without one; `no-change` where every answer is as it was.
    """
    reasons = {one.key: desk.tidy_reason(one.reason) for one in changes}
    standing.hold(session, seen.interview)
    found = look(session, keys, seen.interview, changes)
    if found.interview.head_digest != seen.digest:
        raise Problem("newer-revision")
    changed = merging.differences(found.before.content, found.after.content)
    if not changes or not changed or len(changes) > MOST_CHANGES:
        raise Problem("no-change")
    why = "; ".join(dict.fromkeys(reasons.values()))[: desk.LONGEST_REASON]
    if found.interview.state == "accepted":
        review.withdraw(session, actor, seen, why)
    _work(session, actor, found.interview)
    bases = (seen.digest,)
    wanted = Wanted(seen.interview, found.after.content, bases, "override", why, reasons)
    made = desk_revisions.write(session, keys, actor, wanted, now)
    enter(session, actor.scope())
    return made


def _changed(told: Content, changes: Sequence[Change]) -> Content:
    made = copy.deepcopy(told)
    for one in changes:
        merging.put(made, one.key, one.told)
    return merging.without_strangers(made)


def _work(session: Session, actor: Actor, shown: Interview) -> None:
    """The register works on this interview and its household."""
    households, interviews = (shown.household_id,), (shown.id,)
    enter(session, Scope("intake", actor.account, households=households, interviews=interviews))

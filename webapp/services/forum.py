"""A village's forum: its sample drawn once, who may ask named, closed when it is over."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.areas import AreaLevel
from webapp.domain.forum import draw as drawing
from webapp.domain.forum import questions
from webapp.domain.forum.draw import Framed, Recording
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.forum import Forum, ForumAsker
from webapp.models.survey_round import Round
from webapp.services import audit

AHEAD = timedelta(days=365)
LONGEST_NOTE = 300
RANDOM_BYTES = 16

_RECORDING = text("select * from jpt_forum_recording(:village)")
_CANDIDATES = text(
    "select account_id from jpt_forum_candidates(:village, '', cast(:chosen as uuid[]), :most)"
)
_FRAME = text("""
    select h.id as household, (select r.author_id from revisions r where r.interview_id = i.id
        order by r.number, r.received_at limit 1) as first
    from households h join interviews i on i.id = h.interview_id
    where h.village_code = :village and h.round_id = :round and i.outcome = 'interviewed'
""")
_DRAW = text("select jpt_forum_draw(cast(:forum as jsonb), cast(:houses as jsonb))")


@dataclass(frozen=True)
class Planned:
    """The day of a forum, and what nobody can know before its sample is drawn."""

    held_on: date
    random: bytes


def planned(held_on: date) -> Planned:
    """With random bits of this moment: nobody has seen them, nobody can ask for others."""
    return Planned(held_on, secrets.token_bytes(RANDOM_BYTES))


def may_be_held(day: date, today: date) -> bool:
    """Whether a forum may be planned for this day."""
    return today <= day <= today + AHEAD


def draw(session: Session, actor: Actor, village: str, plan: Planned, today: date) -> UUID:
    """The village's sample and reserve are drawn, for good; the forum's id.

    Each household is compared with the revision that stands now.

    Raises:
        Problem: `not-found` outside the asker's areas, `forum-early` while too few are visited or
            no questions are chosen, `forum-drawn` where it is done, `forum-day` for a day past.
    """
    path = _path(session, actor, village)
    if not may_be_held(plan.held_on, today):
        raise Problem("forum-day")
    current = session.scalars(select(Round).where(Round.is_current)).one()
    chosen = questions.load(current.questionnaire_id)
    recording = Recording.of(session.execute(_RECORDING, {"village": village}).one())
    if chosen is None or not recording.is_far_enough:
        raise Problem("forum-early")
    frame = _frame(session, current.id, village)
    seed = drawing.seed_of(current.id, village, frame, plan.random)
    forum = {
        "id": str(uuid4()),
        "village_code": village,
        "held_on": plan.held_on.isoformat(),
        "questions_version": chosen["version"],
        "rule_version": drawing.RULE,
        "seed": seed,
        "frame": sorted([str(one.household), str(one.first)] for one in frame),
    }
    houses = [_house(one) for one in drawing.draw(seed, frame)]
    given = {"forum": json.dumps(forum), "houses": json.dumps(houses)}
    if not session.scalar(_DRAW, given):
        raise Problem("moved-on", said="forum-drawn")
    said = {"seed": seed, "sample": sum(not one["is_reserve"] for one in houses)}
    audit.note(session, "forum.drawn", actor.account, path, after=said, forum=forum["id"])
    return UUID(str(forum["id"]))


def drawn_again(forum: Forum) -> list[drawing.Drawn]:
    """The sample as the published seed gives it from the list that was drawn from."""
    frame = [Framed(UUID(household), UUID(first)) for household, first in forum.frame]
    return drawing.draw(forum.seed, frame)


def name(session: Session, actor: Actor, forum: UUID, accounts: Collection[UUID]) -> str:
    """They may ask at this forum, and their phones get its list; the village's code.

    Raises:
        Problem: `not-found`, `moved-on` where it is closed, `no-volunteer` for somebody who does
            not work around there any more, `names` of nobody.
    """
    found = _open(session, forum)
    if not accounts:
        raise Problem("names", said="forum-askers")
    chosen = {"village": found.village_code, "chosen": list(accounts), "most": len(accounts)}
    known = set(session.scalars(_CANDIDATES, chosen))
    if not set(accounts) <= known:
        raise Problem("no-volunteer", said="forum-asker-gone")
    for account in accounts:
        row = insert(ForumAsker).values(
            forum_id=forum, account_id=account, path=found.path, named_by=actor.account
        )
        session.execute(
            row.on_conflict_do_update(
                index_elements=["forum_id", "account_id"], set_={"ended_at": None}
            )
        )
        audit.note(
            session,
            "forum.named",
            actor.account,
            found.path,
            forum=str(forum),
            account=str(account),
        )
    return found.village_code


def end_naming(session: Session, actor: Actor, forum: UUID, account: UUID) -> str:
    """The list leaves that phone; what was asked already counts. The village's code.

    Raises:
        Problem: `not-found`, `moved-on` where somebody ended it meanwhile.
    """
    found = _forum(session, forum)
    gone = session.execute(
        update(ForumAsker)
        .where(
            ForumAsker.forum_id == forum,
            ForumAsker.account_id == account,
            ForumAsker.ended_at.is_(None),
        )
        .values(ended_at=func.now())
        .returning(ForumAsker.account_id)
    ).scalar_one_or_none()
    if gone is None:
        raise Problem("moved-on")
    audit.note(
        session,
        "forum.unnamed",
        actor.account,
        found.path,
        forum=str(forum),
        account=str(account),
    )
    return found.village_code


def close(session: Session, actor: Actor, forum: UUID, note: str, *, waiting: int) -> str:
    """The forum is over: its list leaves the phones; what still arrives counts. The village's code.

    `waiting` are the households called up that nobody has asked, as the closing person sees it.

    Raises:
        Problem: `not-found`, `moved-on` where it is closed, `reason` without a word where
            households that were called up have not been asked.
    """
    found, note = _open(session, forum), " ".join(note.split())[:LONGEST_NOTE]
    if waiting and not note:
        raise Problem("reason", said="forum-waiting")
    _change(session, forum, closed_at=func.now(), closed_by=actor.account, closing_note=note)
    said = {"waiting": waiting}
    audit.note(
        session,
        "forum.closed",
        actor.account,
        found.path,
        after=said,
        forum=str(forum),
        reason=note,
    )
    return found.village_code


def reopen(session: Session, actor: Actor, forum: UUID) -> str:
    """Its list is on the phones of who is named again; the village's code.

    Raises:
        Problem: `not-found`, `moved-on` where it is open.
    """
    found = _forum(session, forum)
    if found.closed_at is None:
        raise Problem("moved-on")
    _change(session, forum, closed_at=None, closed_by=None, closing_note=None)
    audit.note(session, "forum.reopened", actor.account, found.path, forum=str(forum))
    return found.village_code


def _path(session: Session, actor: Actor, village: str) -> str:
    path = session.scalar(
        select(Area.path).where(Area.code == village, Area.level == AreaLevel.VILLAGE)
    )
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    return path


def _frame(session: Session, round_id: str, village: str) -> list[Framed]:
    """The households that can be drawn, with who wrote the first revision of each."""
    rows = session.execute(_FRAME, {"village": village, "round": round_id})
    return [Framed(one.household, one.first) for one in rows]


def _house(one: drawing.Drawn) -> dict[str, Any]:
    row = asdict(one) | {"household_id": str(one.household), "first_asker": str(one.first)}
    return {name: value for name, value in row.items() if name not in ("household", "first")}


def _forum(session: Session, forum: UUID) -> Forum:
    found = session.get(Forum, forum)
    if found is None:
        raise Problem("not-found")
    return found


def _open(session: Session, forum: UUID) -> Forum:
    found = _forum(session, forum)
    if found.closed_at is not None:
        raise Problem("moved-on")
    return found


def _change(session: Session, forum: UUID, **values: Any) -> None:
    session.execute(update(Forum).where(Forum.id == forum).values(**values))
    session.expire_all()

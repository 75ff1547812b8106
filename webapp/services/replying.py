"""A volunteer's right of reply to what was noticed about their interviews."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.models.review import FindingReply
from webapp.services import audit

LONGEST = 750
_ADD = text(
    "insert into finding_replies (finding_id, account_id, text, path, written_as) "
    "select f.id, :account, :said, f.path, :key from findings f "
    "where f.id = :finding and f.account_id = :account "
    "on conflict (account_id, written_as) do nothing returning path"
)


@dataclass(frozen=True)
class Reply:
    """What is said to which finding; the phone names it, so that sending twice adds nothing."""

    key: UUID
    finding: int
    text: str


def reply(session: Session, actor: Actor, one: Reply) -> bool:
    """The reply stands beside its finding, once. False where there is no such finding of theirs."""
    values = {"account": actor.account, "said": one.text, "key": one.key, "finding": one.finding}
    path = session.scalar(_ADD, values)
    if path is not None:
        audit.note(session, "finding.replied", actor.account, path, finding=one.finding)
        return True
    known = select(FindingReply.id).where(
        FindingReply.account_id == actor.account, FindingReply.written_as == one.key
    )
    return session.scalar(known) is not None

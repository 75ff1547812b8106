"""Receipts that go up: what waited for a person is in the register, and its phone learns it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.desk import REGISTER, files_missing
from webapp.keys import Keys
from webapp.models.evidence import Evidence
from webapp.models.interview import Revision
from webapp.services import receipts
from webapp.services.placing import Placed


def joined(session: Session, keys: Keys, placed: Placed, now: datetime) -> None:
    """Branches on which this revision rests wait for nobody any more.

    Whether a phone or the desk brought them together, their receipts say that the answers are in.
    """
    if not placed.had_conflict:
        return
    waiting = placed.leaves if len(placed.leaves) > 1 else []
    known = receipts.highest(session, [placed.interview])
    held = [digest for (_, digest), given in known.items() if given.level == "custody"]
    raise_receipts(session, keys, placed.interview, [d for d in held if d not in waiting], now)


def raise_receipts(
    session: Session, keys: Keys, interview: UUID, digests: Collection[bytes], now: datetime
) -> None:
    """The phones of these revisions are told at their next contact that the answers are in.

    The scope must be the register's own, for the interview.
    """
    if not digests:
        return
    known = receipts.highest(session, [interview])
    held = _held(session, interview)
    rows = session.execute(
        select(Revision.digest, Revision.answers["evidence"], Revision.device_id).where(
            Revision.interview_id == interview, Revision.digest.in_(digests)
        )
    ).all()
    for digest, evidence, device in rows:
        listed = [bytes.fromhex(e["sealed_sha256"]) for e in evidence if "sealed_sha256" in e]
        level = "data" if files_missing(listed, held) else "complete"
        given = known.get((interview, bytes(digest)))
        if device != REGISTER and (given is None or given.level == "custody"):
            ours = held.intersection(listed)
            receipts.give(session, keys, interview, bytes(digest), level, ours, now)


def _held(session: Session, interview: UUID) -> frozenset[bytes]:
    held = select(Evidence.sealed_sha256).where(
        Evidence.interview_id == interview, Evidence.received_at.is_not(None)
    )
    return frozenset(bytes(one) for one in session.scalars(held))

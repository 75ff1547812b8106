"""Taking evidence files, and saying when an interview is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.db import enter
from webapp.domain import grading
from webapp.domain.actors import Scope
from webapp.domain.documents import FILES
from webapp.files import Kept
from webapp.keys import Keys
from webapp.models.interview import Evidence, Interview, Revision
from webapp.services import placing, receipts
from webapp.services.receipts import Given


@dataclass(frozen=True)
class Taken:
    """What the phone is told of a file: the best receipt of its revision, if it has one."""

    receipt: Given | None
    is_new: bool


def take(
    session: Session, keys: Keys, interview: UUID, kept: Kept, ingest_key: str, now: datetime
) -> Taken:
    """The file on disk is the interview's; the last one of a manifest makes its receipt `complete`.

    Idempotent. A file may come before the revision that lists it. The transaction's scope must be
    the register's own, for this interview.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(interview), 0))))
    is_new = _note_arrival(session, interview, kept, ingest_key, now)
    held = _held(session, interview)
    manifests = _manifests(session, interview)
    known = receipts.highest(session, [interview])
    best: Given | None = None
    for number, digest, files in manifests:
        if kept.sha256 not in files:
            continue
        given = known.get((interview, digest))
        if given and given.level == "data" and set(files) <= set(held):
            given = receipts.give(session, keys, interview, digest, "complete", held, now)
        best = given if number == max(one[0] for one in manifests) else best or given
    if is_new:
        _regrade(session, interview, held)
    fallback = next(iter(known.values()), None)
    return Taken(best or fallback, is_new)


def _note_arrival(
    session: Session, interview: UUID, kept: Kept, ingest_key: str, now: datetime
) -> bool:
    arrived = {"received_at": now, "sealed_size": kept.size, "ingest_key": ingest_key}
    key = {"interview_id": interview, "sealed_sha256": kept.sha256}
    found = session.execute(
        insert(Evidence)
        .values(**key, **arrived)
        .on_conflict_do_update(
            index_elements=list(key), set_=arrived, where=Evidence.received_at.is_(None)
        )
        .returning(Evidence.sealed_sha256)
    ).first()
    return found is not None


def _held(session: Session, interview: UUID) -> dict[bytes, str | None]:
    rows = session.execute(
        select(Evidence.sealed_sha256, Evidence.kind).where(
            Evidence.interview_id == interview, Evidence.received_at.is_not(None)
        )
    )
    return {row.sealed_sha256: row.kind for row in rows}


def _manifests(session: Session, interview: UUID) -> list[tuple[int, bytes, list[bytes]]]:
    rows = session.execute(
        select(Revision.number, Revision.digest, Revision.answers["evidence"]).where(
            Revision.interview_id == interview
        )
    )
    return [(number, digest, _files(listed)) for number, digest, listed in rows]


def _files(listed: list[dict[str, Any]]) -> list[bytes]:
    return [bytes.fromhex(one["sealed_sha256"]) for one in listed if one.get("kind") in FILES]


def _regrade(session: Session, interview: UUID, held: dict[bytes, str | None]) -> None:
    """Interview, household and village show what the evidence held now is worth."""
    row = session.get(Interview, interview)
    if row is None:
        return
    enter(session, Scope("intake", households=(row.household_id,), interviews=(interview,)))
    listed = session.scalar(
        select(Revision.answers["evidence"]).where(
            Revision.interview_id == interview, Revision.digest == row.head_digest
        )
    )
    files = _files(listed or [])
    shown = grading.Shown(
        kinds=frozenset(kind for sealed, kind in held.items() if kind and sealed in files),
        accuracy=row.accuracy,
        inside=row.position_inside,
        note=any(one["kind"] == "other" and one.get("note") for one in listed or []),
    )
    placing.regrade(session, row, grading.grade(shown), sum(one not in held for one in files))

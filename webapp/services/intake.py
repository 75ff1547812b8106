"""Taking finished interviews into the register: custody first, judgement later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import documents, engine, questionnaire
from webapp.domain.documents import Document
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.household import Household
from webapp.models.interview import Custody, Evidence, Interview
from webapp.services import audit, placing, receipts, sealing
from webapp.services.receipts import Given


@dataclass(frozen=True)
class Sent:
    """One sealed revision as a phone sends it."""

    interview: UUID
    digest: bytes
    ingest_key: str
    device: UUID | None
    signature: bytes
    envelope: bytes


@dataclass(frozen=True)
class Opened:
    """The same, opened; `document` is None where the bytes are no interview that we can read."""

    sent: Sent
    document: Document | None


@dataclass(frozen=True)
class Received:
    """What the phone is told: its receipt, whether it is new, and which files are still to come."""

    receipt: Given
    is_new: bool
    missing: list[bytes]

    @property
    def status(self) -> int:
        """201 for new data, 200 for the same again, 202 for custody."""
        if self.receipt.level == "custody":
            return 202
        return 201 if self.is_new else 200


def unseal(keys: Keys, sent: Sent) -> Opened:
    """Open the envelope; bytes that open but are no interview are still taken.

    Raises:
        Problem: `unknown-key`, `unreadable` (does not open) or `hash-mismatch`.
    """
    plain = sealing.open_interview(
        keys.ingest, sent.ingest_key, sent.interview, sent.digest, sent.envelope
    )
    if hashlib.sha256(plain).digest() != sent.digest:
        raise Problem("hash-mismatch")
    try:
        document = documents.read(plain)
    except documents.Unreadable:
        return Opened(sent, None)
    return Opened(sent, document if document.interview == sent.interview else None)


def receive(session: Session, keys: Keys, carrier: UUID, opened: Opened, now: datetime) -> Received:
    """Take one finished interview into the register (GSBPM 4.4, finalise collection).

    Idempotent: a revision held already is answered with the receipt stored for it. What cannot be
    placed (unknown version or author, not assigned, handed in, conflict, after closing) is kept in
    custody with its envelope, for a person to look at; no edit failure turns anything away.
    The transaction's scope must be the register's own, for this interview and its household.
    """
    sent, document = opened.sent, opened.document
    session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(str(sent.interview), 0)))
    )
    known = receipts.highest(session, [sent.interview]).get((sent.interview, sent.digest))
    if known:
        return Received(known, False, _missing(session, opened))
    bearing = _bearing(session, sent, document)
    reason = _why_custody(carrier, opened, bearing)
    if document is None or reason:
        return _take_into_custody(
            session, keys, carrier, opened, bearing, reason or "unreadable", now
        )
    household = placing.household_of(session, document, bearing["path"])
    if household is None:
        return _take_into_custody(session, keys, carrier, opened, bearing, "not_assigned", now)
    reason = _why_not_head(session, document, household)
    if reason:
        return _take_into_custody(session, keys, carrier, opened, bearing, reason, now)
    return _place(session, keys, carrier, opened, bearing, household, now)


def _bearing(session: Session, sent: Sent, document: Document | None) -> dict[str, Any]:
    """All that the database knows about author, village, position and opening, in one question."""
    if document is None:
        return {"path": None}
    found: dict[str, Any] = session.execute(
        select(
            func.jpt_bearing(
                sent.device or document.device,
                document.account,
                document.village,
                document.household,
                document.interview,
                document.round,
                document.position.ewkt if document.position else "",
            )
        )
    ).scalar_one()
    return found


def _why_custody(carrier: UUID, opened: Opened, bearing: dict[str, Any]) -> str | None:
    document, sent = opened.document, opened.sent
    if document is None:
        return "unreadable"
    if not questionnaire.exists(document.questionnaire):
        return "unknown_version"
    key = bearing["public_key"]
    if not key or bearing["revoked"] or not bearing["active"] or document.device != sent.device:
        return "unknown_author"
    if not sealing.is_signed_by(key, sent.signature, sent.interview, sent.digest):
        return "unknown_author"
    if carrier != document.account:
        return "hand_in"
    if not bearing["path"] or not bearing["assigned"]:
        return "not_assigned"
    return None if bearing["open"] else "late"


def _why_not_head(session: Session, document: Document, household: Household) -> str | None:
    interview = session.get(Interview, document.interview)
    if interview is None:
        other = household.interview_id
        if other is None:
            return None
        _flag(session, other)
        return "second_interview"
    if (interview.author_id, interview.household_id) != (document.account, document.household):
        return "conflict"
    return "late_change" if interview.state == "accepted" else None


def _flag(session: Session, interview: UUID) -> None:
    """Two interviews of one household: the one already there shows it too."""
    session.execute(select(func.jpt_flag_conflict(interview)))


def _place(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    bearing: dict[str, Any],
    household: Household,
    now: datetime,
) -> Received:
    document, sent = opened.document, opened.sent
    if document is None:
        raise TypeError("only a document can be placed")
    try:
        evaluation = engine.judge(
            document.questionnaire, document.asked(), bearing["settings"] or None
        )
    except engine.EngineFailure as failure:
        if failure.code == "busy":  # every context was at work: nothing is wrong with the interview
            raise Problem("maintenance", after=5) from failure
        return _take_into_custody(session, keys, carrier, opened, bearing, "unreadable", now)
    placed = placing.place(session, keys, sent, document, evaluation, bearing, household)
    audit.note(
        session, "interview.received", carrier, bearing["path"], interview=str(sent.interview)
    )
    if placed.in_conflict:
        _keep_aside(session, carrier, opened, bearing, "conflict", with_envelope=False)
    level = "custody" if placed.in_conflict else "data" if placed.missing else "complete"
    given = receipts.give(session, keys, sent.interview, sent.digest, level, placed.held, now)
    return Received(given, True, placed.missing)


def _take_into_custody(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    bearing: dict[str, Any],
    reason: str,
    now: datetime,
) -> Received:
    sent = opened.sent
    _keep_aside(session, carrier, opened, bearing, reason, with_envelope=True)
    if opened.document is not None:
        placing.mark_custody(session, opened.document)
    audit.note(
        session, f"custody.{reason}", carrier, bearing["path"], interview=str(sent.interview)
    )
    held = _held(session, sent.interview)
    given = receipts.give(session, keys, sent.interview, sent.digest, "custody", held, now)
    return Received(given, True, _missing(session, opened))


def _keep_aside(
    session: Session,
    carrier: UUID,
    opened: Opened,
    bearing: dict[str, Any],
    reason: str,
    *,
    with_envelope: bool,
) -> None:
    sent = opened.sent
    session.execute(
        insert(Custody)
        .values(
            interview_id=sent.interview,
            digest=sent.digest,
            reason=reason,
            path=bearing["path"],
            envelope=sent.envelope if with_envelope else None,
            ingest_key=sent.ingest_key,
            device_id=sent.device,
            signature=sent.signature,
            carried_by=carrier,
        )
        .on_conflict_do_nothing(index_elements=["interview_id", "digest"])
    )


def _held(session: Session, interview: UUID) -> list[bytes]:
    return list(
        session.scalars(
            select(Evidence.sealed_sha256).where(
                Evidence.interview_id == interview, Evidence.received_at.is_not(None)
            )
        )
    )


def _missing(session: Session, opened: Opened) -> list[bytes]:
    if opened.document is None:
        return []
    held = set(_held(session, opened.sent.interview))
    return [file.sealed_sha256 for file in opened.document.files if file.sealed_sha256 not in held]

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
from webapp.models.interview import Custody
from webapp.services import arrival, audit, carrying, placing, receipts, sealing
from webapp.services.arrival import Arrival
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
    found = arrival.of(session, sent.interview, sent.digest, sent.device, document)
    if known := found.receipts.get(sent.digest):
        return Received(known, False, _missing(document, found))
    reason = _why_custody(carrier, opened, found.bearing)
    if document is None or reason:
        return _take_into_custody(
            session, keys, carrier, opened, found, reason or "unreadable", now
        )
    household = placing.household_of(session, document, found)
    if household is None:
        return _take_into_custody(session, keys, carrier, opened, found, "not_assigned", now)
    reason = _why_not_head(session, document, household, found.interview)
    if reason:
        return _take_into_custody(session, keys, carrier, opened, found, reason, now)
    return _place(session, keys, carrier, sent, document, household, found, now)


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


def _why_not_head(
    session: Session,
    document: Document,
    household: dict[str, Any],
    interview: dict[str, Any] | None,
) -> str | None:
    if interview is None:
        other = household["interview_id"]
        if other is None:
            return None
        _flag(session, UUID(other))
        return "second_interview"
    authors = (interview["author_id"], interview["given_to"])
    if str(document.account) not in authors or interview["household_id"] != str(document.household):
        return "conflict"
    return "late_change" if interview["state"] == "accepted" else None


def _flag(session: Session, interview: UUID) -> None:
    """Two interviews of one household: the one already there shows it too."""
    session.execute(select(func.jpt_flag_conflict(interview)))


def _place(
    session: Session,
    keys: Keys,
    carrier: UUID,
    sent: Sent,
    document: Document,
    household: dict[str, Any],
    found: Arrival,
    now: datetime,
) -> Received:
    opened = Opened(sent, document)
    document = carrying.with_numbers(session, keys, document)
    try:
        evaluation = engine.judge(
            document.questionnaire, document.asked(), found.bearing["settings"] or None
        )
    except engine.EngineFailure as failure:
        if failure.code == "busy":  # every context was at work: nothing is wrong with the interview
            raise Problem("maintenance", after=5) from failure
        return _take_into_custody(session, keys, carrier, opened, found, "unreadable", now)
    beside = placing.stands_beside_another(session, document, found)
    placed = placing.place(
        keys, sent, document, evaluation, household, found, beside_another=beside
    )
    level = "custody" if placed.in_conflict else "data" if placed.missing else "complete"
    given = receipts.sign_for(keys, sent.interview, sent.digest, level, placed.held, now)
    audited = audit.entry("interview.received", carrier, found.path, interview=str(sent.interview))
    placing.keep(session, placed, given, audited)
    return Received(given, True, placed.missing)


def _take_into_custody(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    found: Arrival,
    reason: str,
    now: datetime,
) -> Received:
    sent = opened.sent
    _keep_aside(session, carrier, opened, found, reason)
    if opened.document is not None:
        placing.mark_custody(session, opened.document)
    audit.note(session, f"custody.{reason}", carrier, found.path, interview=str(sent.interview))
    given = receipts.give(session, keys, sent.interview, sent.digest, "custody", found.held, now)
    return Received(given, True, _missing(opened.document, found))


def _keep_aside(
    session: Session,
    carrier: UUID,
    opened: Opened,
    found: Arrival,
    reason: str,
) -> None:
    sent = opened.sent
    session.execute(
        insert(Custody)
        .values(
            interview_id=sent.interview,
            digest=sent.digest,
            household_id=opened.document.household if opened.document else None,
            reason=reason,
            path=found.path,
            envelope=sent.envelope,
            ingest_key=sent.ingest_key,
            device_id=sent.device,
            signature=sent.signature,
            carried_by=carrier,
        )
        .on_conflict_do_nothing(index_elements=["interview_id", "digest"])
    )


def _missing(document: Document | None, found: Arrival) -> list[bytes]:
    listed = document.files if document else ()
    return [file.sealed_sha256 for file in listed if file.sealed_sha256 not in found.held]

"""Taking finished interviews into the register: custody first, judgement later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain import documents, engine
from webapp.domain.documents import Document
from webapp.domain.forum import documents as back_check_documents
from webapp.domain.forum.documents import Result
from webapp.domain.problems import Problem
from webapp.files import Kept
from webapp.keys import Keys
from webapp.services import (
    acknowledging,
    arrival,
    audit,
    back_checks,
    carrying,
    evidence,
    into_custody,
    keeping,
    placing,
    receipts,
    sealing,
)
from webapp.services.arrival import Arrival
from webapp.services.placing import Placed
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
    """The same, opened; `document` is None where the bytes are no interview that we can read.

    Of the files that the document lists, those brought along are on disk already. A household asked
    again at the forum comes the same way, as a `result`.
    """

    sent: Sent
    document: Document | None
    brought: tuple[Kept, ...] = ()
    result: Result | None = None


@dataclass(frozen=True)
class Received:
    """What the phone is told: its receipt, whether it is new, and which files are still to come.

    Files that were brought and are not taken yet are taken as if each had come alone.
    """

    receipt: Given
    is_new: bool
    missing: list[bytes]
    brought: tuple[Kept, ...] = ()

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
        return _opened(sent, documents.parse(plain))
    except documents.Unreadable:
        return Opened(sent, None)


def _opened(sent: Sent, found: Any) -> Opened:
    if back_check_documents.is_one(found):
        result = back_check_documents.read(found)
        return Opened(sent, None, result=result if result.id == sent.interview else None)
    document = documents.of(found)
    return Opened(sent, document if document.interview == sent.interview else None)


def receive(session: Session, keys: Keys, carrier: UUID, opened: Opened, now: datetime) -> Received:
    """Take one finished interview into the register: see `receive_all`."""
    [received] = receive_all(session, keys, carrier, [opened], now)
    return received


def receive_all(
    session: Session, keys: Keys, carrier: UUID, many: Sequence[Opened], now: datetime
) -> list[Received]:
    """Take finished interviews into the register (GSBPM 4.4, finalise collection), in any number.

    Idempotent: a revision held already is answered with the receipt stored for it. What cannot be
    placed (unknown version or author, not assigned, handed in, conflict, after closing) is kept in
    custody with its envelope, for a person to look at; no edit failure turns anything away.
    The transaction's scope must be the register's own, for these interviews and their households.
    """
    told: dict[int, Received] = {}
    asked_again = [one for one in many if one.result]
    for wave in _waves([one for one in many if not one.result]):
        told |= _receive_wave(session, keys, carrier, wave, now)
    told |= _receive_results(session, keys, carrier, asked_again, now)
    return [_with_files(session, keys, one, told[id(one)], now) for one in many]


def _receive_results(
    session: Session, keys: Keys, carrier: UUID, many: Sequence[Opened], now: datetime
) -> dict[int, Received]:
    """Households asked again at a forum; of a forum that there is not, as bytes for a person."""
    told: dict[int, Received] = {}
    for one in sorted(many, key=back_checks.in_order):
        kept = back_checks.receive(session, keys, carrier, one, now)
        if kept:
            told[id(one)] = Received(kept.receipt, kept.is_new, [], one.brought)
        else:
            unread = replace(one, result=None)
            told[id(one)] = _receive_wave(session, keys, carrier, [unread], now)[id(unread)]
    return told


def _with_files(
    session: Session, keys: Keys, opened: Opened, received: Received, now: datetime
) -> Received:
    sent = opened.sent
    for one in received.brought:
        evidence.take(session, keys, sent.interview, one, sent.ingest_key, now)
    if not received.brought:
        return received
    known = receipts.highest(session, [sent.interview])
    taken = {one.sha256 for one in received.brought}
    left = [one for one in received.missing if one not in taken]
    return Received(known[sent.interview, sent.digest], received.is_new, left)


def _waves(many: Sequence[Opened]) -> list[list[Opened]]:
    """No interview or household twice in one wave: the next one sees what this one wrote.

    Always in the order of ids, so that two batches never wait for each other.
    """
    waves: list[tuple[list[Opened], set[UUID]]] = []
    for one in sorted(many, key=lambda one: one.sent.interview):
        ours = {one.sent.interview, one.document.household if one.document else one.sent.interview}
        wave = next((wave for wave in waves if not wave[1] & ours), None)
        if wave is None:
            wave = ([], set())
            waves.append(wave)
        wave[0].append(one)
        wave[1].update(ours)
    return [wave for wave, _ in waves]


def _receive_wave(
    session: Session, keys: Keys, carrier: UUID, wave: list[Opened], now: datetime
) -> dict[int, Received]:
    """Asked about in one question; what can be placed is written in one statement."""
    told: dict[int, Received] = {}
    placed: list[Placed] = []
    for opened, found in zip(wave, arrival.of(session, wave), strict=True):
        outcome = _decide(session, keys, carrier, opened, found, now)
        if isinstance(outcome, Placed):
            placed.append(outcome)
            outcome = _receipt(keys, carrier, opened, outcome, found, now)
        told[id(opened)] = outcome
    if placed:
        placing.keep(session, placed)
    for one in placed:
        acknowledging.joined(session, keys, one, now)
    return told


def _decide(
    session: Session, keys: Keys, carrier: UUID, opened: Opened, found: Arrival, now: datetime
) -> Received | Placed:
    """What becomes of one of them: known, in custody, or placed and still to be written."""
    document = opened.document
    if known := found.receipts.get(opened.sent.digest):
        return Received(known, False, _missing(document, found), opened.brought)
    reason = into_custody.why(carrier, opened, found.bearing)
    if document is None or reason:
        return _take_into_custody(
            session, keys, carrier, opened, found, reason or "unreadable", now
        )
    household = placing.household_of(session, document, found)
    if household is None:
        return _take_into_custody(session, keys, carrier, opened, found, "not_assigned", now)
    reason = _why_not_head(session, document, household, found)
    if reason:
        return _take_into_custody(session, keys, carrier, opened, found, reason, now)
    return _place(session, keys, carrier, opened, document, household, found, now)


def _why_not_head(
    session: Session,
    document: Document,
    household: dict[str, Any],
    found: Arrival,
) -> str | None:
    if (interview := found.interview) is None:
        other = household["interview_id"]
        if other is None:
            return None
        _flag(session, UUID(other))
        return "second_interview"
    if not found.bearing["follows"] or interview["household_id"] != str(document.household):
        return "conflict"
    return "late_change" if interview["state"] in ("accepted", "replaced") else None


def _flag(session: Session, interview: UUID) -> None:
    """Two interviews of one household: the one already there shows it too."""
    session.execute(select(func.jpt_flag_conflict(interview)))


def _place(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    document: Document,
    household: dict[str, Any],
    found: Arrival,
    now: datetime,
) -> Received | Placed:
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
    # where no other revision waits for the files, they come with this one
    came = {} if found.revisions else keeping.came(opened.brought, opened.sent.ingest_key, now)
    return placing.place(
        keys, opened.sent, document, evaluation, household, found, beside_another=beside, came=came
    )


def _receipt(
    keys: Keys, carrier: UUID, opened: Opened, placed: Placed, found: Arrival, now: datetime
) -> Received:
    """Receipt and audit entry are written with what was placed."""
    sent = opened.sent
    level = "custody" if placed.in_conflict else "data" if placed.missing else "complete"
    given = receipts.sign_for(keys, sent.interview, sent.digest, level, placed.held, now)
    audited = audit.entry("interview.received", carrier, found.path, interview=str(sent.interview))
    placed.rows.tables["audit_entries"] = [audited]
    placed.rows.tables["receipts"] = [receipts.row(sent.interview, sent.digest, given)]
    return Received(given, True, placed.missing, opened.brought if found.revisions else ())


def _take_into_custody(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    found: Arrival,
    reason: str,
    now: datetime,
) -> Received:
    given = into_custody.take(session, keys, carrier, opened, found, reason, now)
    return Received(given, True, _missing(opened.document, found), opened.brought)


def _missing(document: Document | None, found: Arrival) -> list[bytes]:
    listed = document.files if document else ()
    return [file.sealed_sha256 for file in listed if file.sealed_sha256 not in found.held]

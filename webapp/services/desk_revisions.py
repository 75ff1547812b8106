"""Revisions that the register writes itself: sealed as a phone's are, signed with its own key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.domain import documents, engine, merging, questionnaire
from webapp.domain.actors import Actor
from webapp.domain.desk import REGISTER
from webapp.domain.documents import Document
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.desk_revision import DeskRevision
from webapp.models.interview import Interview, Revision
from webapp.models.survey_round import Round
from webapp.services import (
    acknowledging,
    arrival,
    audit,
    carrying,
    intake,
    placing,
    sealing,
    standing,
)
from webapp.services.arrival import Arrival
from webapp.services.intake import Opened, Sent
from webapp.services.placing import Placed

Content = dict[str, Any]
LEFT_OUT = ("review", "national_id_kept")


@dataclass(frozen=True)
class Wanted:
    """What is to be written: the answers, on which revisions they rest, and why."""

    interview: UUID
    content: Content
    bases: tuple[bytes, ...]
    origin: str
    reason: str
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """Answers and what the questionnaire's rules say of them; `unasked` were left out."""

    content: Content
    evaluation: dict[str, Any]
    unasked: list[str]


def opened(session: Session, keys: Keys, interview: UUID, digest: bytes) -> Document:
    """A revision's exact answers, with the ID numbers that only the register holds.

    Raises:
        Problem: `not-found` outside the asker's areas; `unreadable` where our keys do not open it.
    """
    kept = session.get(Revision, (interview, digest))
    if kept is None:
        raise Problem("not-found")
    sent = Sent(interview, digest, kept.ingest_key, None, kept.signature, kept.envelope)
    document = intake.unseal(keys, sent).document
    if document is None:
        raise Problem("unreadable")
    return carrying.with_numbers(session, keys, document)


def settings_of(session: Session, round_id: str) -> dict[str, Any] | None:
    """What the round says otherwise than the questionnaire."""
    return session.scalar(select(Round.settings).where(Round.id == round_id)) or None


def judge(content: Content, settings: dict[str, Any] | None) -> Judged:
    """What the engine says of these answers; those to questions that do not apply are left out.

    What is left out contradicts nothing any more. Ages are of the day that the cover names.

    Raises:
        Problem: `unreadable` for an unknown questionnaire; `maintenance` while every engine works.
    """
    if not questionnaire.exists(content["questionnaire"]):
        raise Problem("unreadable")
    content = _dated(content)
    evaluation = _evaluated(content, settings)
    kept, unasked = merging.without_unasked(content, evaluation)
    return Judged(kept, _evaluated(kept, settings) if unasked else evaluation, unasked)


def _dated(content: Content) -> Content:
    """The day of the interview is the cover's, as on the phone; without one it stays."""
    fields = questionnaire.load(content["questionnaire"])["cover"]
    days = (content["cover"].get(one["id"]) for one in fields if one["kind"] == "date")
    day = next((one for one in days if _is_day(one)), None)
    return content | {"date": day} if day else content


def _is_day(told: Any) -> bool:
    try:
        return isinstance(told, str) and date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _evaluated(content: Content, settings: dict[str, Any] | None) -> dict[str, Any]:
    try:
        return engine.evaluate(content["questionnaire"], content, settings)
    except engine.EngineFailure as failure:
        raise Problem("maintenance", after=5) from failure


def write(session: Session, keys: Keys, actor: Actor, wanted: Wanted, now: datetime) -> bytes:
    """The answers are the interview's next revision; interview, household and village follow it.

    Returns its digest. The revisions it rests on are settled, and their phones are told at their
    next contact. The scope must be the register's own, for the interview and its household.

    Raises:
        Problem: `malformed` for answers that are no interview; as `judge`.
    """
    number = 1 + max(_numbers(session, wanted.interview))
    judged = judge(_filled(wanted.content, actor, number), _settings(session, wanted))
    content = judged.content | {"made": _made(wanted, now)}
    sent, document = _sealed(keys, wanted, actor, content)
    [found] = arrival.of(session, [Opened(sent, document)])
    placed = _placed(session, keys, sent, document, judged, found)
    act = {"merge": "interview.merged", "override": "interview.overridden"}[wanted.origin]
    audited = audit.entry(act, actor.account, found.path, interview=str(wanted.interview))
    placed.rows.tables["audit_entries"] = [audited]
    placing.keep(session, [placed])
    _note(session, wanted, sent.digest, actor, str(found.path))
    standing.mark(session, wanted.interview, len(placed.leaves))
    acknowledging.raise_receipts(session, keys, wanted.interview, wanted.bases, now)
    return sent.digest


def _numbers(session: Session, interview: UUID) -> list[int]:
    numbers = select(Revision.number).where(Revision.interview_id == interview)
    return list(session.scalars(numbers)) or [0]


def _settings(session: Session, wanted: Wanted) -> dict[str, Any] | None:
    return settings_of(session, wanted.content["round"])


def _filled(content: Content, actor: Actor, number: int) -> Content:
    """The answers as the register writes them: who, and after what; never a phone's own words."""
    members = [{k: v for k, v in one.items() if k not in LEFT_OUT} for one in content["members"]]
    kept = {name: told for name, told in content.items() if name not in LEFT_OUT}
    author = {"account": str(actor.account), "device": str(REGISTER)}
    return kept | {"members": members, "number": number, "author": author, "app": "desk"}


def _made(wanted: Wanted, now: datetime) -> dict[str, Any]:
    """Sealed with the answers, so that the archive says by itself who changed what and why."""
    return {
        "origin": wanted.origin,
        "at": now.isoformat(),
        "reason": wanted.reason,
        "reasons": wanted.reasons,
    }


def _sealed(keys: Keys, wanted: Wanted, actor: Actor, content: Content) -> tuple[Sent, Document]:
    whole = content | {"based_on": [one.hex() for one in wanted.bases]}
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(plain).digest()
    try:
        document = documents.read(plain)
    except documents.Unreadable as odd:
        raise Problem("malformed") from odd
    sent = Sent(
        interview=wanted.interview,
        digest=digest,
        ingest_key=keys.ingest_id,
        device=REGISTER,
        signature=sealing.sign_as_author(keys.receipt, wanted.interview, digest),
        envelope=sealing.seal_interview(
            keys.ingest[keys.ingest_id].public_key(), wanted.interview, digest, plain
        ),
    )
    return sent, document


def _placed(
    session: Session, keys: Keys, sent: Sent, document: Document, judged: Judged, found: Arrival
) -> Placed:
    """As what a phone sent, but the interview and its files stay the volunteer's."""
    house = placing.household_of(session, document, found)
    if house is None or found.interview is None or found.interview["state"] == "replaced":
        raise Problem("moved-on")
    beside = placing.stands_beside_another(session, document, found)
    placed = placing.place(
        keys, sent, document, judged.evaluation, house, found, beside_another=beside
    )
    placed.rows.tables.pop("evidence")
    shown = session.get_one(Interview, sent.interview, populate_existing=True)
    for row in placed.rows.tables.get("interviews", []):
        row |= {"author_id": str(shown.author_id), "device_id": str(shown.device_id)}
    return placed


def _note(session: Session, wanted: Wanted, digest: bytes, actor: Actor, path: str) -> None:
    session.execute(
        insert(DeskRevision)
        .values(
            interview_id=wanted.interview,
            digest=digest,
            origin=wanted.origin,
            reason=wanted.reason,
            reasons=wanted.reasons,
            made_by=actor.account,
            path=path,
        )
        .inline()
    )

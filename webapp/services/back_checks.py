"""Taking what households said again at a forum: kept always, counted where the rules hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain import engine
from webapp.domain.findings import KINDS
from webapp.domain.forum import agreement, questions
from webapp.domain.forum.documents import Result
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.services import audit, receipts, sealing
from webapp.services.receipts import Given

if TYPE_CHECKING:
    from webapp.services.intake import Opened

DIFFERS = "back_check_differs"
MOST_PEOPLE = 60

_ARRIVAL = text(
    "select jpt_back_check_arrival(:result, :digest, :forum, :household, :author, :device)"
)
_KEEP = text("select jpt_keep_back_check(cast(:made as jsonb), cast(:weight as smallint))")


@dataclass(frozen=True)
class Taken:
    """The receipt of a result, and whether it is new."""

    receipt: Given
    is_new: bool


def in_order(opened: Opened) -> tuple[UUID, UUID, UUID]:
    """Always by household: two batches never wait for each other."""
    result = opened.result
    nowhere = UUID(int=0)
    forum, household = (result.forum, result.household) if result else (nowhere, nowhere)
    return forum, household, opened.sent.interview


def receive(
    session: Session, keys: Keys, carrier: UUID, opened: Opened, now: datetime
) -> Taken | None:
    """The result is kept, and compared where it counts; None: there is no such forum.

    Idempotent as interviews are. Its receipt is `complete` where it counts and `custody` where it
    does not: asked by the first interviewer, by somebody not named, a house not drawn or asked
    already. The transaction's scope must be the register's own, for this id.
    """
    result = opened.result
    if result is None:
        return None
    found = _arrival(session, opened, result)
    if known := [Given(level, jws) for _, level, jws in found["receipts"]]:
        return Taken(known[0], is_new=False)
    if found["forum"] is None:
        return None
    standing = _standing(carrier, opened, result, found)
    version, counts = found["forum"]["questionnaire"], standing == "counted"
    said = _given(version, result.answers, result.declined, result.answers.get(questions.MEMBERS))
    said = said if result.outcome == "asked" else {}
    compared = _compared(version, found["first"], said) if counts else {}
    _keep(session, carrier, opened, result, found["forum"], standing, said, compared)
    level = "complete" if counts else "custody"
    audit.note(
        session, f"back_check.{standing}", carrier, found["forum"]["path"], result=str(result.id)
    )
    given = receipts.give(session, keys, result.id, opened.sent.digest, level, (), now)
    return Taken(given, is_new=True)


def _arrival(session: Session, opened: Opened, result: Result) -> dict[str, Any]:
    asked = {
        "result": result.id,
        "digest": opened.sent.digest,
        "forum": result.forum,
        "household": result.household,
        "author": result.account,
        "device": result.device,
    }
    found: dict[str, Any] | None = session.scalar(_ARRIVAL, asked)
    return found or {"receipts": [], "forum": None}


def _standing(carrier: UUID, opened: Opened, result: Result, found: dict[str, Any]) -> str:
    """Counted, or the reason why not."""
    sent, key = opened.sent, found["public_key"]
    signed = key and sealing.is_signed_by(key, sent.signature, sent.interview, sent.digest)
    if not signed or not found["is_active"] or result.device != sent.device:
        return "unknown_author"
    if carrier != result.account:
        return "hand_in"
    if not found["is_named"]:
        return "not_named"
    if found["first"] is None:
        return "not_drawn"
    if found["is_first_interviewer"]:
        return "first_interviewer"
    return "second" if found["has_been_asked"] and result.outcome == "asked" else "counted"


def _given(version: str, answers: Any, declined: Any, members: Any) -> dict[str, Any]:
    """The answers of the chosen questions in the engine's own form."""
    try:
        read = engine.given(version, {"answers": answers, "declined": list(declined or ())})
    except engine.EngineFailure as failure:
        if failure.code == "busy":  # every context was at work: nothing is wrong with the answers
            raise Problem("maintenance", after=5) from failure
        read = {}
    whole = isinstance(members, int) and not isinstance(members, bool)
    counted = members if whole and 1 <= members <= MOST_PEOPLE else None
    if questions.MEMBERS in (declined or ()):
        counted = None
    known = read | {questions.MEMBERS: counted}
    return {question: known.get(question) for question in questions.ids(version)}


def _compared(version: str, first: dict[str, Any], said: dict[str, Any]) -> agreement.Compared:
    before = _given(version, first["answers"], first["declined"], first["members"])
    return agreement.compared(before, said)


def _keep(
    session: Session,
    carrier: UUID,
    opened: Opened,
    result: Result,
    forum: dict[str, Any],
    standing: str,
    said: dict[str, Any],
    compared: agreement.Compared,
) -> None:
    """The row and, where answers differ, the finding: one statement."""
    sent = opened.sent
    made = {
        "id": str(result.id),
        "digest": _octets(sent.digest),
        "forum_id": str(result.forum),
        "household_id": str(result.household),
        "village_code": forum["village"],
        "path": forum["path"],
        "asker_id": str(result.account),
        "device_id": str(sent.device) if sent.device else None,
        "carried_by": str(carrier),
        "outcome": result.outcome,
        "note": result.note,
        "respondent": result.respondent,
        "standing": standing,
        "answers": said,
        "compared": compared,
        "app": result.app,
        "ingest_key": sent.ingest_key,
        "envelope": _octets(sent.envelope),
        "signature": _octets(sent.signature) if sent.signature else None,
        "finished_at": result.finished_at.isoformat() if result.finished_at else None,
    }
    session.execute(_KEEP, {"made": json.dumps(made), "weight": KINDS[DIFFERS].weight})


def _octets(content: bytes) -> str:
    return rf"\x{content.hex()}"

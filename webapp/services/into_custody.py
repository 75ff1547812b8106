"""Custody: what opens but cannot be placed is kept with its envelope, for a person to look at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import questionnaire
from webapp.keys import Keys
from webapp.models.interview import Custody
from webapp.services import audit, placing, receipts, sealing
from webapp.services.arrival import Arrival
from webapp.services.receipts import Given

if TYPE_CHECKING:
    from webapp.services.intake import Opened


def why(carrier: UUID, opened: Opened, bearing: dict[str, Any]) -> str | None:
    """Why these bytes cannot be placed, as far as their author and their time say."""
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


def take(
    session: Session,
    keys: Keys,
    carrier: UUID,
    opened: Opened,
    found: Arrival,
    reason: str,
    now: datetime,
) -> Given:
    """The bytes are in custody for this reason, and the phone's receipt says so."""
    sent = opened.sent
    _keep_aside(session, carrier, opened, found, reason)
    if opened.document is not None:
        placing.mark_custody(session, opened.document)
    audit.note(session, f"custody.{reason}", carrier, found.path, interview=str(sent.interview))
    return receipts.give(session, keys, sent.interview, sent.digest, "custody", found.held, now)


def _keep_aside(
    session: Session, carrier: UUID, opened: Opened, found: Arrival, reason: str
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

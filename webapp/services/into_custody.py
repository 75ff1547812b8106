"""Custody: what opens but cannot be placed is kept with its envelope, for a person to look at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.keys import Keys
from webapp.models.interview import Custody
from webapp.services import audit, placing, receipts
from webapp.services.arrival import Arrival
from webapp.services.receipts import Given

if TYPE_CHECKING:
    from webapp.services.intake import Opened


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

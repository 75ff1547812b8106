"""Keeping what a revision brings: its bytes, its findings, its people and its list of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import documents, grading
from webapp.domain.documents import Document
from webapp.keys import Keys
from webapp.models.interview import Evidence, Member, Revision
from webapp.services import personal_numbers

if TYPE_CHECKING:
    from webapp.services.intake import Sent


def list_evidence(session: Session, digest: bytes, document: Document, path: str) -> set[bytes]:
    """Every file of the manifest has its row; returns those whose bytes are on disk already."""
    if not document.files:
        return set()
    rows = [
        {
            "interview_id": document.interview,
            "sealed_sha256": one.sealed_sha256,
            "kind": one.kind,
            "media_type": one.media_type,
            "sha256": one.sha256,
            "taken_at": one.taken_at,
            "listed_in": digest,
            "path": path,
            "author_id": document.account,
        }
        for one in document.files
    ]
    statement = insert(Evidence).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in _EVIDENCE_KEY}
    found = session.execute(
        statement.on_conflict_do_update(index_elements=_EVIDENCE_KEY, set_=changed).returning(
            Evidence.sealed_sha256, Evidence.received_at
        )
    )
    return {sealed for sealed, received in found if received is not None}


_EVIDENCE_KEY = ["interview_id", "sealed_sha256"]


def add_revision(
    session: Session,
    sent: Sent,
    document: Document,
    evaluation: dict[str, Any],
    bearing: dict[str, Any],
) -> None:
    """The revision as received, with what the engine says of it; added once, never changed."""
    kept = {name: evaluation[name] for name in ("failures", "indicators", "values", "missing")}
    session.execute(
        insert(Revision).values(
            interview_id=sent.interview,
            digest=sent.digest,
            number=document.number,
            based_on=list(document.based_on),
            path=bearing["path"],
            author_id=document.account,
            device_id=document.device,
            signature=sent.signature,
            questionnaire_id=document.questionnaire,
            app=document.app,
            ingest_key=sent.ingest_key,
            envelope=sent.envelope,
            answers=document.without_numbers(),
            evaluation=kept,
            findings=findings(document, bearing),
            finished_at=document.finished_at,
        )
    )


def findings(document: Document, bearing: dict[str, Any]) -> list[dict[str, Any]]:
    """What an inspector should look at; never an accusation and never a refusal."""
    found: list[dict[str, Any]] = []
    if bearing["inside"] is False:
        found.append({"code": "position_outside"})
    if document.position and document.position.accuracy > grading.WEAK_ACCURACY:
        found.append({"code": "position_inaccurate"})
    clock = document.content.get("clock") or {}
    if document.outcome == "interviewed" and not document.files and not document.position:
        found.append({"code": "evidence_without_file"})
    told = documents.day_of(clock.get("server_time"))
    if told and abs((document.interviewed_on - told).days) > 1:
        found.append({"code": "date_differs"})
    return found


def add_members(session: Session, keys: Keys, sent: Sent, document: Document, path: str) -> None:
    """Each person of the household as this revision has them."""
    rows = [
        _member(keys, sent, document, path, ordinal, one)
        for ordinal, one in enumerate(document.members, start=1)
    ]
    if rows:
        session.execute(insert(Member).values(rows))


def _member(
    keys: Keys, sent: Sent, document: Document, path: str, ordinal: int, one: dict[str, Any]
) -> dict[str, Any]:
    number = personal_numbers.digits_of(one.get("national_id"))
    about = f"members {sent.interview} {sent.digest.hex()} {ordinal}"
    return {
        "interview_id": sent.interview,
        "digest": sent.digest,
        "ordinal": ordinal,
        "member": one["id"],
        "path": path,
        "author_id": document.account,
        "name": " ".join(str(one.get(part) or "") for part in ("first_name", "last_name")).strip(),
        "sex": _short(one.get("sex")),
        "birth": _short(one.get("birth")),
        "national_id_sealed": personal_numbers.seal(keys.secrets["fields"], number, about)
        if number
        else None,
        "national_id_index": personal_numbers.index(keys.secrets["blind_index"], number)
        if number
        else None,
    }


def _short(value: Any) -> str | None:
    return str(value)[:40] if value else None

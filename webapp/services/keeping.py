"""Keeping what a revision brings: its bytes, its findings, its people and its list of files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from webapp.db import ask
from webapp.domain import documents, grading
from webapp.domain.documents import Document
from webapp.files import Kept
from webapp.keys import Keys
from webapp.services import audit, personal_numbers, progress, receipts

if TYPE_CHECKING:
    from webapp.services.intake import Sent

Row = dict[str, Any]

SHOWN = (
    "round_id",
    "household_id",
    "village_code",
    "path",
    "author_id",
    "device_id",
    "head_digest",
    "head_number",
    "state",
    "mode",
    "outcome",
    "has_conflict",
    "people",
    "hard_open",
    "soft_open",
    "explained",
    "given_to",
    "evidence_grade",
    "evidence_due",
    "point",
    "accuracy",
    "position_inside",
    "village_distance",
    "interviewed_on",
)
_REVISION = (
    "interview_id",
    "digest",
    "number",
    "based_on",
    "path",
    "author_id",
    "device_id",
    "signature",
    "questionnaire_id",
    "app",
    "ingest_key",
    "findings",
    "finished_at",
    "answers",
    "evaluation",
)
_MEMBER = (
    "interview_id",
    "digest",
    "ordinal",
    "member",
    "path",
    "author_id",
    "name",
    "sex",
    "birth",
    "national_id_sealed",
    "national_id_index",
)
_LISTED = ("kind", "media_type", "sha256", "taken_at", "listed_in", "path", "author_id")
_ARRIVED = ("received_at", "sealed_size", "ingest_key")
_FILE = ("interview_id", "sealed_sha256", *_LISTED, *_ARRIVED)


def _add(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    return f"insert into {table} ({names}) select {names} from {_rows(table)}"  # noqa: S608 (ours)


def _rows(table: str) -> str:
    return f"jsonb_populate_recordset(null::{table}, cast(%({table})s as jsonb))"


def _to_new(columns: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in columns)


def _unless_known(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = coalesce({table}.{name}, excluded.{name})" for name in columns)


# One statement: one journey to the database, and what many write to is locked for its time alone.
_KEEP = f"""
    with listed as ({_add("evidence", _FILE)}
        on conflict (interview_id, sealed_sha256) do update set {_to_new(_LISTED)},
            {_unless_known("evidence", _ARRIVED)}),
    shown as ({_add("interviews", ("id", *SHOWN))}
        on conflict (id) do update set {_to_new(SHOWN)}),
    kept as (insert into revisions ({", ".join(_REVISION)}, envelope)
        select {", ".join(_REVISION)}, sealed.unnest
        from rows from ({_rows("revisions")}, unnest(%(envelopes)b::bytea[])) as sealed),
    people as ({_add("members", _MEMBER)}),
    visited as (update households h set interview_id = n.interview_id, state = n.state,
        outcome = n.outcome, evidence_grade = n.evidence_grade,
        point = n.point, accuracy = n.accuracy
        from {_rows("households")} n where h.id = n.id),
    counted as ({progress.ADD}),
    audited as ({audit.ADD})
    {receipts.ADD}
"""  # noqa: S608 (column names of our own)


@dataclass
class Rows:
    """What one delivery adds to each table, as JSON; an empty list leaves a table alone."""

    envelope: bytes
    tables: dict[str, list[Row]]


_SAID = ("failures", "indicators", "values", "missing")
_TABLES = (
    "evidence",
    "interviews",
    "revisions",
    "members",
    "households",
    "audit_entries",
    "receipts",
)


def write(session: Session, deliveries: Sequence[Rows]) -> None:
    """Everything of these deliveries is in the register, or nothing.

    No interview and no household may be in two of them.
    """
    given = {
        table: _json([row for one in deliveries for row in one.tables.get(table, [])])
        for table in _TABLES
    }
    counts = [row for one in deliveries for row in one.tables.get("village_progress", [])]
    given["village_progress"] = _json(progress.together(counts))
    ask(session, _KEEP, given | {"envelopes": [one.envelope for one in deliveries]})


_json = json.JSONEncoder(ensure_ascii=False).encode


def came(brought: Iterable[Kept], ingest_key: str, now: datetime) -> dict[bytes, Row]:
    """What a row of a file says once its bytes are on disk, by the digest of those bytes."""
    held = {"received_at": now.isoformat(), "ingest_key": ingest_key}
    return {one.sha256: held | {"sealed_size": one.size} for one in brought}


def files(digest: bytes, document: Document, path: str, arrived: Mapping[bytes, Row]) -> list[Row]:
    """A row for every file of the manifest; one that came before it keeps what it has."""
    return [
        {
            "interview_id": str(document.interview),
            "sealed_sha256": octets(one.sealed_sha256),
            "kind": one.kind,
            "media_type": one.media_type,
            "sha256": octets(one.sha256),
            "taken_at": one.taken_at,
            "listed_in": octets(digest),
            "path": path,
            "author_id": str(document.account),
        }
        | arrived.get(one.sealed_sha256, {})
        for one in document.files
    ]


def revision(sent: Sent, document: Document, evaluation: Row, bearing: dict[str, Any]) -> Row:
    """The revision as received; added once, never changed."""
    finished_at = document.finished_at
    return {
        "interview_id": str(sent.interview),
        "digest": octets(sent.digest),
        "number": document.number,
        "based_on": [octets(one) for one in document.based_on],
        "path": bearing["path"],
        "author_id": str(document.account),
        "device_id": str(document.device),
        "signature": octets(sent.signature),
        "questionnaire_id": document.questionnaire,
        "app": document.app,
        "ingest_key": sent.ingest_key,
        "findings": findings(document, bearing),
        "finished_at": finished_at.isoformat() if finished_at else None,
        "answers": document.without_numbers(),
        "evaluation": {name: evaluation[name] for name in _SAID},
    }


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
    corrects = document.content.get("review") is not None  # of the day of the visit, not of today
    if told and not corrects and abs((document.interviewed_on - told).days) > 1:
        found.append({"code": "date_differs"})
    if _left_unexplained(document):
        found.append({"code": "member_unexplained"})
    return found


def _left_unexplained(document: Document) -> bool:
    """Somebody of last year's list was taken out, and nothing says why; odd lists say nothing."""
    roster = document.content.get("roster")
    here = {one["id"] for one in document.members}
    return isinstance(roster, list) and any(
        isinstance(one, dict) and one.get("member") not in here and not one.get("left")
        for one in roster
    )


def members(keys: Keys, sent: Sent, document: Document, path: str) -> list[Row]:
    """Each person of the household as this revision has them."""
    return [
        _member(keys, sent, document, path, ordinal, one)
        for ordinal, one in enumerate(document.members, start=1)
    ]


def _member(
    keys: Keys, sent: Sent, document: Document, path: str, ordinal: int, one: dict[str, Any]
) -> Row:
    number = personal_numbers.digits_of(one.get("national_id"))
    about = f"members {sent.interview} {sent.digest.hex()} {ordinal}"
    row = {
        "interview_id": str(sent.interview),
        "digest": octets(sent.digest),
        "ordinal": ordinal,
        "member": one["id"],
        "path": path,
        "author_id": str(document.account),
        "name": " ".join(str(one.get(part) or "") for part in ("first_name", "last_name")).strip(),
        "sex": _short(one.get("sex")),
        "birth": _short(one.get("birth")),
    }
    if number:
        sealed = personal_numbers.seal(keys.secrets["fields"], number, about)
        row["national_id_sealed"] = octets(sealed)
        row["national_id_index"] = octets(
            personal_numbers.index(keys.secrets["blind_index"], number)
        )
    return row


def octets(content: bytes) -> str:
    """Bytes as PostgreSQL reads them in a text."""
    return rf"\x{content.hex()}"


def _short(value: Any) -> str | None:
    return str(value)[:40] if value else None

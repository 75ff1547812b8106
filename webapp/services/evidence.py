"""Taking evidence files, and saying when an interview is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.db import ask
from webapp.domain import grading
from webapp.domain.documents import FILES
from webapp.files import Kept
from webapp.keys import Keys
from webapp.services import progress, receipts
from webapp.services.progress import Tally
from webapp.services.receipts import Given

_ARRIVE = "select jpt_file_arrival(%(interview)s, %(sealed)s, %(size)s, %(key)s, %(at)s)"
# The last part is done first: household, interview, village, as everybody else takes them.
_SHOW = f"""
    with counted as ({progress.ADD}),
    shown as (update interviews set evidence_grade = %(grade)s, evidence_due = %(due)s
        where id = %(interview)s),
    visited as (update households set evidence_grade = %(grade)s
        where id = %(household)s and interview_id = %(interview)s
            and evidence_grade <> %(grade)s)
    {receipts.ADD}
"""  # noqa: S608 (statements of our own)


@dataclass(frozen=True)
class Taken:
    """What the phone is told of a file: the best receipt of a revision that lists it, if any.

    Who brings some other file learns nothing of the interview.
    """

    receipt: Given | None
    is_new: bool


@dataclass(frozen=True)
class _Manifest:
    """What one revision lists."""

    number: int
    digest: bytes
    listed: list[dict[str, Any]]

    @property
    def files(self) -> frozenset[bytes]:
        return frozenset(
            bytes.fromhex(one["sealed_sha256"]) for one in self.listed if one.get("kind") in FILES
        )


@dataclass(frozen=True)
class _Arrival:
    """What the register holds of the interview, with this file."""

    is_new: bool
    held: dict[bytes, str | None]
    manifests: list[_Manifest]
    receipts: dict[bytes, Given]
    interview: dict[str, Any] | None


def take(
    session: Session, keys: Keys, interview: UUID, kept: Kept, ingest_key: str, now: datetime
) -> Taken:
    """The file on disk is the interview's; the last one of a manifest makes its receipt `complete`.

    Idempotent. A file may come before the revision that lists it. The transaction's scope must be
    the register's own, for this interview.
    """
    found = _arrive(session, interview, kept, ingest_key, now)
    completed = {
        one.digest: receipts.sign_for(keys, interview, one.digest, "complete", found.held, now)
        for one in found.manifests
        if _is_completed(one, found, kept)
    }
    if found.interview and (found.is_new or completed):
        _show(session, interview, found, completed)
    known = found.receipts | completed
    told = [known.get(one.digest) for one in _newest_first(found) if kept.sha256 in one.files]
    best = next((one for one in told if one), None)
    return Taken(best, found.is_new)


def _arrive(
    session: Session, interview: UUID, kept: Kept, ingest_key: str, now: datetime
) -> _Arrival:
    asked = {"interview": interview, "sealed": kept.sha256, "size": kept.size}
    [(found,)] = ask(session, _ARRIVE, asked | {"key": ingest_key, "at": now})
    return _Arrival(
        found["is_new"],
        {bytes.fromhex(sealed): kind for sealed, kind in found["held"].items()},
        [
            _Manifest(number, bytes.fromhex(digest), listed)
            for number, digest, listed in found["manifests"]
        ],
        receipts.best((bytes.fromhex(one), *rest) for one, *rest in found["receipts"]),
        found["interview"],
    )


def _newest_first(found: _Arrival) -> list[_Manifest]:
    return sorted(found.manifests, key=lambda one: one.number, reverse=True)


def _is_completed(manifest: _Manifest, found: _Arrival, kept: Kept) -> bool:
    """This file was the last that the manifest waited for."""
    given = found.receipts.get(manifest.digest)
    is_data = given is not None and given.level == "data"
    return is_data and kept.sha256 in manifest.files and manifest.files <= found.held.keys()


def _show(
    session: Session, interview: UUID, found: _Arrival, completed: dict[bytes, Given]
) -> None:
    """Interview, household and village show what the evidence held now is worth."""
    shown = found.interview or {}
    head = next(one for one in found.manifests if one.digest.hex() == shown["head_digest"])
    grade = grading.grade(
        grading.Shown(
            kinds=frozenset(found.held[one] or "" for one in head.files & found.held.keys()),
            accuracy=shown["accuracy"],
            inside=shown["position_inside"],
            note=any(one["kind"] == "other" and one.get("note") for one in head.listed),
        )
    )
    place = shown["round_id"], shown["village_code"], shown["path"]
    before, after = Tally("", shown["evidence_grade"]), Tally("", grade)
    counts = progress.difference(*place, before, after) if shown["counts"] else []
    values = {
        "interview": interview,
        "household": UUID(shown["household_id"]),
        "grade": grade,
        "due": len(head.files - found.held.keys()),
        "village_progress": json.dumps(counts),
        "receipts": json.dumps(
            [receipts.row(interview, digest, given) for digest, given in completed.items()]
        ),
    }
    ask(session, _SHOW, values)

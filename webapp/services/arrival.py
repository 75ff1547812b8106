"""What the register knows when an interview arrives: asked once, under the interview's lock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from webapp.db import ask
from webapp.services import receipts
from webapp.services.receipts import Given

if TYPE_CHECKING:
    from webapp.services.intake import Opened

_ASK = """
    select jpt_arrival(interview, digest, household, device, author, village, round, point)
    from jsonb_to_recordset(%(asked)s) as asked (interview uuid, digest bytea, household uuid,
        device uuid, author uuid, village text, round text, point text)
"""
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Arrival:
    """What was known of interview, household and author before this delivery.

    `bearing` says who the author is, where the village lies and what is open; `household` and
    `interview` are None where there is none yet; `revisions` are number, digest and bases.
    """

    receipts: dict[bytes, Given]
    held: frozenset[bytes]
    bearing: dict[str, Any]
    household: dict[str, Any] | None
    interview: dict[str, Any] | None
    revisions: list[tuple[int, bytes, list[bytes]]]

    @property
    def path(self) -> str | None:
        """The village's, where the document names one that there is."""
        found: str | None = self.bearing.get("path")
        return found


def of(session: Session, opened: Sequence[Opened], *, anew: bool = False) -> list[Arrival]:
    """All that receiving needs to know of each, in one question.

    The next delivery of any of these interviews waits until this one has ended. `anew` asks all of
    it though there is a receipt: what was in custody is to be placed.
    """
    asked = {"asked": _json([_asked(one) | ({"digest": "\\x"} if anew else {}) for one in opened])}
    return [_told(found) for (found,) in ask(session, _ASK, asked)]


def _asked(opened: Opened) -> dict[str, Any]:
    sent, document = opened.sent, opened.document
    device = sent.device or (document.device if document else None)
    asked = {
        "interview": str(sent.interview),
        "digest": rf"\x{sent.digest.hex()}",
        "device": str(device) if device else None,
        "point": "",
    }
    if document is None:
        return asked
    return asked | {
        "household": str(document.household),
        "author": str(document.account),
        "village": document.village,
        "round": document.round,
        "point": document.position.ewkt if document.position else "",
    }


def _told(found: dict[str, Any]) -> Arrival:
    return Arrival(
        receipts=receipts.best((bytes.fromhex(one), *rest) for one, *rest in found["receipts"]),
        held=frozenset(bytes.fromhex(one) for one in found["held"]),
        bearing=found.get("bearing") or {},
        household=found.get("household"),
        interview=found.get("interview"),
        revisions=[
            (number, bytes.fromhex(digest), [bytes.fromhex(one) for one in bases])
            for number, digest, bases in found.get("revisions") or []
        ],
    )

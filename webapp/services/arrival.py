"""What the register knows when an interview arrives: asked once, under the interview's lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain.documents import Document
from webapp.services import receipts
from webapp.services.receipts import Given

_ASK = text(
    "select jpt_arrival(:interview, :digest, cast(:household as uuid), cast(:device as uuid), "
    "cast(:author as uuid), cast(:village as text), cast(:round as text), cast(:point as text))"
)


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


def of(
    session: Session,
    interview: UUID,
    digest: bytes,
    device: UUID | None,
    document: Document | None,
) -> Arrival:
    """All that receiving needs to know, in one question; the next delivery waits for this one."""
    asked: dict[str, Any] = {
        "interview": interview,
        "digest": digest,
        "device": device,
        "point": "",
    }
    asked |= {"household": None, "author": None, "village": None, "round": None, "point": ""}
    if document is not None:
        asked |= {
            "household": document.household,
            "device": device or document.device,
            "author": document.account,
            "village": document.village,
            "round": document.round,
            "point": document.position.ewkt if document.position else "",
        }
    found: dict[str, Any] = session.execute(_ASK, asked).scalar_one()
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

"""Interviews sent back to a volunteer: what the phone is told, for as long as they are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

PAGE = 20
_RETURNS = text("select * from jpt_returns(:transaction, :decision, :horizon, :page)")
_OPEN = text("select interview, xid from jpt_open_returns()")


@dataclass(frozen=True)
class Since:
    """Returns up to this transaction and decision have been handed out."""

    transaction: int = 0
    decision: int = 0


FROM_THE_START = Since()


@dataclass(frozen=True)
class Told:
    """Returns decided since, where to go on, and every interview that is still to be corrected.

    Not `settled` are decisions that a transaction still under way keeps back.
    """

    returned: list[dict[str, Any]]
    since: Since
    more: bool
    live: list[str]
    settled: bool


def given_back(session: Session, since: Since, horizon: int) -> Told:
    """What came back to the asking volunteer, in order of decision, of the current round.

    `live` names all of theirs, so that a phone forgets one that was settled, withdrawn or given to
    somebody else. `horizon` is the oldest transaction still open: only what is older is told.
    """
    asked = {"transaction": since.transaction, "decision": since.decision}
    rows = session.execute(_RETURNS, asked | {"horizon": horizon, "page": PAGE}).all()
    live = session.execute(_OPEN).all()
    last = Since(rows[-1].xid, rows[-1].decision) if rows else since
    return Told(
        [_returned(row) for row in rows],
        last,
        len(rows) == PAGE,
        sorted(str(one.interview) for one in live),
        all(one.xid < horizon for one in live),
    )


def _returned(row: Any) -> dict[str, Any]:
    return {
        "interview": str(row.interview),
        "household": str(row.household),
        "village": row.village,
        "house_number": row.house_number,
        "decision": row.decision,
        "kind": row.kind,
        "reason": row.reason,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "comments": _comments(row),
        "answers": row.answers,
        "numbers": row.numbers,
        "base": [row.head.hex()],
        "number": row.number,
    }


def _comments(row: Any) -> list[dict[str, str]]:
    """Each kind of evidence asked again is a line of its own; a return says at least one thing."""
    said: list[dict[str, str]] = row.comments
    asked = [f"evidence.{kind}" for kind in row.kinds]
    told = {one["about"] for one in said}
    found = said + [{"about": about, "comment": ""} for about in asked if about not in told]
    whole = "evidence" if row.kind == "evidence_again" else ""
    return found or [{"about": whole, "comment": ""}]

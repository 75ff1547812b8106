"""What a household said again, as the phone sealed it: read with limits, never trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from webapp.domain.documents import Unreadable
from webapp.domain.forum.calls import OUTCOMES

KIND = "back_check"
RESPONDENTS = ("same", "other", "unknown")
MOST_ANSWERS, LONGEST_NOTE = 40, 300


@dataclass(frozen=True)
class Result:
    """One household asked again, or why it could not be; `answers` are as they were said.

    Who did not agree has refused, whatever else the phone says.
    """

    id: UUID
    forum: UUID
    household: UUID
    account: UUID
    device: UUID
    app: str
    outcome: str
    note: str
    respondent: str | None
    answers: dict[str, Any]
    declined: tuple[str, ...]
    finished_at: datetime | None


def is_one(found: Any) -> bool:
    """Whether these parsed bytes say that they are such a result."""
    return isinstance(found, dict) and found.get("kind") == KIND


def read(found: dict[str, Any]) -> Result:
    """The result in this JSON.

    Raises:
        Unreadable: a part that comparing needs is missing or odd.
    """
    try:
        return _result(found)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unreadable(type(error).__name__) from error


def _result(found: dict[str, Any]) -> Result:
    if found["schema"] != 1 or found["outcome"] not in OUTCOMES:
        raise Unreadable("schema")
    answers, declined = found["answers"], found.get("declined", [])
    if not isinstance(answers, dict) or len(answers) > MOST_ANSWERS:
        raise Unreadable("answers")
    if not isinstance(declined, list) or len(declined) > MOST_ANSWERS:
        raise Unreadable("declined")
    outcome, respondent = found["outcome"], found.get("respondent")
    if outcome == "asked" and found["notice"].get("agreed") is not True:
        outcome = "refused"
    if respondent not in (None, *RESPONDENTS):
        raise Unreadable("respondent")
    return Result(
        id=UUID(found["interview"]),
        forum=UUID(found["forum"]),
        household=UUID(found["household"]["id"]),
        account=UUID(found["author"]["account"]),
        device=UUID(found["author"]["device"]),
        app=str(found.get("app", ""))[:40],
        outcome=outcome,
        note=str(found.get("outcome_note") or "")[:LONGEST_NOTE],
        respondent=respondent,
        answers=answers if outcome == "asked" else {},
        declined=tuple(str(one) for one in declined),
        finished_at=_moment(found.get("finished_at")),
    )


def _moment(told: Any) -> datetime | None:
    moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None

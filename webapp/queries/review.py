"""One interview as an inspector decides on it: what was decided before, last year, neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased, defer

from webapp.domain import answer_words, questionnaire
from webapp.models.household import Household
from webapp.models.interview import Interview, Revision
from webapp.queries.interviews import Shown

MOST_NEIGHBOURS = 300
_DECISIONS = text("select * from jpt_decisions(:interview)")


@dataclass(frozen=True)
class Decided:
    """One decision of before, with the names of who decided and who has to correct."""

    id: int
    decision: str
    reason: str
    deadline: date | None
    kinds: Sequence[str]
    digest: bytes
    decided_at: datetime
    decided_by: str
    given_to: str | None
    batch: UUID | None
    comments: Sequence[dict[str, str]]


@dataclass(frozen=True)
class LastYear:
    """What the same household answered in the round before, by the key of each line."""

    round_id: str
    answers: dict[str, str]
    people: int


@dataclass(frozen=True)
class Neighbour:
    """Where another interview of the village was made (EPSG:4326)."""

    longitude: float
    latitude: float
    is_accepted: bool


def decided(session: Session, interview: UUID) -> list[Decided]:
    """What has been decided on the interview, the newest first."""
    rows = session.execute(_DECISIONS, {"interview": interview}).mappings()
    return [Decided(**row) for row in rows]


def last_year(session: Session, shown: Shown) -> LastYear | None:
    """The household's answers of the round before, where it was carried over and interviewed then.

    Lines are compared by their key: questions keep theirs, people theirs within a round's list.
    """
    now = aliased(Household)
    before = select(now.previous_id).where(now.id == shown.interview.household_id)
    head = session.scalars(
        select(Revision)
        .options(defer(Revision.envelope, raiseload=True))
        .join(
            Interview,
            (Interview.id == Revision.interview_id) & (Interview.head_digest == Revision.digest),
        )
        .join(Household, Household.interview_id == Interview.id)
        .where(Household.id == before.scalar_subquery())
    ).one_or_none()
    if head is None or not questionnaire.exists(head.questionnaire_id):
        return None
    parts = answer_words.parts_of(
        questionnaire.load(head.questionnaire_id), head.answers, (), head.evaluation.get("values")
    )
    lines = {line.key: line.answer for part in parts for line in part.lines}
    return LastYear(str(head.answers.get("round", "")), lines, _people(head.answers))


def neighbours(session: Session, shown: Shown) -> list[Neighbour]:
    """Where the village's other households were interviewed, 300 at most."""
    rows = session.execute(
        select(func.st_x(Household.point), func.st_y(Household.point), Household.state)
        .where(
            Household.round_id == shown.interview.round_id,
            Household.village_code == shown.interview.village_code,
            Household.state.in_(("received", "accepted", "returned")),
            Household.point.is_not(None),
            Household.id != shown.interview.household_id,
        )
        .limit(MOST_NEIGHBOURS)
    )
    return [
        Neighbour(longitude, latitude, state == "accepted") for longitude, latitude, state in rows
    ]


def _people(document: dict[str, Any]) -> int:
    return len(document.get("members", []))

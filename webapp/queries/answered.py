"""The return that an interview's head revision answers, comment by comment; replies to findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import answer_changes, answer_words, answered
from webapp.domain.answer_changes import Change
from webapp.domain.answer_words import Part
from webapp.domain.answered import Line, Told
from webapp.models.interview import Revision
from webapp.models.review import Decision, DecisionComment, FindingReply


@dataclass(frozen=True)
class Answer:
    """What was asked and when, each line of it with its answer, and what else was changed."""

    reason: str
    asked_at: datetime
    lines: list[Line]
    others: list[Change]

    @property
    def unanswered(self) -> int:
        """Lines that are neither otherwise now nor defended."""
        return sum(one.kind == "open" for one in self.lines)


@dataclass(frozen=True)
class Reply:
    """What the volunteer concerned says to a finding."""

    text: str
    at: datetime


def read(
    session: Session, definition: dict[str, Any], head: Revision, history: Sequence[Revision]
) -> Answer | None:
    """The answer that the head revision gives to a return of its interview; None without one."""
    said = answered.review_of(head.answers)
    decision = session.get(Decision, said[0]) if said and definition else None
    if said is None or decision is None or decision.interview_id != head.interview_id:
        return None
    asked = _asked(session, decision)
    base = next((one for one in history if one.digest == decision.digest), None)
    told, parts = _told(definition, base, head)
    abouts = [about for about, _ in asked]
    return Answer(
        decision.reason,
        decision.created_at,
        answered.lines(asked, said[1], told, _labels(definition, parts)),
        answered.others(abouts, told.changes),
    )


def replies(session: Session, of: Iterable[int]) -> dict[int, list[Reply]]:
    """What volunteers replied to these findings, the oldest first."""
    rows = session.execute(
        select(FindingReply.finding_id, FindingReply.text, FindingReply.created_at)
        .where(FindingReply.finding_id.in_(list(of)))
        .order_by(FindingReply.id)
    )
    found: dict[int, list[Reply]] = defaultdict(list)
    for finding, text, at in rows:
        found[finding].append(Reply(text, at))
    return dict(found)


def _asked(session: Session, decision: Decision) -> list[tuple[str, str]]:
    """Each line with its comment; kinds of evidence without one stand for themselves."""
    rows = session.execute(
        select(DecisionComment.about, DecisionComment.comment)
        .where(DecisionComment.decision_id == decision.id)
        .order_by(DecisionComment.ordinal)
    )
    asked = [(about, comment) for about, comment in rows]
    named = {about for about, _ in asked}
    kinds = [f"evidence.{kind}" for kind in decision.kinds]
    found = asked + [(about, "") for about in kinds if about not in named]
    return found or [("evidence" if decision.decision == "evidence_again" else "", "")]


def _told(
    definition: dict[str, Any], base: Revision | None, head: Revision
) -> tuple[Told, list[Part]]:
    same = base is not None and base.questionnaire_id == head.questionnaire_id
    old = answer_words.parts_of(definition, base.answers) if base and same else []
    new = answer_words.parts_of(definition, head.answers)
    before, after = (
        {line.key: line.answer for part in parts for line in part.lines} for parts in (old, new)
    )
    changes = answer_changes.between(old, new) if same else []
    return Told(base.answers if base else {}, head.answers, before, after, changes), [*old, *new]


def _labels(definition: dict[str, Any], parts: Iterable[Part]) -> dict[str, str]:
    """What each line is called; a person's lines with their name."""
    told = {one["id"]: one["text_th"] for one in definition["questions"]}
    told |= {f"cover.{one['id']}": one["label_th"] for one in definition["cover"]}
    fields = {one["id"]: one["label_th"] for one in definition["members"]}
    for part in parts:
        if part.key.startswith("members."):
            told[part.key] = part.title
            told |= {f"{part.key}.{id}": f"{part.title}: {label}" for id, label in fields.items()}
    return told

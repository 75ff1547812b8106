"""Placing a revision: household, interview, head, people, evidence and the village's counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.domain import grading
from webapp.domain.documents import Document
from webapp.keys import Keys
from webapp.models.household import Household
from webapp.models.interview import Custody, Interview, Revision
from webapp.services import keeping, progress
from webapp.services.progress import Tally

if TYPE_CHECKING:
    from webapp.services.intake import Sent


@dataclass(frozen=True)
class Placed:
    """Where a revision ended: files held and missing, and whether it stands beside another."""

    held: list[bytes]
    missing: list[bytes]
    in_conflict: bool


def household_of(session: Session, document: Document, path: str) -> Household | None:
    """The household, locked until the act ends; one found by the volunteer is added.

    None where the list has no such household in that village.
    """
    found = session.get(Household, document.household, with_for_update=True)
    if found is None and document.new_household:
        found = Household(
            id=document.household,
            round_id=document.round,
            village_code=document.village,
            path=path,
            house_number=document.house_number,
            origin="volunteer",
            state="todo",
            evidence_grade="none",
        )
        session.add(found)
        session.flush()
        progress.shift(session, document.round, document.village, path, None, Tally("todo"))
    return found if found is not None and found.village_code == document.village else None


def place(
    session: Session,
    keys: Keys,
    sent: Sent,
    document: Document,
    evaluation: dict[str, Any],
    bearing: dict[str, Any],
    household: Household,
) -> Placed:
    """The revision is kept as received; the interview shows its head; the village counts agree."""
    held = keeping.list_evidence(session, sent.digest, document, bearing["path"])
    missing = [one.sealed_sha256 for one in document.files if one.sealed_sha256 not in held]
    interview = session.get(Interview, document.interview)
    before = _tally(session, household, interview)
    if interview is None:
        interview = Interview(
            id=document.interview, **_shown(sent.digest, document, evaluation, bearing, held)
        )
        session.add(interview)
        session.flush()
    keeping.add_revision(session, sent, document, evaluation, bearing)
    keeping.add_members(session, keys, sent, document, bearing["path"])
    leaves = _leaves(session, document)
    head = max(leaves)
    if head[1] == sent.digest:
        for name, value in _shown(sent.digest, document, evaluation, bearing, held).items():
            setattr(interview, name, value)
        _show_on_household(household, document, interview)
        after = _tally_of(household, interview, evaluation)
        session.flush()
        progress.shift(session, document.round, document.village, household.path, before, after)
    if interview.has_conflict and len(leaves) == 1:
        _settle_conflicts(session, interview.id)
    interview.has_conflict = len(leaves) > 1
    session.flush()
    return Placed(
        sorted(held), missing, len(leaves) > 1 and (document.number, sent.digest) in leaves
    )


def _settle_conflicts(session: Session, interview: UUID) -> None:
    """A conflict that a later revision brought together needs nobody any more."""
    session.execute(
        update(Custody)
        .where(Custody.interview_id == interview, Custody.reason == "conflict")
        .where(Custody.resolved_at.is_(None))
        .values(resolved_at=func.now(), resolution="brought together by a later revision")
    )


def mark_custody(session: Session, document: Document) -> None:
    """A household whose only interview is in custody shows that a person must look."""
    household = session.get(Household, document.household, with_for_update=True)
    if household is None or household.interview_id or household.state != "todo":
        return
    household.state = "custody"
    session.flush()
    progress.shift(
        session,
        household.round_id,
        household.village_code,
        household.path,
        Tally("todo"),
        Tally("custody"),
    )


def _shown(
    digest: bytes,
    document: Document,
    evaluation: dict[str, Any],
    bearing: dict[str, Any],
    held: set[bytes],
) -> dict[str, Any]:
    """What the interview shows of its head revision."""
    position = document.position
    open_failures = _open_failures(document, evaluation)
    return {
        "round_id": document.round,
        "household_id": document.household,
        "village_code": document.village,
        "path": bearing["path"],
        "author_id": document.account,
        "device_id": document.device,
        "head_digest": digest,
        "head_number": document.number,
        "state": "received",
        "mode": document.mode,
        "outcome": document.outcome,
        "people": len(document.members) if document.outcome == "interviewed" else 0,
        "hard_open": sum(one["severity"] == "hard" for one in open_failures),
        "soft_open": sum(one["severity"] == "soft" for one in open_failures),
        "evidence_grade": grade(document, held, bearing["inside"]),
        "evidence_due": sum(one.sealed_sha256 not in held for one in document.files),
        "point": position.ewkt if position else None,
        "accuracy": position.accuracy if position else None,
        "position_inside": bearing["inside"],
        "village_distance": bearing["distance"],
        "interviewed_on": document.interviewed_on,
    }


def grade(document: Document, held: set[bytes], inside: bool | None) -> str:
    """The evidence grade by what the register really holds."""
    kinds = frozenset(one.kind for one in document.files if one.sealed_sha256 in held)
    accuracy = document.position.accuracy if document.position else None
    return grading.grade(grading.Shown(kinds, accuracy, inside, document.has_note))


def _open_failures(document: Document, evaluation: dict[str, Any]) -> list[dict[str, Any]]:
    """Edit failures without an explanation; only an interview can fail, not a refusal."""
    if document.outcome != "interviewed":
        return []
    explained = document.content.get("explanations") or {}
    return [
        one
        for one in evaluation["failures"]
        if not explained.get(f"{one['id']}:{one['member']}" if one.get("member") else one["id"])
    ]


def _leaves(session: Session, document: Document) -> list[tuple[int, bytes]]:
    """Revisions that no other is based on, by number and digest: one, unless they conflict."""
    rows = session.execute(
        select(Revision.number, Revision.digest, Revision.based_on).where(
            Revision.interview_id == document.interview
        )
    ).all()
    based = {digest for _, _, bases in rows for digest in bases}
    return [(number, digest) for number, digest, _ in rows if digest not in based]


def _show_on_household(household: Household, document: Document, interview: Interview) -> None:
    household.interview_id = document.interview
    household.state = "received" if document.outcome == "interviewed" else "closed"
    household.outcome = document.outcome
    household.evidence_grade = interview.evidence_grade
    if document.position:
        household.point = document.position.ewkt  # type: ignore[assignment]  # EWKT is taken too
        household.accuracy = document.position.accuracy


def _tally(session: Session, household: Household, interview: Interview | None) -> Tally:
    if interview is None:
        return Tally(household.state)
    evaluation = session.scalar(
        select(Revision.evaluation).where(
            Revision.interview_id == interview.id, Revision.digest == interview.head_digest
        )
    )
    return _tally_of(household, interview, evaluation or {"indicators": []})


def _tally_of(household: Household, interview: Interview, evaluation: dict[str, Any]) -> Tally:
    """A refusal or an empty house has no indicators: nothing of it enters the figures."""
    if interview.outcome != "interviewed":
        return Tally(household.state, interview.evidence_grade)
    return progress.of_evaluation(
        household.state, interview.evidence_grade, interview.people, evaluation
    )


def regrade(session: Session, interview: Interview, grade_now: str, due: int) -> None:
    """Another file is held: interview, household and village show the grade it makes."""
    grade_before = interview.evidence_grade
    session.execute(
        update(Interview)
        .where(Interview.id == interview.id)
        .values(evidence_grade=grade_now, evidence_due=due)
    )
    if grade_now == grade_before:
        return
    session.execute(
        update(Household)
        .where(Household.id == interview.household_id, Household.interview_id == interview.id)
        .values(evidence_grade=grade_now)
    )
    progress.shift(
        session,
        interview.round_id,
        interview.village_code,
        interview.path,
        Tally("", grade_before),
        Tally("", grade_now),
    )

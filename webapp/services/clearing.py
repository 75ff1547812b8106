"""What people decide about a check's exceptions: in order, opened again, read, explained."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.areas import AreaLevel
from webapp.domain.problems import Problem
from webapp.domain.quality import area, income
from webapp.models.area import Area
from webapp.models.interview import Interview
from webapp.models.quality import (
    SUBJECTS,
    Clearance,
    Explanation,
    ExplanationRead,
    VillageQuality,
)
from webapp.models.review import Finding
from webapp.models.survey_round import Round
from webapp.services import audit

CLEARED = (area.NO, income.NO)
"""Checks whose exceptions may be in order as they are; the others are settled where they arose."""


def clear(
    session: Session,
    actor: Actor,
    interview: UUID,
    check: int,
    reason: str,
    *,
    undo: bool = False,
    seen: bytes = b"",
) -> str:
    """The interview's exception is in order, for the revision seen; its village.

    `undo`: it is open again. Both are added, with reason and author; a later revision is looked at
    anew. `seen` is the digest of the revision that was shown; empty for the one that stands.

    Raises:
        Problem: `reason` without one, `not-found` out of the asker's areas, `malformed` for a
            check whose exceptions are settled elsewhere, `newer-revision` where one came meanwhile.
    """
    if check not in CLEARED:
        raise Problem("malformed")
    reason = _words(reason, 300)
    found = as_seen(session, interview, seen)
    note(session, actor, found, check, reason, undo=undo)
    if check == income.NO:
        _findings_follow(session, actor, interview, reason, undo=undo)
    return found.village_code


def note(
    session: Session, actor: Actor, found: Interview, check: int, reason: str, *, undo: bool
) -> None:
    """The decision is added, for the revision seen now, and in the audit log."""
    session.add(
        Clearance(
            round_id=found.round_id,
            check_no=check,
            household_id=found.household_id,
            interview_id=found.id,
            digest=found.head_digest,
            village_code=found.village_code,
            path=found.path,
            is_cleared=not undo,
            reason=reason,
            made_by=actor.account,
        )
    )
    session.flush()
    audit.note(
        session,
        "quality.opened" if undo else "quality.cleared",
        actor.account,
        found.path,
        interview=str(found.id),
        check=check,
        reason=reason,
    )


def _findings_follow(
    session: Session, actor: Actor, interview: UUID, reason: str, *, undo: bool
) -> None:
    """What was found in order on the sheet is explained where it is reviewed, and back."""
    was, becomes = ("explained", "open") if undo else ("open", "explained")
    session.execute(
        update(Finding)
        .where(Finding.interview_id == interview, Finding.source == "income", Finding.state == was)
        .values(
            state=becomes,
            closed_at=None if undo else func.now(),
            closed_by=None if undo else actor.account,
            closing_reason=None if undo else reason,
        )
    )


def read(session: Session, actor: Actor, interview: UUID, seen: bytes = b"") -> str:
    """The explanations of the revision seen have been read by the asker; its village.

    Raises:
        Problem: `not-found` out of the asker's areas, `newer-revision` where one came meanwhile.
    """
    found = as_seen(session, interview, seen)
    key = {"interview_id": interview, "digest": found.head_digest}
    new = insert(ExplanationRead).values(**key, path=found.path, made_by=actor.account)
    session.execute(new.on_conflict_do_nothing())
    audit.note(session, "quality.read", actor.account, found.path, interview=str(interview))
    return found.village_code


def explain(session: Session, actor: Actor, village: str, subject: str, words: str) -> None:
    """Why the village's figure is as it is now; for another figure it is to be said anew.

    Raises:
        Problem: `reason` without words, `not-found` out of the asker's areas, `moved-on` where
            the figure needs no explaining any more.
    """
    words = _words(words, 750)
    path = session.scalar(
        select(Area.path).where(Area.code == village, Area.level == AreaLevel.VILLAGE)
    )
    if path is None or not actor.works_in(path) or subject not in SUBJECTS:
        raise Problem("not-found")
    figure = _figure(session, village, subject)
    if figure is None:
        raise Problem("moved-on")
    session.add(
        Explanation(
            round_id=_current(session),
            village_code=village,
            path=path,
            subject=subject,
            figure=figure,
            text=words,
            made_by=actor.account,
        )
    )
    session.flush()
    said = {"subject": subject, "figure": figure}
    audit.note(session, "quality.explained", actor.account, path, after=said, village=village)


_WHERE = {
    "houses": ("4", "own:houses_off"),
    "population": ("4", "own:population_off"),
    "income_change": ("8", "own:change"),
}


def _figure(session: Session, village: str, subject: str) -> int | None:
    """The figure as it was last reckoned."""
    kept = session.get(VillageQuality, (_current(session), village))
    check, name = _WHERE[subject]
    found = kept.figures.get(check, {}).get(name) if kept else None
    return None if found is None else int(found)


def as_seen(session: Session, interview: UUID, seen: bytes) -> Interview:
    """The interview, if the revision `seen` still stands; an empty digest asks for no revision.

    Raises Problem `not-found`, `newer-revision`.
    """
    found = session.get(Interview, interview)
    if found is None:
        raise Problem("not-found")
    if seen and found.head_digest != seen:
        raise Problem("newer-revision")
    return found


def _words(written: str, longest: int) -> str:
    words = " ".join(written.split())[:longest]
    if not words:
        raise Problem("reason")
    return words


def _current(session: Session) -> str:
    return session.scalars(select(Round.id).where(Round.is_current)).one()

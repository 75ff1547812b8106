"""What people decide about a check's exceptions: in order, opened again, read, explained."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
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
from webapp.models.survey_round import Round
from webapp.services import audit

CLEARED = (area.NO, income.NO)
"""Checks whose exceptions may be in order as they are; the others are settled where they arose."""


def clear(
    session: Session, actor: Actor, interview: UUID, check: int, reason: str, *, undo: bool = False
) -> str:
    """The interview's exception is in order, for the revision seen now; its village.

    `undo`: it is open again. Both are added, with reason and author; a later revision is looked at
    anew.

    Raises:
        Problem: `reason` without one, `not-found` out of the asker's areas, `malformed` for a
            check whose exceptions are settled elsewhere.
    """
    if check not in CLEARED:
        raise Problem("malformed")
    reason = _words(reason, 300)
    found = _interview(session, interview)
    session.add(
        Clearance(
            round_id=found.round_id,
            check_no=check,
            household_id=found.household_id,
            interview_id=interview,
            digest=found.head_digest,
            village_code=found.village_code,
            path=found.path,
            is_cleared=not undo,
            reason=reason,
            made_by=actor.account,
        )
    )
    session.flush()
    act = "quality.opened" if undo else "quality.cleared"
    audit.note(
        session,
        act,
        actor.account,
        found.path,
        interview=str(interview),
        check=check,
        reason=reason,
    )
    return found.village_code


def read(session: Session, actor: Actor, interview: UUID) -> str:
    """The explanations of the revision seen now have been read by the asker; its village.

    Raises:
        Problem: `not-found` out of the asker's areas.
    """
    found = _interview(session, interview)
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


def _interview(session: Session, interview: UUID) -> Interview:
    found = session.get(Interview, interview)
    if found is None:
        raise Problem("not-found")
    return found


def _words(written: str, longest: int) -> str:
    words = " ".join(written.split())[:longest]
    if not words:
        raise Problem("reason")
    return words


def _current(session: Session) -> str:
    return session.scalars(select(Round.id).where(Round.is_current)).one()

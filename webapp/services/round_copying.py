"""Carrying a round over: households and last year's members, village by village, by a process."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.areas import COUNTRY
from webapp.models.survey_round import RoundCopy
from webapp.services import audit


def step(session: Session) -> bool:
    """One village more is copied, or a copy is finished; False where nothing waits.

    Each step is a transaction of its own, so a process that is killed goes on where it was, and two
    at work do not meet: each takes another copy. The transaction's scope must be the copier's.
    """
    job = session.scalars(
        select(RoundCopy)
        .where(RoundCopy.finished_at.is_(None))
        .order_by(RoundCopy.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if job is None:
        return False
    if job.villages == 0:
        job.villages = session.scalar(select(func.jpt_copy_size(job.from_round))) or 0
        session.flush()
    village = session.scalar(select(func.jpt_copy_next(job.id)))
    if village:
        session.execute(select(func.jpt_copy_village(job.id, village)))
    else:
        _finish(session, job)
    return True


def _finish(session: Session, job: RoundCopy) -> None:
    job.finished_at = func.now()
    audit.note(
        session,
        "plan.copied",
        None,
        f"{COUNTRY}.",
        round=job.to_round,
        from_round=job.from_round,
        households=job.households,
        members=job.members,
    )

"""The working group of a subdistrict: who sits in it now, how it came about, its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.models.working_group import WorkingGroupMember, WorkingGroupMinutes
from webapp.queries import quality


@dataclass(frozen=True)
class Group:
    """The members serving, those of before, and the papers of meetings."""

    serving: list[WorkingGroupMember]
    past: list[WorkingGroupMember]
    minutes: list[WorkingGroupMinutes]

    @property
    def agencies(self) -> int:
        """How many different agencies sit in it."""
        return len({one.agency_key for one in self.serving})

    def of_sector(self, sector: str) -> int:
        """How many members come from a sector."""
        return sum(one.sector == sector for one in self.serving)

    @property
    def papers(self) -> int:
        """How many papers count."""
        return sum(one.withdrawn_at is None for one in self.minutes)


def read(session: Session, subdistrict: str) -> Group:
    """The group in the current round, the newest of the past and the papers first."""
    round_id = quality.current(session)
    members = session.scalars(
        select(WorkingGroupMember)
        .where(
            WorkingGroupMember.subdistrict_code == subdistrict,
            WorkingGroupMember.round_id == round_id,
        )
        .order_by(WorkingGroupMember.made_at, WorkingGroupMember.id)
    ).all()
    minutes = session.scalars(
        select(WorkingGroupMinutes)
        .where(
            WorkingGroupMinutes.subdistrict_code == subdistrict,
            WorkingGroupMinutes.round_id == round_id,
        )
        .order_by(WorkingGroupMinutes.met_on.desc(), WorkingGroupMinutes.made_at.desc())
    ).all()
    serving = [one for one in members if one.ended_at is None]
    past = sorted(
        (one for one in members if one.ended_at), key=lambda one: str(one.ended_at), reverse=True
    )
    return Group(serving, past, list(minutes))


def member(session: Session, id: UUID) -> WorkingGroupMember:
    """One member. Raises Problem `not-found` outside the asker's areas."""
    found = session.get(WorkingGroupMember, id)
    if found is None:
        raise Problem("not-found")
    return found


def minutes(session: Session, id: UUID) -> WorkingGroupMinutes:
    """One paper. Raises Problem `not-found` outside the asker's areas."""
    found = session.get(WorkingGroupMinutes, id)
    if found is None:
        raise Problem("not-found")
    return found

"""What the follow-up keeps: the list of interviews to look at, and when phones stood where."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    moment,
    moment_now,
    number_key,
    string,
)


class FollowUp(Base):
    """An interview to be looked at: a line for each thing that came; gone when it was looked at."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index("ix_follow_ups_interview_id", "interview_id"), {"info": PEOPLE})

    id: Mapped[number_key]
    interview_id: Mapped[UUID]
    path: Mapped[string]
    since: Mapped[moment_now]


class Fix(Base):
    """When a phone stood where an interview says, by its own clock and by the register's.

    `houses` is how many houses of the village were known when its distance was last judged.
    """

    __tablename__ = "fixes"
    __table_args__ = (
        Index(
            "ix_fixes_author_id",
            "author_id",
            "round_id",
            text("coalesce(true_at, at)"),
            "interview_id",
        ),
        Index("ix_fixes_village_code", "village_code", "round_id", "houses"),
        Index("ix_fixes_round_id", "round_id"),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    device_id: Mapped[UUID]
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    at: Mapped[moment]
    true_at: Mapped[moment | None]
    houses: Mapped[int] = mapped_column(server_default="0")

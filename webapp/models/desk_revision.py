"""What the register itself wrote: who made it at the desk, and why."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, document, moment_now, octets, string

ORIGINS = ("merge", "override")


class DeskRevision(Base):
    """How a revision that the register wrote itself came to be: who made it, and why."""

    __tablename__ = "desk_revisions"
    __table_args__ = (
        CheckConstraint(f"origin in {ORIGINS}", "origin"),
        ForeignKeyConstraint(
            ["interview_id", "digest"], ["revisions.interview_id", "revisions.digest"]
        ),
        Index("ix_desk_revisions_made_by", "made_by"),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[octets] = mapped_column(primary_key=True)
    origin: Mapped[string]
    reason: Mapped[string]
    reasons: Mapped[document] = mapped_column(server_default=text("'{}'"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    path: Mapped[string]
    created_at: Mapped[moment_now]

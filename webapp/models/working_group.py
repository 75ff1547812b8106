"""The working group of a subdistrict: who sits in it, from where, and its meetings' minutes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment, moment_now, octets, string, uuid_key


class WorkingGroupMember(Base):
    """Somebody of the working group; corrected by a row that replaces it, ended, never removed."""

    __tablename__ = "working_group_members"
    __table_args__ = (
        CheckConstraint("sector in ('state', 'private', 'people')", "sector"),
        CheckConstraint(
            "(ended_at is null) = (ended_as is null) "
            "and ended_as in ('ended', 'removed', 'replaced')",
            "ended",
        ),
        Index("ix_working_group_members_subdistrict_code", "subdistrict_code", "round_id"),
        Index("ix_working_group_members_round_id", "round_id"),
        Index("ix_working_group_members_replaces", "replaces"),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    name_th: Mapped[string]
    position_th: Mapped[string] = mapped_column(server_default=text("''"))
    agency_th: Mapped[string]
    agency_key: Mapped[string]
    sector: Mapped[string]
    replaces: Mapped[UUID | None] = mapped_column(ForeignKey("working_group_members.id"))
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]
    ended_at: Mapped[moment | None]
    ended_by: Mapped[UUID | None]
    ended_as: Mapped[string | None]
    end_reason: Mapped[string | None]


class WorkingGroupMinutes(Base):
    """A paper of one meeting: a PDF or a photo, sealed in the evidence store; withdrawn, kept."""

    __tablename__ = "working_group_minutes"
    __table_args__ = (
        Index("ix_working_group_minutes_subdistrict_code", "subdistrict_code", "round_id"),
        Index("ix_working_group_minutes_round_id", "round_id"),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    met_on: Mapped[date]
    document_sha256: Mapped[octets]
    document_type: Mapped[string]
    document_name: Mapped[string]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]
    withdrawn_at: Mapped[moment | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[string | None]

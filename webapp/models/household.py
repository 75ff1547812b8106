"""The households to visit, and who is to visit them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    changed_xid,
    moment,
    moment_now,
    number_key,
    point,
    string,
    uuid_key,
)

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
GRADES = ("none", "weak", "good")


class Household(Base):
    """One household of a village in one round, with the state of its interview."""

    __tablename__ = "households"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", "state"),
        CheckConstraint(f"evidence_grade in {GRADES}", "evidence_grade"),
        CheckConstraint("origin in ('list', 'volunteer')", "origin"),
        Index("ix_households_village_code", "village_code", "house_number", "id"),
        Index("ix_households_round_id_village_code", "round_id", "village_code", "state"),
        Index("ix_households_house_code", "house_code"),
        Index("ix_households_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index("ix_households_changed_xid", "changed_xid"),
        Index("ix_households_point", "point", postgresql_using="gist"),
        Index("ix_households_previous_id", "previous_id", "round_id", unique=True),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    house_number: Mapped[string]
    house_code: Mapped[string | None]
    head_name: Mapped[string | None]
    people_registered: Mapped[int | None]
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("households.id"))
    origin: Mapped[string] = mapped_column(server_default="list")
    state: Mapped[string] = mapped_column(server_default="todo")
    outcome: Mapped[string | None]
    interview_id: Mapped[UUID | None]
    evidence_grade: Mapped[string] = mapped_column(server_default="none")
    point: Mapped[point | None]
    accuracy: Mapped[float | None]
    changed_xid: Mapped[changed_xid]
    created_at: Mapped[moment_now]
    updated_at: Mapped[moment_now]


class Assignment(Base):
    """A village, or one household of it, given to a volunteer; ended, never removed."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("ix_assignments_account_id", "account_id", postgresql_where=text("ended_at is null")),
        Index("ix_assignments_account_id_all", "account_id"),
        Index("ix_assignments_village_code", "village_code"),
        Index("ix_assignments_household_id", "household_id"),
        Index("ix_assignments_round_id", "round_id"),
        Index(
            "ix_assignments_path",
            "path",
            postgresql_ops={"path": "text_pattern_ops"},
            postgresql_where=text("ended_at is null"),
        ),
        Index(
            "ix_assignments_live",
            "round_id",
            "account_id",
            "village_code",
            "household_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("ended_at is null"),
        ),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("households.id"))
    path: Mapped[string]
    created_at: Mapped[moment_now]
    made_by: Mapped[UUID | None]
    ended_at: Mapped[moment | None]
    ended_by: Mapped[UUID | None]
    end_reason: Mapped[string | None]
    changed_xid: Mapped[changed_xid]

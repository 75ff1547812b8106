"""The eight checks: what the register reckons for each village, and what people decided for it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    document,
    moment_now,
    number_key,
    octets,
    string,
)

REASONS = ("empty", "refused", "merged", "moved", "demolished", "new", "open")
SUBJECTS = ("houses", "population", "income_change")
CODES = ARRAY(SmallInteger)


class RegisterTotal(Base):
    """Houses and people of a village as the civil registration has them (ทร.)."""

    __tablename__ = "register_totals"
    __table_args__ = (
        CheckConstraint("houses >= 0 and people >= 0", "counts"),
        Index("ix_register_totals_village_code", "village_code"),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    path: Mapped[string]
    houses: Mapped[int]
    people: Mapped[int]
    source: Mapped[string]
    as_of: Mapped[date | None]
    imported_at: Mapped[moment_now]


class Reconciliation(Base):
    """Why a house of the register and what was found differ; the newest counts, `open` undoes."""

    __tablename__ = "reconciliations"
    __table_args__ = (
        CheckConstraint(f"reason in {REASONS}", "reason"),
        Index("ix_reconciliations_household_id", "household_id", "id"),
        Index("ix_reconciliations_village_code", "village_code", "round_id"),
        Index("ix_reconciliations_round_id", "round_id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    reason: Mapped[string]
    note: Mapped[string] = mapped_column(server_default=text("''"))
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]


class Clearance(Base):
    """An exception that somebody looked at and found in order, or opened again; newest counts.

    It holds for one revision: a corrected interview is looked at anew.
    """

    __tablename__ = "clearances"
    __table_args__ = (
        CheckConstraint("check_no between 1 and 8", "check_no"),
        CheckConstraint("length(reason) between 1 and 300", "reason"),
        Index("ix_clearances_household_id", "household_id", "check_no", "id"),
        Index("ix_clearances_interview_id", "interview_id"),
        Index("ix_clearances_village_code", "village_code"),
        Index("ix_clearances_round_id", "round_id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    check_no: Mapped[int] = mapped_column(SmallInteger)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"))
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"))
    digest: Mapped[octets]
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    is_cleared: Mapped[bool]
    reason: Mapped[string]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]


class Explanation(Base):
    """Why a village's figure differs from the register's or last year's, and the figure meant."""

    __tablename__ = "explanations"
    __table_args__ = (
        CheckConstraint(f"subject in {SUBJECTS}", "subject"),
        CheckConstraint("length(text) between 1 and 750", "text"),
        Index("ix_explanations_village_code", "village_code", "round_id", "subject", "id"),
        Index("ix_explanations_round_id", "round_id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    subject: Mapped[string]
    figure: Mapped[int]
    text: Mapped[string]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]


class ExplanationRead(Base):
    """An inspector has read what the volunteer explained in one revision."""

    __tablename__ = "explanation_reads"
    __table_args__ = (
        ForeignKeyConstraint(
            ["interview_id", "digest"],
            ["revisions.interview_id", "revisions.digest"],
            name="fk_explanation_reads_interview_id",
        ),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[octets] = mapped_column(primary_key=True)
    path: Mapped[string]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]


class VillageQuality(Base):
    """One village judged: a state for each check, the worst, figures, and what blocks it."""

    __tablename__ = "village_quality"
    __table_args__ = (
        Index("ix_village_quality_village_code", "village_code"),
        Index("ix_village_quality_subdistrict_code", "subdistrict_code", "round_id"),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    states: Mapped[list[int]] = mapped_column(CODES)
    worst: Mapped[int] = mapped_column(SmallInteger)
    households: Mapped[int]
    figures: Mapped[document]
    blockers: Mapped[document]
    formulas: Mapped[string]
    reckoned_at: Mapped[moment_now]


class SubdistrictQuality(Base):
    """A subdistrict's villages together: `counts` are villages by check (the worst last) and state.

    `is_small`: figures that few households stand behind would show one of them to a viewer.
    """

    __tablename__ = "subdistrict_quality"
    __table_args__ = (
        Index("ix_subdistrict_quality_subdistrict_code", "subdistrict_code"),
        Index("ix_subdistrict_quality_district_code", "district_code", "round_id"),
        Index("ix_subdistrict_quality_province_code", "province_code", "round_id"),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    district_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    province_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    villages: Mapped[int]
    counts: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    states: Mapped[list[int]] = mapped_column(CODES)
    worst: Mapped[int] = mapped_column(SmallInteger)
    figures: Mapped[document]
    blockers: Mapped[document]
    is_small: Mapped[bool]
    reckoned_at: Mapped[moment_now]


class QualityException(Base):
    """One household that a check points at, as the village was last reckoned."""

    __tablename__ = "quality_exceptions"
    __table_args__ = (
        Index("ix_quality_exceptions_village_code", "village_code"),
        Index("ix_quality_exceptions_household_id", "household_id"),
        Index("ix_quality_exceptions_interview_id", "interview_id"),
        {"info": PEOPLE},
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    check_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    is_cleared: Mapped[bool] = mapped_column(primary_key=True)
    code: Mapped[string] = mapped_column(primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"), primary_key=True)
    interview_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviews.id"))
    path: Mapped[string]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)


QUALITY_DUE = Table(
    "quality_due",
    Base.metadata,
    Column("village_code", Text, nullable=False),
    Index("ix_quality_due_village_code", "village_code"),
)
"""Villages whose figures have changed since they were judged; a village may stand there often."""

"""How interviews compare with those of their village: figures, scores and reasons, no answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    REAL,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    document,
    moment,
    moment_now,
    octets,
    string,
    uuid_key,
)

NOTHING = text("'{}'")


class Screening(Base):
    """One interview's figures, and how it stood in its group when that was last judged."""

    __tablename__ = "screenings"
    __table_args__ = (
        CheckConstraint("mode in ('doorstep', 'paper')", "mode"),
        Index("ix_screenings_village_code", "village_code", "round_id"),
        Index("ix_screenings_subdistrict", text("left(village_code, 6)"), "round_id", "mode"),
        Index("ix_screenings_account_id", "account_id", "village_code", "round_id"),
        Index("ix_screenings_household_id", "household_id"),
        Index("ix_screenings_round_id", "round_id"),
        {"info": PEOPLE},
    )

    interview_id: Mapped[uuid_key] = mapped_column(ForeignKey("interviews.id"))
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    digest: Mapped[octets]
    questionnaire_id: Mapped[string]
    mode: Mapped[string]
    version: Mapped[int]
    began: Mapped[moment]
    ended: Mapped[moment]
    figures: Mapped[document]
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    score: Mapped[float | None] = mapped_column(REAL)
    stands_out: Mapped[bool] = mapped_column(server_default=false())
    reasons: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    updated_at: Mapped[moment_now]


class VolunteerScreening(Base):
    """One volunteer's interviews in one village: how many stand out, beside what is usual there."""

    __tablename__ = "volunteer_screenings"
    __table_args__ = (
        Index("ix_volunteer_screenings_village_code", "village_code"),
        Index("ix_volunteer_screenings_account_id", "account_id"),
        Index(
            "ix_volunteer_screenings_rank",
            "round_id",
            text("rank desc"),
            "account_id",
            "village_code",
        ),
        Index(
            "ix_volunteer_screenings_district",
            text("left(village_code, 4)"),
            "round_id",
            text("rank desc"),
            "account_id",
            "village_code",
        ),
        {"info": PEOPLE},
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    path: Mapped[string]
    interviews: Mapped[int]
    judged: Mapped[int]
    standing_out: Mapped[int]
    usual_share: Mapped[float] = mapped_column(REAL)
    rank: Mapped[float] = mapped_column(REAL)
    reasons: Mapped[document] = mapped_column(server_default=NOTHING)
    beside: Mapped[document] = mapped_column(server_default=NOTHING)
    updated_at: Mapped[moment_now]


class ScreeningDue(Base):
    """A village with something new, waiting to be compared again."""

    __tablename__ = "screening_due"

    round_id: Mapped[string] = mapped_column(primary_key=True)
    village_code: Mapped[string] = mapped_column(primary_key=True)
    since: Mapped[moment_now]

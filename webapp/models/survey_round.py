"""One year's survey: its dates, its service windows, its targets and its questionnaire version."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, document, moment, moment_now, number_key, string

ZERO = text("0")


class Round(Base):
    """A round of the survey; one is current. Its `notice` goes before the questionnaire's."""

    __tablename__ = "rounds"
    __table_args__ = (
        Index(
            "ix_rounds_is_current", "is_current", unique=True, postgresql_where=text("is_current")
        ),
    )

    id: Mapped[string] = mapped_column(primary_key=True)
    name_th: Mapped[string]
    questionnaire_id: Mapped[string]
    settings: Mapped[document] = mapped_column(server_default=text("'{}'"))
    is_current: Mapped[bool]
    revision: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))
    notice: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class ServiceWindow(Base):
    """When one service of the round opens and closes (both days included); no day, no limit."""

    __tablename__ = "service_windows"
    __table_args__ = (
        CheckConstraint("closes_on is null or closes_on >= opens_on", "order"),
        CheckConstraint("service <> 'recording' or opens_on is not null", "recording"),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    service: Mapped[string] = mapped_column(primary_key=True)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]


class Target(Base):
    """How many households an area is to interview in a round."""

    __tablename__ = "targets"
    __table_args__ = (
        CheckConstraint("households >= 0", "households"),
        Index("ix_targets_area_code", "area_code"),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    area_code: Mapped[string] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    path: Mapped[string]
    households: Mapped[int]


class RoundCopy(Base):
    """A round being carried over into another, village by village."""

    __tablename__ = "round_copies"
    __table_args__ = (
        CheckConstraint("from_round <> to_round", "forward"),
        Index("ix_round_copies_from_round", "from_round"),
        Index("ix_round_copies_to_round", "to_round"),
        Index("ix_round_copies_asked_by", "asked_by"),
        Index(
            "ix_round_copies_open",
            "to_round",
            unique=True,
            postgresql_where=text("finished_at is null"),
        ),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    from_round: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    to_round: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[moment_now]
    villages: Mapped[int] = mapped_column(server_default=ZERO)
    villages_done: Mapped[int] = mapped_column(server_default=ZERO)
    households: Mapped[int] = mapped_column(server_default=ZERO)
    members: Mapped[int] = mapped_column(server_default=ZERO)
    last_village: Mapped[string] = mapped_column(server_default="")
    finished_at: Mapped[moment | None]

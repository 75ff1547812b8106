"""One year's survey: its dates, its service windows and its questionnaire version."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, document, string


class Round(Base):
    """A round of the survey; one is current."""

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


class ServiceWindow(Base):
    """When one service of the round opens and closes (both days included)."""

    __tablename__ = "service_windows"
    __table_args__ = (CheckConstraint("closes_on is null or closes_on >= opens_on", "order"),)

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    service: Mapped[string] = mapped_column(primary_key=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]

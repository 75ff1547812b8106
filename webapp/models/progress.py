"""Village rollups, kept in the intake transaction, so that a page never counts interviews."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, moment_now, string

ZERO = text("0")
EMPTY = text("'{}'")


class VillageProgress(Base):
    """One village's counts in one round; the arrays have a place for each indicator, in order.

    `surveyed` and `failing` count people or households as the indicator's unit says, of
    interviews with a known result; `households_not_met` counts households.
    """

    __tablename__ = "village_progress"
    __table_args__ = (
        Index("ix_village_progress_village_code", "village_code"),
        Index("ix_village_progress_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
    )

    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)
    path: Mapped[string]
    todo: Mapped[int] = mapped_column(server_default=ZERO)
    received: Mapped[int] = mapped_column(server_default=ZERO)
    returned: Mapped[int] = mapped_column(server_default=ZERO)
    accepted: Mapped[int] = mapped_column(server_default=ZERO)
    custody: Mapped[int] = mapped_column(server_default=ZERO)
    closed: Mapped[int] = mapped_column(server_default=ZERO)
    people: Mapped[int] = mapped_column(server_default=ZERO)
    evidence_none: Mapped[int] = mapped_column(server_default=ZERO)
    evidence_weak: Mapped[int] = mapped_column(server_default=ZERO)
    evidence_good: Mapped[int] = mapped_column(server_default=ZERO)
    surveyed: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=EMPTY)
    failing: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=EMPTY)
    households_not_met: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=EMPTY)
    updated_at: Mapped[moment_now]

"""The members a household had last year: what an interview of this year begins with."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, document, string


class RosterMember(Base):
    """One of them, by name, sex, birth and relation; never an ID number."""

    __tablename__ = "roster_members"
    __table_args__ = ({"info": PEOPLE},)

    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[string]
    said: Mapped[document]

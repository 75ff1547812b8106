"""What is known of a person who works in the survey beside their account."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment, octets, string


class PersonDetails(Base):
    """Numbers (sealed, with a blind index), home village, consent; kept apart from the account."""

    __tablename__ = "person_details"
    __table_args__ = (
        UniqueConstraint("status_code_index"),
        Index("ix_person_details_national_id_index", "national_id_index"),
        Index("ix_person_details_phone_index", "phone_index"),
        Index("ix_person_details_home_village_code", "home_village_code"),
        {"info": PEOPLE},
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    title_th: Mapped[string] = mapped_column(server_default="")
    national_id: Mapped[octets | None]
    national_id_index: Mapped[octets | None]
    phone: Mapped[octets | None]
    phone_index: Mapped[octets | None]
    home_village_code: Mapped[string | None] = mapped_column(ForeignKey("villages.code"))
    agency_th: Mapped[string | None]
    position_th: Mapped[string | None]
    consent_version: Mapped[string | None]
    consent_at: Mapped[moment | None]
    registered_at: Mapped[moment | None]
    status_code_index: Mapped[octets | None]


class OfferedVillage(Base):
    """A village in which somebody offers to work."""

    __tablename__ = "offered_villages"
    __table_args__ = (
        Index("ix_offered_villages_village_code", "village_code"),
        {"info": PEOPLE},
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"), primary_key=True)


class PeopleTally(Base):
    """How many people of a role and state a subdistrict has; moved with the people themselves."""

    __tablename__ = "people_tallies"
    path: Mapped[string] = mapped_column(primary_key=True)
    role: Mapped[string] = mapped_column(primary_key=True)
    level: Mapped[string] = mapped_column(primary_key=True, server_default="")
    status: Mapped[string] = mapped_column(primary_key=True)
    people: Mapped[int] = mapped_column(BigInteger)

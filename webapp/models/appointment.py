"""Appointment orders and the people they name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    moment,
    moment_now,
    number_key,
    octets,
    string,
    uuid_key,
)


class AppointmentOrder(Base):
    """The document that names an area's volunteers; withdrawn, never removed."""

    __tablename__ = "appointment_orders"
    __table_args__ = (
        CheckConstraint("(document_sha256 is null) = (document_type is null)", "document"),
        Index("ix_appointment_orders_round_id", "round_id"),
        Index("ix_appointment_orders_area_code", "area_code"),
        Index(
            "ix_appointment_orders_path",
            "path",
            "issued_on",
            "id",
            postgresql_ops={"path": "text_pattern_ops"},
        ),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    area_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    number: Mapped[string]
    issued_on: Mapped[date]
    document_sha256: Mapped[octets | None]
    document_type: Mapped[string | None]
    document_name: Mapped[string | None]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]
    withdrawn_at: Mapped[moment | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[string | None]


class AppointedPerson(Base):
    """One name of an order, as written there, and whose account it is."""

    __tablename__ = "appointed_people"
    __table_args__ = (
        UniqueConstraint("order_id", "place", name="uq_appointed_people_order_id"),
        CheckConstraint(
            "(account_id is null) = (matched_by is null) and matched_by in ('id', 'name', 'hand')",
            "matched_by",
        ),
        Index("ix_appointed_people_account_id", "account_id"),
        Index(
            "ix_appointed_people_open",
            "order_id",
            "place",
            postgresql_where=text("account_id is null"),
        ),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("appointment_orders.id"))
    place: Mapped[int]
    name_th: Mapped[string]
    name_key: Mapped[string]
    national_id: Mapped[octets | None]
    national_id_index: Mapped[octets | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    matched_by: Mapped[string | None]


class VolunteerStanding(Base):
    """Where a volunteer belongs and lives, and which orders name them; kept by the register itself.

    An order stands in `order_paths` as its round and path, with a blank between.
    """

    __tablename__ = "volunteer_standings"
    __table_args__ = (
        Index(
            "ix_volunteer_standings_path",
            "path",
            "account_id",
            postgresql_ops={"path": "text_pattern_ops"},
            postgresql_where=text("is_working"),
        ),
        Index("ix_volunteer_standings_home_path", "home_path"),
        {"info": PEOPLE},
    )

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[string]
    is_working: Mapped[bool]
    home_path: Mapped[string | None]
    order_paths: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")

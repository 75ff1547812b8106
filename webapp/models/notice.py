"""Notices to roles and areas: a briefing's date, a link, documents; and who has read them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment, moment_now, number_key, octets, string


class Notice(Base):
    """One notice; it reaches the people of its roles who work inside its area."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(
            "cardinality(roles) > 0 and roles <@ '{volunteer,inspector,viewer,officer}'", "roles"
        ),
        CheckConstraint("video_url is null or video_url ~ '^https://'", "video"),
        UniqueConstraint("request_id"),
        Index("ix_notices_area_code", "area_code"),
        Index("ix_notices_author_id", "author_id"),
        Index("ix_notices_withdrawn_by", "withdrawn_by"),
        Index("ix_notices_published_at", "published_at", "id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    path: Mapped[string]
    area_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    title_th: Mapped[string]
    text_th: Mapped[string]
    held_on: Mapped[date | None]
    video_url: Mapped[string | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    request_id: Mapped[UUID | None]
    published_at: Mapped[moment_now]
    withdrawn_at: Mapped[moment | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))


class NoticeFile(Base):
    """A document of a notice; its bytes lie in the store under their digest."""

    __tablename__ = "notice_files"
    __table_args__ = (
        CheckConstraint(
            "media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')",
            "media_type",
        ),
        Index("ix_notice_files_notice_id", "notice_id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    name: Mapped[string]
    media_type: Mapped[string]
    size: Mapped[int]
    sha256: Mapped[octets]


class NoticeRead(Base):
    """Somebody has read a notice."""

    __tablename__ = "notice_reads"
    __table_args__ = (Index("ix_notice_reads_account_id", "account_id"), {"info": PEOPLE})

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    read_at: Mapped[moment_now]

"""People who work in the survey: accounts, areas granted, sessions, phones, throttling."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    changed_xid,
    document,
    moment,
    moment_now,
    number_key,
    octets,
    string,
    thai_string,
    uuid_key,
)


class Account(Base):
    """One person's account: who they are, their role, and how they sign in.

    `path` is the area they belong to, which says who manages them; where they work is said by
    grants and assignments. `revision` grows with every change an officer makes.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("role in ('volunteer', 'inspector', 'viewer', 'officer')", "role"),
        CheckConstraint(
            "(role = 'officer') = (level is not null) "
            "and (level is null or level in ('district', 'province', 'department'))",
            "level",
        ),
        CheckConstraint(
            "status in ('waiting', 'active', 'suspended', 'refused', 'closed')", "status"
        ),
        CheckConstraint("right(path, 1) = '.'", "path_ends_in_a_dot"),
        UniqueConstraint("username"),
        Index(
            "ix_accounts_path",
            "path",
            "role",
            "level",
            "status",
            postgresql_ops={"path": "text_pattern_ops"},
        ),
        Index("ix_accounts_name_th", "name_th", "id"),
        Index("ix_accounts_status", "status", "role", "name_th", "id"),
        Index("ix_accounts_status_name", "status", "name_th", "id"),
        Index("ix_accounts_name_begins", "name_th", postgresql_ops={"name_th": "text_pattern_ops"}),
        Index(
            "ix_accounts_family_begins",
            "family_th",
            postgresql_ops={"family_th": "text_pattern_ops"},
        ),
        Index(
            "ix_accounts_username_begins",
            "username",
            postgresql_ops={"username": "text_pattern_ops"},
        ),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    role: Mapped[string]
    level: Mapped[string | None]
    username: Mapped[string]
    name_th: Mapped[thai_string]
    family_th: Mapped[string] = mapped_column(
        Computed("substr(name_th, (strpos(name_th, ' '::text) + 1))", persisted=True)
    )
    path: Mapped[string]
    password_hash: Mapped[string | None]
    status: Mapped[string] = mapped_column(server_default="active")
    status_reason: Mapped[string | None]
    status_at: Mapped[moment_now]
    revision: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))
    created_at: Mapped[moment_now]
    changed_xid: Mapped[changed_xid]
    updated_at: Mapped[moment_now]


class Grant(Base):
    """An area in which a person may work; ended, never removed."""

    __tablename__ = "grants"
    __table_args__ = (
        Index("ix_grants_account_id", "account_id"),
        Index("ix_grants_area_code", "area_code"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    area_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    created_at: Mapped[moment_now]
    ended_at: Mapped[moment | None]


class SignedInSession(Base):
    """A browser's session, known by the SHA-256 of its reference."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_account_id", "account_id"),
        Index("ix_sessions_expires_at", "expires_at"),
        {"info": PEOPLE},
    )

    token_hash: Mapped[octets] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    data: Mapped[document] = mapped_column(server_default=text("'{}'"))
    created_at: Mapped[moment_now]
    seen_at: Mapped[moment_now]
    expires_at: Mapped[moment]


class Device(Base):
    """A person's phone: its signing key and its write-only hand-in token.

    A phone that two volunteers share has a row for each.
    """

    __tablename__ = "devices"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("id <> '00000000-0000-0000-0000-000000000000'", "id"),
        Index("ix_devices_account_id", "account_id"),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    public_key: Mapped[document]
    name: Mapped[string] = mapped_column(server_default="")
    token_hash: Mapped[octets]
    token_expires_at: Mapped[moment]
    created_at: Mapped[moment_now]
    seen_at: Mapped[moment_now]
    revoked_at: Mapped[moment | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class SignInAttempt(Base):
    """Failed sign-ins by keyed digest of name or network; holds no name and no address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_updated_at", "updated_at"),)

    subject: Mapped[octets] = mapped_column(primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[moment | None]
    updated_at: Mapped[moment_now]

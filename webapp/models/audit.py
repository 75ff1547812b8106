"""Who did what, when; added, never changed, and sealed into a chain of hashes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    TransactionId,
    changed_xid,
    document,
    moment_now,
    number_key,
    octets,
    string,
)


class AuditEntry(Base):
    """One act by one person, written in the act's own transaction."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id", "actor_id", "id"),
        Index("ix_audit_entries_act", "act", "id"),
        Index("ix_audit_entries_at", "at"),
        Index("ix_audit_entries_path", "path", "id"),
        Index("ix_audit_entries_changed_xid", "changed_xid"),
        Index("ix_audit_entries_account", text("(subject ->> 'account')"), "id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    at: Mapped[moment_now]
    actor_id: Mapped[UUID | None]
    act: Mapped[string]
    path: Mapped[string | None]
    subject: Mapped[document]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    changed_xid: Mapped[changed_xid]


class AuditSeal(Base):
    """An entry's place in the chain: `chain` is the hash of this entry and all before it."""

    __tablename__ = "audit_seals"
    __table_args__ = (UniqueConstraint("entry_id"), {"info": PEOPLE})

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"))
    entry_xid: Mapped[int] = mapped_column(TransactionId)
    entry_digest: Mapped[octets]
    chain: Mapped[octets]
    sealed_at: Mapped[moment_now]

"""Who did what, when; added, never changed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from webapp.models.base import PEOPLE, Base, changed_xid, document, moment_now, number_key, string


class AuditEntry(Base):
    """One act by one person, written in the act's own transaction."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id", "actor_id", "id"),
        Index("ix_audit_entries_path", "path", "id"),
        Index("ix_audit_entries_changed_xid", "changed_xid"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    at: Mapped[moment_now]
    actor_id: Mapped[UUID | None]
    act: Mapped[string]
    path: Mapped[string | None]
    subject: Mapped[document]
    changed_xid: Mapped[changed_xid]

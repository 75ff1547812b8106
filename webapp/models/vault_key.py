"""The keys of phones' vaults, kept sealed for the people they belong to."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment_now, octets, string, uuid_key


class VaultKey(Base):
    """One vault's key as its phone sealed it to the register; added once, never changed."""

    __tablename__ = "vault_keys"
    __table_args__ = (Index("ix_vault_keys_account_id", "account_id"), {"info": PEOPLE})

    id: Mapped[uuid_key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    device_id: Mapped[UUID]
    ingest_key: Mapped[string]
    sealed: Mapped[octets]
    created_at: Mapped[moment_now]

"""How people first sign in and prove anew who they are: codes, passkeys, authenticators."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment, moment_now, number_key, octets, string


class SignInCode(Base):
    """A one-time code for one person, known by its keyed digest."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (
        UniqueConstraint("code_index"),
        Index("ix_sign_in_codes_account_id", "account_id", "id"),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    code_index: Mapped[octets]
    made_by: Mapped[UUID]
    made_at: Mapped[moment_now]
    expires_at: Mapped[moment]
    ended_at: Mapped[moment | None]
    is_used: Mapped[bool] = mapped_column(server_default=false())


class Passkey(Base):
    """A WebAuthn credential of one person."""

    __tablename__ = "passkeys"
    __table_args__ = (Index("ix_passkeys_account_id", "account_id"), {"info": PEOPLE})

    id: Mapped[octets] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    public_key: Mapped[octets]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[string] = mapped_column(server_default=text("''"))
    created_at: Mapped[moment_now]
    used_at: Mapped[moment | None]
    ended_at: Mapped[moment | None]


class Authenticator(Base):
    """The shared secret of a person's code-making app (RFC 6238), sealed; each code serves once."""

    __tablename__ = "authenticators"
    __table_args__ = ({"info": PEOPLE},)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    secret: Mapped[octets]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[moment_now]

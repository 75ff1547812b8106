"""Phones: registered at their first hello, with a write-only token to hand in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.models.account import Device

TOKEN_LIFE = timedelta(days=365)


def greet(
    session: Session,
    account: UUID,
    device: UUID,
    public_key: dict[str, Any],
    name: str,
    report: dict[str, Any],
    *,
    needs_token: bool,
    now: datetime,
) -> str | None:
    """The phone is known afterwards and has told how it stands; a fresh token if it needs one.

    A phone's public key is never replaced: what it signed must stay provable. Raises Problem
    `revoked` for a phone that may only hand in.
    """
    known = session.scalar(select(Device).where(Device.id == device, Device.account_id == account))
    if known and known.revoked_at:
        raise Problem("revoked")
    if known and not needs_token:
        _seen(session, account, device, {"seen_at": now, "report": report})
        return None
    token = secrets.token_urlsafe(32)
    fresh = {
        "token_hash": hashlib.sha256(token.encode()).digest(),
        "token_expires_at": now + TOKEN_LIFE,
        "seen_at": now,
        "report": report,
    }
    if known:
        _seen(session, account, device, fresh)
        return token
    session.execute(
        insert(Device)
        .values(id=device, account_id=account, public_key=public_key, name=name, **fresh)
        .on_conflict_do_nothing()
    )
    return token


def _seen(session: Session, account: UUID, device: UUID, values: dict[str, Any]) -> None:
    session.execute(
        update(Device).where(Device.id == device, Device.account_id == account).values(values)
    )

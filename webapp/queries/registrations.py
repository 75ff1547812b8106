"""What became of a registration, for whoever has its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

_FIND = text("select * from jpt_registration(:code)")


@dataclass(frozen=True)
class Found:
    """A registration without its person: neither name nor number."""

    role: str
    status: str
    reason_th: str | None
    decided_at: datetime
    registered_at: datetime | None
    username: str | None
    has_password: bool
    area_th: str | None


def find(session: Session, code_index: bytes) -> Found | None:
    """The registration of that code, or None; the scope is the door's, with the same digest."""
    row = session.execute(_FIND, {"code": code_index}).one_or_none()
    return Found(*row) if row else None

"""The chain of audit entries: what is hashed, and how one entry leans on all before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = hashlib.sha256(b"jpt/1 audit").digest()
"""What the first entry leans on."""


@dataclass(frozen=True)
class Sealed:
    """An entry as sealed: all that may never change, and the transaction that wrote it."""

    id: int
    at: datetime
    actor_id: UUID | None
    act: str
    path: str | None
    subject: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    xid: int

    def digest(self) -> bytes:
        """SHA-256 of the entry in its one written form."""
        form = [
            self.id,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            str(self.actor_id) if self.actor_id else None,
            self.act,
            self.path,
            self.subject,
            self.before,
            self.after,
            str(self.xid),
        ]
        written = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).digest()


def link(before: bytes, number: int, digest: bytes) -> bytes:
    """The chain's hash at this number."""
    return hashlib.sha256(before + number.to_bytes(8, "big") + digest).digest()

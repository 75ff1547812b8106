"""Receipts: the register's signed word (JWS, ES256) that it holds those bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import jwt
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.keys import Keys, public_point
from webapp.models.interview import Receipt
from webapp.services.sealing import to_base64url

RANK = {"custody": 0, "data": 1, "complete": 2}


@dataclass(frozen=True)
class Given:
    """A receipt as stored."""

    level: str
    jws: str


def sign(keys: Keys, payload: dict[str, Any], kind: str = "receipt") -> str:
    """A compact JWS over the payload, naming the key that signed."""
    headers = {"kid": keys.receipt_id, "typ": kind}
    return jwt.encode(payload, keys.receipt, algorithm="ES256", headers=headers)


def public_keys(keys: Keys) -> dict[str, list[dict[str, str]]]:
    """The key set with which phones check receipts (RFC 7517)."""
    point = public_point(keys.receipt)
    x, y = to_base64url(point[1:33]), to_base64url(point[33:])
    return {"keys": [{"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": keys.receipt_id}]}


def give(
    session: Session,
    keys: Keys,
    interview: UUID,
    digest: bytes,
    level: str,
    held: Iterable[bytes],
    now: datetime,
) -> Given:
    """The receipt is signed and stored in the transaction that makes it true."""
    payload = {
        "interview": str(interview),
        "digest": digest.hex(),
        "level": level,
        "evidence": sorted(one.hex() for one in held),
        "at": now.isoformat(),
        "epoch": keys.epoch,
    }
    jws = sign(keys, payload)
    values = {"interview_id": interview, "digest": digest, "level": level, "jws": jws}
    session.execute(insert(Receipt).values(values))
    return Given(level, jws)


def highest(session: Session, interviews: Iterable[UUID]) -> dict[tuple[UUID, bytes], Given]:
    """The best receipt of each revision of these interviews."""
    rows = session.execute(
        select(Receipt.interview_id, Receipt.digest, Receipt.level, Receipt.jws).where(
            Receipt.interview_id.in_(list(interviews))
        )
    )
    best: dict[tuple[UUID, bytes], Given] = {}
    for interview, digest, level, jws in rows:
        kept = best.get((interview, digest))
        if kept is None or RANK[level] > RANK[kept.level]:
            best[interview, digest] = Given(level, jws)
    return best

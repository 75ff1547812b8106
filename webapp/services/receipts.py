"""Receipts: the register's signed word (JWS, ES256) that it holds those bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import jwt
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import ask
from webapp.keys import Keys, public_point
from webapp.models.interview import Receipt
from webapp.services.sealing import to_base64url

Key = TypeVar("Key")
RANK = {"custody": 0, "data": 1, "complete": 2}

ADD = (
    "insert into receipts (interview_id, digest, level, jws) "
    "select interview_id, digest, level, jws "
    "from jsonb_populate_recordset(null::receipts, cast(%(receipts)s as jsonb))"
)
"""Stores a receipt as part of the statement that makes it true."""


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


def sign_for(
    keys: Keys, interview: UUID, digest: bytes, level: str, held: Iterable[bytes], now: datetime
) -> Given:
    """The receipt of a revision, signed; it counts once it is stored."""
    payload = {
        "interview": str(interview),
        "digest": digest.hex(),
        "level": level,
        "evidence": sorted(one.hex() for one in held),
        "at": now.isoformat(),
        "epoch": keys.epoch,
    }
    return Given(level, sign(keys, payload))


def row(interview: UUID, digest: bytes, given: Given) -> dict[str, str]:
    """The row that `ADD` takes."""
    named = {"interview_id": str(interview), "digest": rf"\x{digest.hex()}"}
    return named | {"level": given.level, "jws": given.jws}


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
    given = sign_for(keys, interview, digest, level, held, now)
    ask(session, ADD, {"receipts": json.dumps([row(interview, digest, given)])})
    return given


def highest(session: Session, interviews: Iterable[UUID]) -> dict[tuple[UUID, bytes], Given]:
    """The best receipt of each revision of these interviews."""
    rows = session.execute(
        select(Receipt.interview_id, Receipt.digest, Receipt.level, Receipt.jws).where(
            Receipt.interview_id.in_(list(interviews))
        )
    )
    return best(((interview, digest), level, jws) for interview, digest, level, jws in rows)


def best(given: Iterable[tuple[Key, str, str]]) -> dict[Key, Given]:
    """The highest of each."""
    found: dict[Key, Given] = {}
    for key, level, jws in given:
        kept = found.get(key)
        if kept is None or RANK[level] > RANK[kept.level]:
            found[key] = Given(level, jws)
    return found

"""Passwords: Argon2id over a peppered HMAC, at most two at once so that two cores stay free."""

from __future__ import annotations

import base64
import hmac
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_gate = BoundedSemaphore(2)
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
    "Wm9lUGFzc3dvcmRIYXNoTm9ib2R5SGFzVGhpc09uZSE"
)
"""Checked when the name is unknown, so that the answer takes the same time."""


def hash_password(password: str, pepper: bytes) -> str:
    """The stored form of a password (RFC 9106 Argon2id, 64 MiB, 3 passes)."""
    with _gate:
        return _hasher.hash(_peppered(password, pepper))


def matches(stored: str, password: str, pepper: bytes) -> bool:
    """Whether this is the password; takes as long for a wrong one as for a right one."""
    with _gate:
        try:
            return _hasher.verify(stored, _peppered(password, pepper))
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the stored form was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _peppered(password: str, pepper: bytes) -> str:
    digest = hmac.digest(pepper, password.encode(), "sha256")
    return base64.b64encode(digest).decode()

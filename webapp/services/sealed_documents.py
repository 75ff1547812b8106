"""Papers that officers attach: sealed in the store of documents, opened only to be saved."""

from __future__ import annotations

import hashlib
import secrets as chance
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp import files
from webapp.domain import media
from webapp.domain.problems import Problem

LARGEST = 10 * 1024 * 1024
NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """A paper on disk: its digest there, its kind, and the name to save it under."""

    sha256: bytes
    kind: str
    name: str


def keep(folder: Path, key: bytes, about: bytes, content: bytes, name: str) -> Sealed:
    """The paper is on disk, sealed to what it is about, and flushed.

    Raises:
        Problem: `too-large`, or `unsupported` where it is neither PDF nor photo.
    """
    if len(content) > LARGEST:
        raise Problem("too-large")
    kind = media.kind_of(content[:16])
    if kind is None:
        raise Problem("unsupported")
    nonce = chance.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, about)
    digest = hashlib.sha256(sealed).digest()
    files.keep(folder, iter([sealed]), digest, len(sealed))
    return Sealed(digest, kind, media.safe_name(name, kind))


def read(folder: Path, key: bytes, about: bytes, sha256: bytes) -> bytes:
    """The paper, opened. Raises Problem `not-found` where it is lost."""
    if not files.holds(folder, sha256):
        raise Problem("not-found")
    sealed = files.read(folder, sha256)
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about)

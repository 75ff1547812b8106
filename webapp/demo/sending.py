"""Sends made-up interviews into the register the way a phone does: sealed, signed, received."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from webapp import files
from webapp.db import transaction
from webapp.demo.cast import Person
from webapp.demo.papers import Document, written
from webapp.demo.proof import File
from webapp.domain.actors import Scope
from webapp.keys import Keys
from webapp.services import evidence, intake, sealing
from webapp.services.intake import Received, Sent

LARGEST_FILE = 400 * 1024
ON_THE_WAY = timedelta(hours=3)
"""How long after it was finished an interview arrives."""


@dataclass(frozen=True)
class Register:
    """Where the interviews go: the register's keys and its evidence store."""

    keys: Keys
    store: Path

    @property
    def documents(self) -> Path:
        """Where the documents of notices lie: beside the evidence."""
        return self.store.parent / "documents"

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        """What phones seal to."""
        return self.keys.ingest[self.keys.ingest_id].public_key()


@dataclass(frozen=True)
class Sealed:
    """One evidence file, ready to be sent, and its line in the manifest."""

    content: bytes
    line: dict[str, Any]


def seal_files(register: Register, interview: UUID, taken: list[File]) -> list[Sealed]:
    """The files as they lie in a phone's outbox."""
    return [_seal_file(register, interview, one) for one in taken]


def send(
    register: Register,
    made: Document,
    author: Person,
    sealed: list[Sealed],
    *,
    carrier: Person | None = None,
    without_files: bool = False,
) -> Received:
    """The interview is in the register, its evidence after it unless that is still on the way."""
    sent = _sealed_interview(register, made, author)
    opened = intake.unseal(register.keys, sent)
    at = datetime.fromisoformat(made["finished_at"]) + ON_THE_WAY
    by = (carrier or author).id
    household = UUID(made["household"]["id"])
    scope = Scope("intake", by, households=(household,), interviews=(sent.interview,))
    with transaction(scope) as session:
        received = intake.receive(session, register.keys, by, opened, at)
    for one in [] if without_files else sealed:
        _send_file(register, scope, sent.interview, one, at)
    return received


def _sealed_interview(register: Register, made: Document, author: Person) -> Sent:
    plain = written(made)
    digest = hashlib.sha256(plain).digest()
    interview = UUID(made["interview"])
    about = f"jpt/1 interview {interview} {digest.hex()}"
    return Sent(
        interview=interview,
        digest=digest,
        ingest_key=register.keys.ingest_id,
        device=author.device,
        signature=_signature(author, f"jpt/1 author {interview} {digest.hex()}"),
        envelope=sealing.seal(register.public, about, plain),
    )


def _signature(author: Person, said: str) -> bytes:
    """Raw r and s, as browsers sign."""
    der = author.device_key.sign(said.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _seal_file(register: Register, interview: UUID, one: File) -> Sealed:
    content = sealing.seal(
        register.public, f"jpt/1 evidence {interview} {one.sha256.hex()}", one.content
    )
    line = {
        "kind": one.kind,
        "media_type": one.media_type,
        "size": len(one.content),
        "sha256": one.sha256.hex(),
        "sealed_sha256": hashlib.sha256(content).hexdigest(),
        "sealed_size": len(content),
        "taken_at": one.taken_at.isoformat(),
    }
    return Sealed(content, line)


def _send_file(
    register: Register, scope: Scope, interview: UUID, one: Sealed, at: datetime
) -> None:
    digest = bytes.fromhex(one.line["sealed_sha256"])
    kept = files.keep(register.store, _pieces(one.content), digest, LARGEST_FILE)
    with transaction(scope) as session:
        evidence.take(session, register.keys, interview, kept, register.keys.ingest_id, at)


def _pieces(content: bytes) -> Iterator[bytes]:
    yield content

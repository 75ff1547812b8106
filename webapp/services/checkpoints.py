"""Checkpoints: the register's signed word of how the audit chain stood, kept outside the database.

A file that is only ever added to, one JWS (ES256) a line. A copy of it elsewhere, even a printed
line, binds whoever holds both database and file.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import jwt

from webapp.keys import Keys
from webapp.services import receipts
from webapp.services.audit_sealing import Head

KIND = "checkpoint"


@dataclass(frozen=True)
class Checkpoint:
    """One line: the chain's hash at a number; no hash where the line does not verify."""

    line: int
    number: int
    chain: bytes | None
    at: str


def add(file: Path, keys: Keys, head: Head, now: datetime) -> bool:
    """The head is on disk, signed and flushed, unless it or a newer one is there already.

    Two sealers may come at once: the file's own lock lets one after the other.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab+") as lines:
        fcntl.flock(lines, fcntl.LOCK_EX)
        last = _last(lines.fileno(), keys)
        if head.number <= last:
            return False
        said = {"number": head.number, "chain": head.chain.hex(), "at": now.isoformat()}
        torn = b"" if _ends_whole(lines.fileno()) else b"\n"
        lines.write(torn + receipts.sign(keys, said, KIND).encode() + b"\n")
        lines.flush()
        os.fsync(lines.fileno())
    return True


def read(file: Path, keys: Keys) -> Iterator[Checkpoint]:
    """Every line of the file, from the first on."""
    if not file.exists():
        return
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            yield _checkpoint(number, line.strip(), keys)


def _checkpoint(line: int, written: bytes, keys: Keys) -> Checkpoint:
    try:
        said = jwt.decode(written, keys.receipt.public_key(), algorithms=["ES256"])
        kind = jwt.get_unverified_header(written).get("typ")
        if kind == KIND:
            chain = bytes.fromhex(said["chain"])
            return Checkpoint(line, int(said["number"]), chain, str(said["at"]))
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        pass
    return Checkpoint(line, 0, None, "")


def _last(descriptor: int, keys: Keys) -> int:
    """The number of the newest whole line; a line torn by a power cut counts as none."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, 4096, max(0, size - 4096))
    whole = [_checkpoint(0, line.strip(), keys) for line in tail.split(b"\n") if line.strip()]
    return max((one.number for one in whole if one.chain), default=0)


def _ends_whole(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"

"""The evidence store: sealed files by digest, on disk and flushed before anybody is told.

A folder by default; an S3 bucket can stand behind the same three calls (`keep`, `read`, `holds`).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.domain.problems import Problem

NONCE = 12
DAY = 24 * 3600.0


@dataclass(frozen=True)
class Kept:
    """What is on disk now."""

    sha256: bytes
    size: int


def keep(folder: Path, chunks: Iterable[bytes], digest: bytes, largest: int) -> Kept:
    """The file is on disk under its digest, file and folder flushed; or nothing is.

    Raises:
        Problem: `too-large`, `hash-mismatch`, or `no-space` when the disk is full.
    """
    kept = keep_listed(folder, chunks, (digest,), largest)
    if kept is None:
        raise Problem("hash-mismatch")
    return kept


def keep_listed(
    folder: Path, chunks: Iterable[bytes], listed: Container[bytes], largest: int
) -> Kept | None:
    """The same for a file of which only a list knows; None, and nothing kept, where it does not.

    Raises:
        Problem: `too-large`, or `no-space` when the disk is full.
    """
    unfinished = folder / "incoming" / secrets.token_hex(16)
    try:
        _settle(unfinished.parent)
        found = _write(unfinished, chunks, largest)
        if found.sha256 not in listed:
            unfinished.unlink()
            return None
        _place(unfinished, place(folder, found.sha256))
    except (OSError, Problem) as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, Problem):
            raise
        raise Problem("no-space", after=60) from error
    return found


def sweep(folder: Path, now: float) -> int:
    """Uploads that a killed worker left unfinished a day ago are gone; how many."""
    left = (one for one in (folder / "incoming").glob("*") if one.stat().st_mtime < now - DAY)
    count = 0
    for one in left:
        one.unlink(missing_ok=True)
        count += 1
    return count


def place(folder: Path, digest: bytes) -> Path:
    """Where a file of this digest lies: few folders, so that each is soon known to be on disk."""
    name = digest.hex()
    return folder / name[:2] / name


def read(folder: Path, digest: bytes) -> bytes:
    """The sealed bytes."""
    return place(folder, digest).read_bytes()


def holds(folder: Path, digest: bytes) -> bool:
    """Whether the store has the file."""
    return place(folder, digest).exists()


def keep_copy(folder: Path, key: bytes, digest: bytes, size: str, picture: bytes) -> None:
    """A re-encoded copy is on disk, sealed with our own key; for people's eyes.

    Flushed like the file itself: the register says that it is there, and nothing makes it again.
    """
    target = _copy_place(folder, digest, size)
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, picture, _about(digest, size))
    unfinished = target.with_suffix(".new")
    _settle(target.parent)
    with unfinished.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _place(unfinished, target)


def read_copy(folder: Path, key: bytes, sealed_sha256: bytes, size: str) -> bytes | None:
    """The copy people see: JPEG bytes of `small` or `large`; None while there is none."""
    path = _copy_place(folder, sealed_sha256, size)
    if not path.exists():
        return None
    sealed = path.read_bytes()
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _about(sealed_sha256, size))
    except InvalidTag:
        return None


def _write(path: Path, chunks: Iterable[bytes], largest: int) -> Kept:
    running, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise Problem("too-large")
            running.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Kept(running.digest(), size)


def _place(unfinished: Path, target: Path) -> None:
    _settle(target.parent)
    unfinished.replace(target)
    _flush(target.parent)


_settled: set[Path] = set()


def _settle(folder: Path) -> None:
    """The folder is there and its name is flushed, even if another process has just made it."""
    if folder in _settled:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _flush(folder.parent)
    _flush(folder.parent.parent)
    _settled.add(folder)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_place(folder: Path, digest: bytes, size: str) -> Path:
    name = digest.hex()
    return folder / "copies" / name[:2] / f"{name}.{size}"


def _about(digest: bytes, size: str) -> bytes:
    return b"copy " + digest + size.encode()

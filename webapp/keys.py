"""The register's keys: files outside the database and its backups, read once at start."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

SECRETS = ("fields", "blind_index", "pepper", "copies", "links", "forms")


@dataclass(frozen=True)
class Keys:
    """Ingest keys open envelopes, the receipt key signs, the secrets seal columns and files."""

    ingest: dict[str, ec.EllipticCurvePrivateKey]
    receipt: ec.EllipticCurvePrivateKey
    secrets: dict[str, bytes]
    epoch: str

    @cached_property
    def ingest_id(self) -> str:
        """The ingest key that phones are told to use: the newest by name."""
        return max(self.ingest)

    @cached_property
    def ingest_public(self) -> bytes:
        """That key's public half: 65 bytes, uncompressed point."""
        return public_point(self.ingest[self.ingest_id])

    @cached_property
    def receipt_id(self) -> str:
        """Names the receipt key by its public half."""
        return public_point(self.receipt).hex()[2:18]


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as an uncompressed point (SEC 1)."""
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def make(folder: Path) -> None:
    """Every key exists when this returns; none that exists is changed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not list(folder.glob("ingest-*.pem")):
        _write(folder / "ingest-0001.pem", _private_key())
    if not (folder / "receipt.pem").exists():
        _write(folder / "receipt.pem", _private_key())
    if not (folder / "secrets.json").exists():
        made = {name: secrets.token_hex(32) for name in SECRETS}
        _write(folder / "secrets.json", json.dumps(made).encode())
    if not (folder / "epoch").exists():
        _write(folder / "epoch", secrets.token_hex(8).encode())


def load(folder: Path) -> Keys:
    """Read the keys; a missing one stops the start with a sentence that says what to do."""
    try:
        found = json.loads((folder / "secrets.json").read_text())
        return Keys(
            ingest={path.stem: _read(path) for path in sorted(folder.glob("ingest-*.pem"))},
            receipt=_read(folder / "receipt.pem"),
            secrets={name: bytes.fromhex(found[name]) for name in SECRETS},
            epoch=(folder / "epoch").read_text(),
        )
    except FileNotFoundError as missing:
        raise RuntimeError("keys are missing: run `python -m webapp.keys`") from missing


def _private_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _read(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise RuntimeError("a key file does not hold a P-256 key")
    return key


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def main() -> None:
    """Make what is missing in the folder that the environment names."""
    make(Path(os.environ.get("JPT_VAR", "var")) / "keys")

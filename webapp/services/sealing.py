"""Opening what phones sealed (HPKE, RFC 9180) and telling who signed it."""

from __future__ import annotations

import base64
import zlib
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from webapp.domain.problems import Problem

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

IngestKeys = dict[str, ec.EllipticCurvePrivateKey]


def open_interview(
    keys: IngestKeys, key: str, interview: UUID, digest: bytes, envelope: bytes
) -> bytes:
    """The finished interview's exact bytes. Raises Problem `unknown-key` or `unreadable`."""
    return _unpacked(_open(keys, key, envelope, f"jpt/1 interview {interview} {digest.hex()}"))


def open_file(keys: IngestKeys, key: str, interview: UUID, sha256: bytes, sealed: bytes) -> bytes:
    """An evidence file's bytes, bound to its interview. Raises as above."""
    return _open(keys, key, sealed, f"jpt/1 evidence {interview} {sha256.hex()}")


def open_vault_key(keys: IngestKeys, key: str, account: UUID, vault: UUID, sealed: bytes) -> bytes:
    """A phone's vault key, bound to its person. Raises as above."""
    return _open(keys, key, sealed, f"jpt/1 vault {account} {vault}")


def seal_to_point(point: bytes, about: str, plain: bytes) -> bytes:
    """Sealed to a P-256 point (SEC 1, uncompressed). Raises Problem `malformed` for others."""
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Problem("malformed") from error
    return seal(public, about, plain)


def seal(public: ec.EllipticCurvePublicKey, about: str, plain: bytes) -> bytes:
    """What a phone would send; for the demo province and the tests."""
    return SUITE.encrypt(plain, public, info=about.encode())


def seal_interview(
    public: ec.EllipticCurvePublicKey, interview: UUID, digest: bytes, plain: bytes
) -> bytes:
    """The envelope of an interview, as `open_interview` opens it."""
    return seal(public, f"jpt/1 interview {interview} {digest.hex()}", plain)


def sign_as_author(key: ec.EllipticCurvePrivateKey, interview: UUID, digest: bytes) -> bytes:
    """What a phone signs (raw r and s), by the register itself."""
    said = f"jpt/1 author {interview} {digest.hex()}".encode()
    r, s = decode_dss_signature(key.sign(said, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def is_signed_by(
    public_key: dict[str, Any], signature: bytes, interview: UUID, digest: bytes
) -> bool:
    """Whether the phone of this public key (JWK, P-256) signed this id and digest."""
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    said = f"jpt/1 author {interview} {digest.hex()}".encode()
    try:
        key = public_key_of(public_key)
        key.verify(encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def public_key_of(jwk: dict[str, Any]) -> ec.EllipticCurvePublicKey:
    """A P-256 public key from its JWK. Raises ValueError for anything else."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError("not a P-256 key")
    return _public_key(str(jwk["x"]), str(jwk["y"]))


@lru_cache(maxsize=4096)  # a phone comes back, and checking that a point is on the curve is dear
def _public_key(x: str, y: str) -> ec.EllipticCurvePublicKey:
    numbers = [int.from_bytes(from_base64url(one), "big") for one in (x, y)]
    return ec.EllipticCurvePublicNumbers(numbers[0], numbers[1], ec.SECP256R1()).public_key()


def from_base64url(text: str) -> bytes:
    """Bytes of unpadded base64url, in the one form they have. Raises ValueError."""
    found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(found) != text:
        raise ValueError("not base64url")
    return found


def to_base64url(content: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


PACKED = b"\1"
"""Stands before what was packed (zlib) and sealed then; a JSON text begins otherwise."""
LARGEST_PLAIN = 1024 * 1024


def _unpacked(opened: bytes) -> bytes:
    """What phones seal since they pack it: sealed bytes cannot be made smaller later."""
    if not opened.startswith(PACKED):
        return opened
    packed = zlib.decompressobj()
    try:
        plain = packed.decompress(opened[len(PACKED) :], LARGEST_PLAIN)
    except zlib.error as error:
        raise Problem("unreadable") from error
    if not packed.eof:
        raise Problem("unreadable")
    return plain


def _open(keys: IngestKeys, key: str, sealed: bytes, about: str) -> bytes:
    if key not in keys:
        raise Problem("unknown-key")
    try:
        return SUITE.decrypt(sealed, keys[key], info=about.encode())
    except Exception as error:  # the library raises several kinds for bytes that do not open
        raise Problem("unreadable") from error

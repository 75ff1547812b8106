"""Opening what phones sealed (HPKE, RFC 9180) and telling who signed it."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from webapp.domain.problems import Problem

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

IngestKeys = dict[str, ec.EllipticCurvePrivateKey]


def open_interview(
    keys: IngestKeys, key: str, interview: UUID, digest: bytes, envelope: bytes
) -> bytes:
    """The finished interview's exact bytes. Raises Problem `unknown-key` or `unreadable`."""
    return _open(keys, key, envelope, f"jpt/1 interview {interview} {digest.hex()}")


def open_file(keys: IngestKeys, key: str, interview: UUID, sha256: bytes, sealed: bytes) -> bytes:
    """An evidence file's bytes, bound to its interview. Raises as above."""
    return _open(keys, key, sealed, f"jpt/1 evidence {interview} {sha256.hex()}")


def seal(public: ec.EllipticCurvePublicKey, about: str, plain: bytes) -> bytes:
    """What a phone would send; for the demo province and the tests."""
    return SUITE.encrypt(plain, public, info=about.encode())


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
    x, y = (int.from_bytes(from_base64url(str(jwk[part])), "big") for part in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def from_base64url(text: str) -> bytes:
    """Bytes of unpadded base64url. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base64url(content: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _open(keys: IngestKeys, key: str, sealed: bytes, about: str) -> bytes:
    if key not in keys:
        raise Problem("unknown-key")
    try:
        return SUITE.decrypt(sealed, keys[key], info=about.encode())
    except Exception as error:  # the library raises several kinds for bytes that do not open
        raise Problem("unreadable") from error

"""ID numbers: sealed for those who may read them, indexed to find the same person twice."""

from __future__ import annotations

import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def digits_of(written: object) -> str:
    """The Arabic digits of a number as written, Thai digits included."""
    return "".join(str(int(letter)) for letter in str(written or "") if letter.isdecimal())


def seal(key: bytes, number: str, about: str) -> bytes:
    """AES-256-GCM, bound to the row it belongs to."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, number.encode(), about.encode())


def open_sealed(key: bytes, sealed: bytes, about: str) -> str:
    """The number again; only for those whom the policy lets read it."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode()).decode()


def index(key: bytes, number: str) -> bytes:
    """A keyed digest, equal for equal numbers; tells nothing without the key."""
    return hmac.digest(key, number.encode(), "sha256")

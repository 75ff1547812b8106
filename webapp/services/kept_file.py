"""A file given to the page and back, sealed: the register keeps nothing before it is wanted."""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.domain.problems import Problem

GOOD_FOR = timedelta(hours=2)
NONCE = 12
MOST_BYTES = 5_000_000


def seal(key: bytes, owner: UUID, name: str, content: bytes, now: datetime) -> str:
    """The file as a text that only this person can give back, for two hours."""
    head = json.dumps({"name": name, "until": (now + GOOD_FOR).isoformat()}).encode()
    nonce = secrets.token_bytes(NONCE)
    packed = zlib.compress(len(head).to_bytes(2, "big") + head + content, 9)
    sealed = AESGCM(key).encrypt(nonce, packed, owner.bytes)
    return base64.b64encode(nonce + sealed).decode()


def unseal(key: bytes, owner: UUID, text: str, now: datetime) -> tuple[str, bytes]:
    """The file's name and content. Raises Problem `malformed`, also where it is too old."""
    try:
        given = base64.b64decode(text, validate=True)
        packed = AESGCM(key).decrypt(given[:NONCE], given[NONCE:], owner.bytes)
    except (ValueError, InvalidTag) as broken:
        raise Problem("malformed") from broken
    unpacked = zlib.decompressobj().decompress(packed, MOST_BYTES)
    length = int.from_bytes(unpacked[:2], "big")
    head = json.loads(unpacked[2 : 2 + length])
    if datetime.fromisoformat(head["until"]) < now:
        raise Problem("malformed")
    return str(head["name"]), unpacked[2 + length :]

"""Where a list goes on: a sealed word in the address, good for the same list and filters only."""

from __future__ import annotations

import hmac
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import current_app, request

from webapp.services.sealing import from_base64url, to_base64url


def written(place: str, filters: Any) -> str:
    """The word that stands for the last row shown under these filters.

    A place may be a house's number and filters may hold a search's text: neither can be read in an
    address. The same place has the same word.
    """
    return to_base64url(_cipher().encrypt(place.encode(), _about(filters)))


def read(word: str | None, filters: Any) -> str | None:
    """The row that the list goes on after; None for a foreign word: the list begins anew."""
    try:
        return _cipher().decrypt(from_base64url(word or ""), _about(filters)).decode()
    except (InvalidTag, ValueError):
        return None


def _about(filters: Any) -> list[bytes]:
    """The list is its blueprint's: what stands for a row of one list is nonsense to another."""
    text = json.dumps(filters, default=str, sort_keys=True)
    return [str(request.blueprint).encode(), text.encode()]


def _cipher() -> AESSIV:
    links: bytes = current_app.extensions["keys"].secrets["links"]
    return AESSIV(hmac.digest(links, b"cursor", "sha256"))

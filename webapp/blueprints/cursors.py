"""Where a list goes on: a signed word in the address, good for the same filters only."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def written(place: str, filters: Any) -> str:
    """The word that stands for the last row shown under these filters."""
    return _signer().dumps([place, _digest(filters)])


def read(word: str | None, filters: Any) -> str | None:
    """The row that the list goes on after; None for a foreign word: the list begins anew."""
    try:
        place, digest = _signer().loads(word or "")
    except (BadSignature, ValueError, TypeError):
        return None
    return str(place) if digest == _digest(filters) else None


def _digest(filters: Any) -> str:
    """Filters may hold a search's text, which must not be readable in an address."""
    key: bytes = current_app.extensions["keys"].secrets["links"]
    text = json.dumps(filters, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(text.encode(), key=key[:32], digest_size=8).hexdigest()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["keys"].secrets["links"], salt="cursor")

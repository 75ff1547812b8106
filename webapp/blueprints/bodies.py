"""Reading what a request says: JSON within limits, ids and digests in their one form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import request

from webapp.domain import documents
from webapp.domain.problems import Problem
from webapp.services import sealing

CHUNK = 64 * 1024


def json_body(largest: int) -> dict[str, Any]:
    """The body as a JSON object. Raises Problem `unsupported`, `too-large` or `malformed`."""
    if request.mimetype != "application/json":
        raise Problem("unsupported")
    if request.content_length is not None and request.content_length > largest:
        raise Problem("too-large")
    content = request.stream.read(largest + 1)
    if len(content) > largest:
        raise Problem("too-large")
    try:
        found = documents.parse(content, longest=largest)
    except documents.Unreadable as error:
        raise Problem("malformed") from error
    if not isinstance(found, dict):
        raise Problem("malformed")
    return found


def list_of(found: dict[str, Any], name: str, most: int) -> list[Any]:
    """A list of at most so many."""
    value = found.get(name)
    if not isinstance(value, list):
        raise Problem("malformed")
    if len(value) > most:
        raise Problem("too-large")
    return value


def text_of(found: dict[str, Any], name: str, longest: int) -> str:
    """A text that says something."""
    value = found.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise Problem("malformed")
    return value


def uuid_of(written: Any) -> UUID:
    """A UUID in its canonical form: others could make one thing look like two."""
    try:
        found = UUID(written) if isinstance(written, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != written:
        raise Problem("malformed")
    return found


def digest_of(written: str) -> bytes:
    """A SHA-256 in lower hex."""
    try:
        found = bytes.fromhex(written)
    except ValueError as error:
        raise Problem("malformed") from error
    if len(found) != 32 or found.hex() != written:
        raise Problem("malformed")
    return found


def digest_seen() -> bytes:
    """The revision that the page of this form showed; empty where the form names none."""
    written = request.form.get("digest", "")
    return digest_of(written) if written else b""


def base64url_of(text: str) -> bytes:
    """Bytes of unpadded base64url."""
    try:
        return sealing.from_base64url(text)
    except ValueError as error:
        raise Problem("malformed") from error


def octets(largest: int) -> Iterator[bytes]:
    """A binary body in pieces, never more than allowed; its kind is known before the first.

    Raises:
        Problem: `unsupported` or `too-large`, the latter also while the pieces come.
    """
    if request.mimetype != "application/octet-stream":
        raise Problem("unsupported")
    if request.content_length is not None and request.content_length > largest:
        raise Problem("too-large")
    return _pieces(largest)


def parts(limits: Sequence[int]) -> list[Iterator[bytes]]:
    """The parts of a binary body, whose sizes the header Jpt-Parts says; to be read in order.

    A body that ends early ends its parts: what each of them is worth, its digest shows.

    Raises:
        Problem: `unsupported`, `too-large`, or `malformed` where the sizes are not the body's.
    """
    told = request.headers.get("Jpt-Parts", "")
    sizes = [int(one) for one in told.split(",")] if _SIZES.fullmatch(told) else []
    if request.mimetype != "application/octet-stream":
        raise Problem("unsupported")
    if not sizes or request.content_length not in (None, sum(sizes)):
        raise Problem("malformed")
    if len(sizes) > len(limits) or any(a > b for a, b in zip(sizes, limits, strict=False)):
        raise Problem("too-large")
    return [_part(size) for size in sizes]


_SIZES = re.compile("[1-9][0-9]{0,6}(,[1-9][0-9]{0,6})*", re.ASCII)


def _part(size: int) -> Iterator[bytes]:
    left = size
    while left and (piece := request.stream.read(min(left, CHUNK))):
        left -= len(piece)
        yield piece


def _pieces(largest: int) -> Iterator[bytes]:
    seen = 0
    while piece := request.stream.read(CHUNK):
        seen += len(piece)
        if seen > largest:
            raise Problem("too-large")
        yield piece

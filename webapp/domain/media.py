"""What a file is, told by its first bytes; what it is called or claims to be counts for nothing."""

from __future__ import annotations

import re

SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 100


def kind_of(start: bytes) -> str | None:
    """The media type of a document or photo that we keep; None for anything else."""
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return None


def safe_name(written: str, media_type: str) -> str:
    """A file name without folders, controls or tricks, ending as its kind does."""
    name = _UNPRINTABLE.sub("", written.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return (stem[:LONGEST_NAME] or "เอกสาร") + SUFFIXES[media_type]

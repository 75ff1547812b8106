"""Looking into a sealed picture: under limits, and only to make copies without metadata."""

from __future__ import annotations

import hashlib
import io
import warnings
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import files
from webapp.domain import likeness
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.evidence import Evidence
from webapp.services import sealing

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 12_000
SIZES = {"large": 1600, "small": 320}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class Refused(Exception):
    """The bytes are no picture that we show; `args[0]` says why in one word."""


def decode_one(session: Session, keys: Keys, folder: Path) -> bool:
    """One picture that waits has its copies, or a word why not; False when none waits."""
    row = session.scalars(
        select(Evidence)
        .where(
            Evidence.received_at.is_not(None),
            Evidence.listed_in.is_not(None),
            Evidence.decoded_at.is_(None),
        )
        .order_by(Evidence.received_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return False
    try:
        _decode(row, keys, folder)
    except Refused as refused:
        row.decode_problem = str(refused)
    row.decoded_at = datetime.now(UTC)
    return True


def difference_hash(picture: Image.Image) -> int:
    """64 bits: is a cell brighter than its right neighbour; signed, for bigint."""
    bits = 0
    for left, right in _neighbours(picture):
        bits = bits << 1 | int(left > right)
    return bits - 2**64 if bits >= 2**63 else bits


def visible(picture: Image.Image) -> int:
    """How many of the 64 comparisons differ enough for an eye to see; the rest are noise."""
    return sum(abs(left - right) >= likeness.VISIBLE for left, right in _neighbours(picture))


def _neighbours(picture: Image.Image) -> list[tuple[int, int]]:
    """Each of 8 times 8 grey cells with the one right of it."""
    cells = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    return [(cells[at], cells[at + 1]) for at in range(72) if at % 9 < 8]


def open_picture(content: bytes) -> Image.Image:
    """The picture, upright, of an allowed format and size. Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
                raise Refused("too-many-pixels")
            upright = ImageOps.exif_transpose(picture)
            upright.load()
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too-many-pixels") from error
    except Exception as error:  # Pillow's decoders raise many kinds on damaged bytes
        raise Refused("not-a-picture") from error
    return upright


def _decode(row: Evidence, keys: Keys, folder: Path) -> None:
    content = _content(row, keys, folder)
    if row.kind == "signature_strokes":
        return
    picture = open_picture(content)
    row.width, row.height = picture.size
    if row.kind == "photo":
        row.visible = visible(picture)
        if likeness.says_something(row.visible):
            row.difference_hash = difference_hash(picture)
    for name, side in SIZES.items():
        copy = _copy(picture, side)
        files.keep_copy(folder, keys.secrets["copies"], row.sealed_sha256, name, copy)


def _content(row: Evidence, keys: Keys, folder: Path) -> bytes:
    """The file as the phone had it, proved by its digest."""
    sha256 = row.sha256 or b""
    try:
        sealed = files.read(folder, row.sealed_sha256)
        plain = sealing.open_file(
            keys.ingest, row.ingest_key or "", row.interview_id, sha256, sealed
        )
    except (OSError, Problem) as error:
        raise Refused("does-not-open") from error
    if hashlib.sha256(plain).digest() != sha256:
        raise Refused("digest-differs")
    return plain


def _copy(picture: Image.Image, side: int) -> bytes:
    """A JPEG on white, at most so long, with nothing of the original's metadata."""
    flat = Image.new("RGB", picture.size, "white")
    rgba = picture.convert("RGBA")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=82)
    return written.getvalue()

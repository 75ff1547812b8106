"""Pictures that are none, that lie about their size, that carry more than a picture."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from tests.web.test_bad_input import CASES
from webapp.services import decoding

PICTURES: list[dict[str, Any]] = CASES["pictures"]
GPS_INFO = 0x8825


def made(case: dict[str, Any]) -> bytes:
    """The bytes as the case has them."""
    if case["make"] == "bytes":
        return bytes.fromhex(case["hex"])
    if case["make"] == "text":
        return str(case["text"]).encode()
    content = png(*case["size"]) if case["make"] == "png" else drawn(case)
    return content[: int(len(content) * case.get("cut", 1))] + case.get("behind", "").encode()


def drawn(case: dict[str, Any]) -> bytes:
    """A real picture of noise, so that nothing of it can be left out."""
    picture = Image.effect_noise(case["size"], 60).convert(case.get("mode", "RGB"))
    exif = Image.Exif()
    if case.get("exif"):
        exif[GPS_INFO] = {1: "N", 2: (17.0, 51.0, 0.0)}
        exif[0x010E] = "where it was taken"
    written = io.BytesIO()
    picture.save(written, case["format"], **({"exif": exif} if case.get("exif") else {}))
    return written.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG that says how large it is and has hardly a pixel."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


class TestAPicture:
    @pytest.mark.parametrize("case", PICTURES, ids=lambda case: case["name"])
    def test_is_opened_or_refused_with_a_word(self, case: dict[str, Any]) -> None:
        try:
            decoding.open_picture(made(case))
            word = None
        except decoding.Refused as refused:
            word = str(refused)
        assert word == case["want"]

    @pytest.mark.parametrize(
        "case", [one for one in PICTURES if not one["want"]], ids=lambda case: case["name"]
    )
    def test_shown_carries_nothing_but_the_picture(self, case: dict[str, Any]) -> None:
        copy = decoding._copy(decoding.open_picture(made(case)), 320)
        seen = Image.open(io.BytesIO(copy))
        assert seen.format == "JPEG"
        assert max(seen.size) <= 320
        assert not seen.getexif()
        assert b"script" not in copy
        assert b"taken" not in copy

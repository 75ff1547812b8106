"""Drawn evidence: signatures of strokes, and pictures nobody could take for photographs."""

from __future__ import annotations

import io
import json
import math
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFont

DIST = Path(__file__).parent.parent / "static" / "dist"
PAD = (600, 240)
PHOTO = (800, 600)
INK = (0, 49, 140)
SKIES = ((196, 225, 245), (250, 224, 190), (214, 234, 214), (228, 214, 240))
COATS = ((190, 60, 60), (60, 90, 170), (60, 140, 80), (200, 150, 40), (120, 70, 150))

Stroke = list[dict[str, float]]


def strokes(chance: Random) -> dict[str, Any]:
    """A signature as the phone keeps it: points in CSS pixels, milliseconds since the first."""
    width, height = PAD
    written: list[Stroke] = []
    moment, left = 0, width * 0.12
    for _ in range(chance.randint(2, 4)):
        stroke: Stroke = []
        phase, swing = chance.uniform(0, 6), chance.uniform(20, 55)
        for step in range(chance.randint(14, 30)):
            left += chance.uniform(3, 9)
            moment += 16
            wave = math.sin(phase + step * 0.55) + 0.4 * math.sin(phase + step * 1.3)
            stroke.append(
                {"x": round(left, 1), "y": round(height / 2 + swing * wave, 1), "t": moment,
                 "pressure": 0.5}
            )  # fmt: skip
        written.append(stroke)
        moment += chance.randint(80, 300)
        left -= chance.uniform(10, 60)
    return {"width": width, "height": height, "strokes": written}


def strokes_file(signed: dict[str, Any]) -> bytes:
    """The strokes as the phone stores them."""
    return json.dumps(signed, separators=(",", ":")).encode()


def signature_picture(signed: dict[str, Any]) -> bytes:
    """The small picture of the strokes (PNG)."""
    picture = Image.new("RGB", PAD, "white")
    pen = ImageDraw.Draw(picture)
    for stroke in signed["strokes"]:
        pen.line([(point["x"], point["y"]) for point in stroke], INK, 4, "curve")
    return _file(picture, "PNG")


def photo(chance: Random, people: int, caption: str) -> bytes:
    """A drawn house and drawn people with ตัวอย่าง across (JPEG, no metadata).

    Each is framed and lit in its own way, as photographs are: two that are alike mean something.
    """
    width, height = PHOTO
    picture = Image.new("RGB", PHOTO, chance.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    ground = height * chance.uniform(0.55, 0.8)
    pen.rectangle((0, ground, width, height), (120 + chance.randint(0, 60), 170, 110))
    _house(pen, chance, ground)
    left, apart = chance.uniform(50, 380), chance.uniform(55, 75)
    for place in range(min(people, 6)):
        _person(pen, chance, left + place * apart, ground + chance.uniform(10, 70))
    picture = _in_light(picture, chance)
    pen = ImageDraw.Draw(picture)
    pen.text((width / 2, 70), "ตัวอย่าง", (160, 30, 30), _font(60), "mm", stroke_width=3,
             stroke_fill="white")  # fmt: skip
    pen.text((width / 2, height - 34), caption, "black", _font(30), "mm")
    return _file(picture, "JPEG", quality=72)


def much_alike(photo: bytes) -> bytes:
    """The photo sent through a chat by somebody who cut its edges off: smaller and brighter too."""
    picture = Image.open(io.BytesIO(photo))
    wide, high = picture.width // 24, picture.height // 24
    cut = picture.crop((wide, high, picture.width - wide, picture.height - high))
    bright = ImageEnhance.Brightness(cut.resize((640, 480))).enhance(1.2)
    return _file(bright, "JPEG", quality=60)


def dark() -> bytes:
    """A photo with a finger on the lens: nothing to see (JPEG)."""
    return _file(Image.new("RGB", PHOTO, (14, 9, 8)), "JPEG", quality=72)


def paper_form(chance: Random, caption: str) -> bytes:
    """A drawn paper form, as a desk photographs it (JPEG)."""
    picture = Image.new("RGB", (600, 800), (245, 243, 236))
    pen = ImageDraw.Draw(picture)
    pen.text((300, 60), "แบบสอบถามตัวอย่าง", "black", _font(48), "mm")
    for line in range(14):
        top = 130 + line * 44
        pen.line((60, top + 30, 540, top + 30), (180, 180, 180), 2)
        pen.line((70, top + 20, 70 + chance.randint(60, 440), top + 20), INK, 3)
    pen.text((300, 770), caption, (160, 30, 30), _font(26), "mm")
    return _file(picture, "JPEG", quality=72)


def _in_light(picture: Image.Image, chance: Random) -> Image.Image:
    """Sun and shade of that hour, trees and walls behind: broad patches, light and dark."""
    patches = Image.new("L", (7, 6))
    patches.putdata([chance.randint(20, 255) for _ in range(42)])
    shade = patches.resize(picture.size, Image.Resampling.BICUBIC).convert("RGB")
    return Image.blend(picture, ImageChops.multiply(picture, shade), 0.75)


def _house(pen: ImageDraw.ImageDraw, chance: Random, ground: float) -> None:
    left, size = chance.randint(40, 500), chance.randint(150, 300)
    foot, eaves = ground + 10, ground - size * 0.6
    wall = tuple(chance.randint(110, 240) for _ in range(3))
    pen.rectangle((left, eaves, left + size, foot), wall, "black", 3)
    top = eaves - chance.randint(40, 120)
    roof = [(left - 30, eaves), (left + size / 2, top), (left + size + 30, eaves)]
    pen.polygon(roof, tuple(chance.randint(50, 180) for _ in range(3)), "black")
    door = left + size * chance.uniform(0.1, 0.7)
    pen.rectangle((door, eaves + size * 0.2, door + size * 0.2, foot), (90, 60, 40))


def _person(pen: ImageDraw.ImageDraw, chance: Random, left: float, foot: float) -> None:
    tall = chance.randint(90, 150)
    head = foot - tall
    coat = chance.choice(COATS)
    pen.ellipse((left - 18, head - 36, left + 18, head), (235, 200, 170), "black", 2)
    pen.polygon([(left - 26, foot - 30), (left, head), (left + 26, foot - 30)], coat, "black")
    for side in (-10, 10):
        pen.line((left + side, foot - 30, left + side, foot + 20), "black", 5)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Sarabun as the client's build left it; Pillow's own where there is none."""
    built = sorted(DIST.glob("sarabun-thai-700-*.woff2"))
    return ImageFont.truetype(str(built[-1]), size) if built else ImageFont.load_default(size)


def _file(picture: Image.Image, kind: str, **options: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()

"""The evidence of a made-up interview: files to seal, a position, or a note."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from webapp.demo import drawing, province
from webapp.demo.fates import Fate

NOTE = "ผู้ให้ข้อมูลไม่สะดวกถ่ายภาพ ยินยอมด้วยวาจาต่อหน้าผู้ใหญ่บ้าน (ตัวอย่าง)"
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class File:
    """One file before it is sealed."""

    kind: str
    media_type: str
    content: bytes
    taken_at: datetime

    @property
    def sha256(self) -> bytes:
        """The digest by which the interview's manifest knows it."""
        return hashlib.sha256(self.content).digest()


def files(fate: Fate) -> list[File]:
    """The files this household's evidence consists of."""
    chance, kind, at = fate.dwelling.chance("files"), fate.evidence, fate.finished_at
    everything = kind in ("not_arrived", "far", "inaccurate")
    found: list[File] = []
    if fate.outcome != "interviewed":
        return found
    if "photo" in kind or everything:
        picture = _photo(fate)
        found.append(File("photo", "image/jpeg", picture, at - timedelta(minutes=3)))
    if "paper_form" in kind:
        picture = drawing.paper_form(chance, caption(fate))
        found.append(File("other_photo", "image/jpeg", picture, at - timedelta(minutes=2)))
    if "signature" in kind or everything:
        signed = drawing.strokes(chance)
        moment = at - timedelta(minutes=1)
        picture = drawing.signature_picture(signed)
        found.append(File("signature", "image/png", picture, moment))
        strokes = drawing.strokes_file(signed)
        found.append(File("signature_strokes", "application/json", strokes, moment))
    return found


def _photo(fate: Fate) -> bytes:
    """The household's own; or another's, as it was or sent on; or one that shows nothing."""
    if fate.oddity == "photo_plain":
        return drawing.dark()
    of = fate.like if fate.like and fate.oddity in ("photo_same", "photo_similar") else fate
    chance = of.dwelling.chance("files")
    picture = drawing.photo(chance, len(of.dwelling.members), caption(of))
    return drawing.much_alike(picture) if fate.oddity == "photo_similar" else picture


def caption(fate: Fate) -> str:
    """Which house this is; the built font has Thai letters and digits only."""
    number = fate.dwelling.house_number.translate(_TO_THAI).replace("/", " ทับ ")
    return f"บ้านเลขที่ {number} ข้อมูลตัวอย่าง"


def entries(fate: Fate) -> list[dict[str, Any]]:
    """The part of the manifest that is no file: where the phone stood, or what was said."""
    if fate.evidence in ("note", "paper_form"):
        return [{"kind": "other", "note": NOTE}]
    placed = "position" in fate.evidence or fate.evidence in ("far", "inaccurate")
    return [_position(fate, fate.dwelling.chance("position"))] if placed else []


def _position(fate: Fate, chance: Random) -> dict[str, Any]:
    """A fix near the house; some phones stood elsewhere, some had none but the mast's."""
    accuracy = round(chance.uniform(3, 28), 1)
    away = 0.00005
    if fate.evidence == "far":
        away = 0.09
    if fate.evidence == "inaccurate":
        accuracy, away = round(chance.uniform(600, 1800), 1), 0.004
    point = fate.dwelling.point
    found = {
        "kind": "position",
        "latitude": round(point.y - abs(chance.gauss(away, away / 4)), 6),
        "longitude": round(point.x + chance.gauss(0, away / 2), 6),
        "accuracy": accuracy,
        "taken_at": (fate.finished_at - timedelta(seconds=20)).isoformat(),
        "age_s": chance.randint(0, 4),
        "fixes": chance.randint(1, 18),
    }
    return found | _oddly(fate, found)


def _oddly(fate: Fate, found: dict[str, Any]) -> dict[str, Any]:
    """What is odd about the position, where that is this household's fate."""
    if fate.like and fate.oddity in ("position_same", "position_shared"):
        theirs = _position(fate.like, fate.like.dwelling.chance("position"))
        nearby = 0.000_01 if fate.oddity == "position_shared" else 0.0
        turn = fate.dwelling.chance("nearby").uniform(-nearby, nearby)
        return {
            "latitude": theirs["latitude"],
            "longitude": round(theirs["longitude"] + turn, 6),
        }
    if fate.oddity == "position_centroid":
        middle = province.village_points()[fate.dwelling.village]
        return {"latitude": round(middle.y, 6), "longitude": round(middle.x, 6)}
    if fate.oddity == "position_default":
        return {name: round(found[name], 2) for name in ("latitude", "longitude")}
    if fate.oddity == "position_old":
        long_ago = fate.started_at - timedelta(hours=3)
        return {"taken_at": long_ago.isoformat(), "age_s": 10_800}
    return {}

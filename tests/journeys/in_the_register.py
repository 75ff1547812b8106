"""What PostGIS and the evidence store hold, opened with the register's keys."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

from flask import Flask
from PIL import Image, ImageStat
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import files
from webapp.domain import questionnaire
from webapp.keys import Keys
from webapp.models.evidence import Evidence
from webapp.models.interview import Interview, Member, Revision
from webapp.services import personal_numbers, sealing


def the_interview(register: Session) -> Interview:
    """The one interview that the register holds now."""
    register.rollback()
    return register.scalars(select(Interview)).one()


def revisions(register: Session) -> int:
    """How many finished states the register holds now."""
    register.rollback()
    return register.scalar(select(func.count()).select_from(Revision)) or 0


def the_document(register: Session) -> dict[str, Any]:
    """The one revision, as its volunteer finished it."""
    document: dict[str, Any] = register.scalars(select(Revision.answers)).one()
    return document


def usual_answers() -> dict[str, Any]:
    """What "ทุกข้อปกติ" answers, by question."""
    questions = questionnaire.load("bmn-31")["questions"]
    return {one["id"]: one["usual"] for one in questions if "usual" in one}


def as_kept(person: dict[str, Any], key: str) -> dict[str, Any]:
    """A person as told at the door, in the document's words; the number is kept apart, sealed."""
    day, month, year = person["birth"].split("/")
    birth = f"{int(year) - 543:04}-{int(month):02}-{int(day):02}"
    told = {name: said for name, said in person.items() if said is not False}
    return {"id": key} | {n: s for n, s in told.items() if n != "national_id"} | {"birth": birth}


def id_numbers(register: Session, keys: Keys) -> list[str]:
    """The ID numbers of the people who have one, opened."""
    return [
        personal_numbers.open_sealed(
            keys.secrets["fields"],
            row.national_id_sealed,
            f"members {row.interview_id} {row.digest.hex()} {row.ordinal}",
        )
        for row in register.scalars(select(Member).order_by(Member.ordinal))
        if row.national_id_sealed
    ]


def evidence(register: Session, app: Flask, interview: Interview) -> dict[str, bytes]:
    """Every file of the interview by kind, opened; its bytes are those that were captured."""
    keys: Keys = app.extensions["keys"]
    opened: dict[str, bytes] = {}
    for row in register.scalars(select(Evidence)):
        assert row.sha256
        assert row.ingest_key
        sealed = files.read(app.config["JPT"].evidence, row.sealed_sha256)
        plain = sealing.open_file(keys.ingest, row.ingest_key, interview.id, row.sha256, sealed)
        assert hashlib.sha256(plain).digest() == row.sha256
        opened[str(row.kind)] = plain
    return opened


def is_a_photo(content: bytes) -> bool:
    """A JPEG that shows something, small, without metadata."""
    picture = Image.open(io.BytesIO(content))
    colours = picture.convert("L").getextrema()
    small = max(picture.size) <= 1600 and len(content) <= 350 * 1024
    return picture.format == "JPEG" and small and not picture.getexif() and colours[0] < colours[1]


def look_of(content: bytes) -> list[float]:
    """Width, height and mean colour."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return [*picture.size, *ImageStat.Stat(picture).mean]


def is_a_signature(content: bytes, strokes: bytes) -> bool:
    """A picture with ink on it, and the strokes that made the ink."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    points = [point for stroke in json.loads(strokes)["strokes"] for point in stroke]
    return picture.getextrema() == (picture.getextrema()[0], 255) and len(points) > 5

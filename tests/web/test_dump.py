"""A copy of the whole database, as somebody finds it who should not have it."""

from __future__ import annotations

import base64
import io
import re
import zlib
from typing import Any

import cluster
import database as databases
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, blank
from tests.registrant import SOMKID, SOMSRI, Registrant
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import decoding

NUMBERS = ("1990100000011", "1990100000029", "1990100000037", "1990100000511", "1990100000529")
PHONES = ("0812345678", "042411234", "0819995551")
NAME = "ทดสอบ"
BYTES = re.compile(r"\\\\x([0-9a-f]{20,})")
"""A value of bytes, as pg_dump writes it."""


def photo() -> bytes:
    """A picture of noise: no two of its bytes follow each other by chance."""
    written = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def ways(secret: bytes) -> list[str]:
    """In which letters a dump could tell this: as text, as bytes, in base64 at any place."""
    coded = [
        base64.b64encode(b"\0" * n + secret)[4 * bool(n) : (n + len(secret)) // 3 * 4].decode()
        for n in range(3)
    ]
    return [secret.decode(), secret.hex(), *coded]


def unpacked(dump: str) -> str:
    """What stands in values that are only made smaller, not sealed."""
    found = []
    for value in BYTES.findall(dump):
        for start in (0, 1):
            try:
                found.append(zlib.decompress(bytes.fromhex(value)[start:]))
            except zlib.error:
                continue
    return "\n".join(one.decode(errors="replace") for one in found)


def people() -> list[dict[str, Any]]:
    """Somebody with numbers of both kinds, and somebody who writes Thai digits."""
    one = {"id": "m1", "first_name": NAME, "last_name": "ตัวอย่าง", "birth": "1980-05-17"}
    first = one | {"national_id": NUMBERS[0], "phone": PHONES[2]}
    thai = "".join(chr(ord("๐") + int(digit)) for digit in NUMBERS[1])
    return [first, one | {"id": "m2", "national_id": thai}]


@pytest.fixture
def held(app: Flask, mali: Handset, the_world: Session) -> bytes:
    """A photo that is held, with interviews placed and in custody, and people who registered."""
    seen, gone = photo(), people()[0] | {"id": "m9", "national_id": NUMBERS[2]}
    roster = [{"member": "m9", "name": NAME, "left": "moved_out", "said": gone}]
    told = {"members": people(), "roster": roster}
    for changes in (told, told | {"questionnaire": "bmn-99"}):
        assert mali.put_whole(mali.interview({"photo": seen}, **changes)).status_code in (201, 202)
    assert mali.put(mali.seal(blank(mali) | told | {"schema": 9})).status_code == 202
    Registrant(app.test_client()).register(SOMSRI)
    Registrant(app.test_client(), "inspector").register(SOMKID)
    with app.app_context():
        while decode(app):
            pass
    the_world.rollback()
    return seen


def decode(app: Flask) -> bool:
    """One picture gets its copies."""
    with transaction(Scope("decoder")) as session:
        return decoding.decode_one(session, app.extensions["keys"], app.config["JPT"].evidence)


class TestADumpOfTheDatabase:
    def test_tells_no_number_and_shows_no_face(
        self, held: bytes, database_server: cluster.Server, database: databases.Addresses
    ) -> None:
        name = database.owner.rsplit("/", 1)[1]
        program = cluster.programs() / "pg_dump"
        dump = cluster.run(program, "-d", database_server.address(name)).stdout
        for table in ("revisions", "members", "custody", "person_details", "audit_entries"):
            assert f"COPY public.{table} " in dump
        assert dump.count(NAME) >= 2
        assert world.NAM_SAI in dump
        whole = dump + unpacked(dump)
        for number in (*NUMBERS, *PHONES):
            thai = "".join(chr(ord("๐") + int(digit)) for digit in number)
            for way in (*ways(number.encode()), *ways(thai.encode())):
                assert way not in whole
        for start in range(0, len(held) - 24, 997):
            assert held[start : start + 24].hex() not in whole

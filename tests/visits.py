"""Interviews of the test's world as an inspector finds them: evidence, failures, custody."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from PIL import Image

from tests import world
from tests.handset import Handset, Sealed, blank
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import decoding

AT_HOME = {
    "kind": "position",
    "latitude": 17.851,
    "longitude": 102.701,
    "accuracy": 12.0,
    "taken_at": datetime(2026, 11, 23, 2, tzinfo=UTC).isoformat(),
    "age_s": 3,
    "fixes": 4,
}
"""156 metres from the village's point, inside its subdistrict."""

ODD = {
    "6.4": {"who": {"m1": "not_checked"}},
    "22.1.1": 1200,
    "22.1.2": 0,
    "22.1.3": 0,
    "22.1.4": 0,
}
"""Answers that fail indicators 6, 9 and 22, and a rule about a very low income."""


def a_photo(colour: str = "teal") -> bytes:
    """Small, obviously artificial."""
    written = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(written, "JPEG")
    return written.getvalue()


def with_evidence(app: Flask, phone: Handset, **changes: Any) -> Sealed:
    """The first house's interview is held, and its photo and signature can be looked at."""
    files = {"photo": a_photo(), "signature": a_photo("white")}
    answers = blank(phone)["answers"] | ODD
    one = phone.interview(files, evidence=[AT_HOME], answers=answers, **changes)
    assert phone.put(one).status_code == 201
    for digest in one.files:
        assert phone.put_file(one, digest).status_code in (200, 201)
    keys, folder = app.extensions["keys"], app.config["JPT"].evidence
    for _ in one.files:
        with transaction(Scope("decoder")) as session:
            assert decoding.decode_one(session, keys, folder)
    return one


def in_custody(phone: Handset) -> Sealed:
    """Chai's house interviewed by somebody who was not assigned it: nothing of it is placed."""
    house = {"id": str(world.CHAIS_HOUSE), "new": False, "village": world.DON, "house_number": "9"}
    one = phone.interview(household=house)
    answer = phone.put(one)
    assert (answer.status_code, answer.get_json()["level"]) == (202, "custody")
    return one

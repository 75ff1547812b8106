"""An officer's change of answers: chosen, typed with a reason, looked at, saved, and seen."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.desk import WHY, shown
from tests.handset import Handset, Sealed
from tests.officer import OURS, Officer


@pytest.fixture
def orathai(app: Flask, the_world: Session) -> FlaskClient:
    """The officer of the province, signed in."""
    return Officer(app, "orathai").client


@pytest.fixture
def one(mali: Handset) -> Sealed:
    """An interview in the register."""
    found = mali.interview()
    assert mali.put(found).status_code == 201
    return found


def post(client: FlaskClient, one: Sealed, act: str, **fields: str | list[str]) -> TestResponse:
    address = f"/office/override/{one.interview}"
    keys = "&".join(f"key={quote(key)}" for key in fields["key"])
    page = client.get(f"{address}?{keys}").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert token
    assert digest
    data = {"csrf_token": token[1], "digest": digest[1], "act": act} | fields
    return client.post(address, data=data, headers=OURS)


class TestTheForm:
    def test_lists_every_answer_to_choose_from(self, orathai: FlaskClient, one: Sealed) -> None:
        page = orathai.get(f"/office/override/{one.interview}").get_data(as_text=True)
        assert f"/office/override/{one.interview}?key=9.1" in page
        assert "1990100000011" not in page

    def test_is_not_for_inspectors(self, nida: FlaskClient, one: Sealed) -> None:
        assert nida.get(f"/office/override/{one.interview}").status_code == 403

    @pytest.mark.parametrize("key", ["9.99", "members.m1", "members.m9.birth", "x.y"])
    def test_of_what_is_no_answer_is_refused(
        self, orathai: FlaskClient, one: Sealed, key: str
    ) -> None:
        assert orathai.get(f"/office/override/{one.interview}?key={key}").status_code == 400


class TestALookBeforeSaving:
    def test_says_what_the_rules_would_say_and_writes_nothing(
        self, orathai: FlaskClient, one: Sealed, the_world: Session
    ) -> None:
        answer = post(orathai, one, "look", key=["9.1"], **{"v.9.1": "enough", "r.9.1": WHY})
        page = answer.get_data(as_text=True)
        assert "คำตอบจะต่างจากเดิม 1 ข้อ" in page
        assert "ตัวชี้วัดที่เปลี่ยน" in page
        assert WHY in page
        assert shown(the_world, one).head_digest.hex() == one.digest

    def test_of_what_fits_no_question_says_so_beside_the_box(
        self, orathai: FlaskClient, one: Sealed
    ) -> None:
        fields = {"v.members.m1.birth": "เมื่อก่อน", "r.members.m1.birth": WHY}
        page = post(orathai, one, "look", key=["members.m1.birth"], **fields)
        assert "คำตอบนี้ไม่ตรงกับที่ข้อนี้ถาม" in page.get_data(as_text=True)
        assert "เมื่อก่อน" in page.get_data(as_text=True)


class TestASavedChange:
    def test_is_seen_by_the_inspector_with_who_and_why(
        self, orathai: FlaskClient, nida: FlaskClient, one: Sealed, the_world: Session
    ) -> None:
        fields = {
            "v.9.1": "enough",
            "r.9.1": "ดูจากแบบกระดาษ",
            "v.members.m1.birth": "17/5/2524",
            "r.members.m1.birth": "บัตรประชาชน",
        }
        answer = post(orathai, one, "save", key=["9.1", "members.m1.birth"], **fields)
        assert answer.status_code == 303
        page = nida.get(f"/interviews/{one.interview}").get_data(as_text=True)
        assert "แก้โดยเจ้าหน้าที่" in page
        assert "ดูจากแบบกระดาษ" in page
        assert "บัตรประชาชน" in page
        assert "orathai" in page

    def test_needs_a_reason_for_each(
        self, orathai: FlaskClient, one: Sealed, the_world: Session
    ) -> None:
        answer = post(orathai, one, "save", key=["9.1"], **{"v.9.1": "enough", "r.9.1": ""})
        assert answer.status_code == 422
        assert "กรุณาบอกเหตุผล" in answer.get_data(as_text=True)
        assert shown(the_world, one).head_number == 1

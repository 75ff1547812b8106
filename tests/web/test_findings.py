"""Findings in an interview's panel: told in words, on both sides, closed with a reason."""

from __future__ import annotations

import html
import json
import re
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset
from webapp.blueprints import finding_words
from webapp.db import transaction
from webapp.demo import drawing
from webapp.domain.actors import Scope
from webapp.domain.evidence_reasons import Reason
from webapp.domain.findings import KINDS
from webapp.services import decoding, following_up

HOUSE, SECOND = (f"/households/{one}" for one in (world.HOUSE, world.SECOND_HOUSE))
PHOTO = drawing.photo(Random(7), 3, "1")


def look(app: Flask) -> None:
    """Everything that came is decoded and compared."""
    keys, folder = app.extensions["keys"], app.config["JPT"].evidence
    for role, act in (
        ("decoder", lambda session: decoding.decode_one(session, keys, folder)),
        ("finder", following_up.look_at_one),
    ):
        done = True
        while done:
            with transaction(Scope(role)) as session:
                done = act(session)


def send(app: Flask, phone: Handset, house: object, number: str, photo: bytes = PHOTO) -> None:
    """A household interviewed where the first one stands, with a photo."""
    one = phone.interview(
        {"photo": photo},
        evidence=[visits.AT_HOME],
        household={
            "id": str(house), "new": False, "village": world.NAM_SAI, "house_number": number
        },
    )  # fmt: skip
    assert phone.put(one).status_code == 201
    for digest in one.files:
        phone.put_file(one, digest)


@pytest.fixture
def pair(app: Flask, mali: Handset) -> None:
    """Two households with one photo and one position."""
    send(app, mali, world.HOUSE, "1")
    send(app, mali, world.SECOND_HOUSE, "2/1")
    look(app)


def shown(client: FlaskClient, address: str = HOUSE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def codes(page: str) -> list[str]:
    return re.findall(r'data-finding="(\w+)"', page)


@pytest.mark.usefixtures("pair")
class TestAPair:
    def test_is_told_on_both_sides_with_the_other_one_named(self, nida: FlaskClient) -> None:
        for address, other in ((HOUSE, "บ้านเลขที่ 2/1"), (SECOND, "บ้านเลขที่ 1 ")):
            page = shown(nida, address)
            assert {"photo_same", "position_same"} <= set(codes(page))
            assert other in page

    def test_says_what_else_explains_it_and_accuses_nobody(self, nida: FlaskClient) -> None:
        page = shown(nida)
        assert "อาจเป็นเพราะ: อาจแนบภาพผิดครัวเรือน" in page
        assert "ไม่ใช่ข้อกล่าวหา" in page

    def test_speaks_english_behind_the_switch(self, nida: FlaskClient) -> None:
        nida.set_cookie("jpt-language", "en")
        assert "The photo is the same as that of another household" in shown(nida)

    def test_names_nobody_of_another_area(self, nida: FlaskClient, register: Session) -> None:
        """The other household is moved out of her district: she learns no more than that."""
        moved = {"p": world.PATHS[world.FAR], "h": world.SECOND_HOUSE}
        register.execute(text("update households set path = :p where id = :h"), moved)
        register.execute(text("update interviews set path = :p where household_id = :h"), moved)
        register.commit()
        page = shown(nida)
        assert "photo_same" in codes(page)
        assert "อีกครัวเรือนอยู่นอกพื้นที่ของท่าน" in page
        assert "2/1" not in page


@pytest.mark.usefixtures("pair")
class TestClosingAFinding:
    def _finding(self, register: Session) -> int:
        register.rollback()
        found = register.scalar(
            text(
                "select f.id from findings f join interviews i on i.id = f.interview_id "
                "where f.code = 'photo_same' and i.household_id = :house"
            ),
            {"house": world.HOUSE},
        )
        assert found is not None
        return int(found)

    def _form(self, client: FlaskClient, **fields: str) -> dict[str, str]:
        token = re.findall(r'name="csrf_token" value="([^"]+)"', shown(client))[0]
        return {"csrf_token": token, "next": HOUSE, **fields}

    def test_keeps_it_with_the_reason_and_takes_its_weight(
        self, nida: FlaskClient, register: Session
    ) -> None:
        one = self._finding(register)
        form = self._form(nida, reason="สองครัวเรือนอยู่บ้านเดียวกัน")
        answer = nida.post(f"/findings/{one}/explain", data=form)
        assert (answer.status_code, answer.location) == (303, HOUSE)
        page = shown(nida)
        assert "photo_same" not in codes(page)
        assert "photo_same" not in codes(shown(nida, SECOND))
        assert "คำอธิบาย: สองครัวเรือนอยู่บ้านเดียวกัน" in page
        assert nida.post(f"/findings/{one}/reopen", data=form).status_code == 303
        assert "photo_same" in codes(shown(nida))
        assert "photo_same" in codes(shown(nida, SECOND))

    def test_wants_a_reason(self, nida: FlaskClient, register: Session) -> None:
        form = self._form(nida, reason="  ")
        answer = nida.post(f"/findings/{self._finding(register)}/explain", data=form)
        assert answer.status_code == 422

    def test_is_not_for_another_district(
        self, nida: FlaskClient, anan: FlaskClient, register: Session
    ) -> None:
        form = self._form(nida, reason="x") | {"csrf_token": self._token(anan)}
        answer = anan.post(f"/findings/{self._finding(register)}/explain", data=form)
        assert answer.status_code == 404

    def _token(self, client: FlaskClient) -> str:
        page = client.get("/me").get_data(as_text=True)
        return re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]


def told(register: Session, details: dict[str, object]) -> None:
    """Findings about the first household's interview, as some version of the program wrote them."""
    add = text("""
        insert into findings (round_id, code, source, interview_id, household_id, account_id,
            village_code, path, weight, detail)
        select i.round_id, :code, :source, i.id, i.household_id, i.author_id, i.village_code,
            i.path, 5, cast(:detail as jsonb)
        from interviews i where i.household_id = :house
    """)
    for code, detail in details.items():
        values = {"code": code, "source": KINDS[code].source, "house": world.HOUSE}
        register.execute(add, values | {"detail": json.dumps(detail)})
    register.commit()


FIGURES: dict[str, tuple[object, str]] = {
    "photo_similar": ({"within": "subdistrict", "bits": 4}, "ในตำบลเดียวกัน"),
    "speed_impossible": (
        {"metres": 12345, "seconds": 90, "kmh": 494},
        "ห่างกัน 12.3 กิโลเมตร ใน 1.5 นาที (494 กม./ชม.)",
    ),
    "position_shared": ({"count": 9}, "9 ครัวเรือนในระยะ 3 เมตร"),
    "position_far": ({"metres": 998.7, "houses": 31}, "หลังที่ใกล้ที่สุดห่าง 999 เมตร (เทียบ 31 หลัง)"),
    "position_outside": ({"metres": 40}, "ห่างขอบตำบล 40 เมตร"),
    "position_centroid": ({"point": "village"}, "จุดอ้างอิงของหมู่บ้าน"),
    "income_grown": ({"a_person": 450000, "a_person_before": 90000}, "ปีก่อน 90,000 บาท"),
    "straight_line": (
        {"straight": {"value": 0.93, "low": 0.7, "usual": 0.77, "high": 0.8}}, "93%",
    ),
    "back_check_differs": ({"differs": 2, "compared": 9}, "ต่าง 2 จาก 9 ข้อที่เทียบได้"),
}  # fmt: skip


class TestTheFiguresOfAFinding:
    def test_are_said_in_words(
        self, app: Flask, mali: Handset, nida: FlaskClient, register: Session
    ) -> None:
        send(app, mali, world.HOUSE, "1")
        told(register, {code: figures for code, (figures, _) in FIGURES.items()})
        page = html.unescape(shown(nida))
        assert [said for _, said in FIGURES.values() if said not in page] == []

    @pytest.mark.parametrize("odd", [{}, {"straight": {"value": 1}}, {"metres": "far"}, {"a": []}])
    def test_that_another_version_wrote_hide_neither_it_nor_the_page(
        self, app: Flask, mali: Handset, nida: FlaskClient, register: Session, odd: object
    ) -> None:
        send(app, mali, world.HOUSE, "1")
        told(register, dict.fromkeys(KINDS, odd))
        page = shown(nida)
        assert set(codes(page)) == set(KINDS)
        assert all(kind.th in html.unescape(page) for kind in KINDS.values())


class TestTheGradeInWords:
    def test_names_each_thing_it_rests_on(
        self, app: Flask, mali: Handset, nida: FlaskClient
    ) -> None:
        send(app, mali, world.HOUSE, "1")
        look(app)
        page = shown(nida)
        for said in ("มีภาพถ่าย", "ไม่พบภาพเหมือนกัน", "อยู่ในขอบเขตตำบล", "คลาดเคลื่อนไม่เกิน 12 เมตร"):
            assert said in page

    @pytest.mark.parametrize(
        ("key", "values", "said"),
        [
            ("outside", {}, "อยู่นอกขอบเขตตำบล"),
            ("outside_by", {"metres": 6783}, "อยู่นอกขอบเขตตำบล 6.8 กิโลเมตร"),
            ("at_the_edge", {"metres": 8}, "ห่างขอบ 8 เมตร"),
            (
                "near_received",
                {"nearest": 0, "middle": 1206, "usual": 339, "houses": 9},
                "ใกล้ที่สุด 0 เมตร ห่างกลางหมู่บ้าน 1.2 กิโลเมตร (ค่ามัธยฐานของ 9 หลัง: 339 เมตร)",
            ),
        ],
    )
    def test_says_distances_as_people_do(
        self, app: Flask, key: str, values: dict[str, Any], said: str
    ) -> None:
        with app.test_request_context():
            assert said in finding_words.of_evidence(Reason(key, "bad", values))

    def test_says_that_it_waits_while_nobody_has_looked(
        self, app: Flask, mali: Handset, nida: FlaskClient
    ) -> None:
        send(app, mali, world.HOUSE, "1")
        assert "ภาพยังไม่ได้เทียบกับครัวเรือนอื่น" in shown(nida)

    def test_a_dark_photo_is_told_as_that(
        self, app: Flask, mali: Handset, nida: FlaskClient
    ) -> None:
        send(app, mali, world.HOUSE, "1", visits.a_photo("black"))
        look(app)
        assert "photo_plain" in codes(shown(nida))

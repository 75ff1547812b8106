"""The desk of conflicts and custody as its pages show it, and what is chosen there."""

from __future__ import annotations

import re
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import world
from tests.desk import WHY, corrected, open_matters, planned, shown
from tests.handset import Handset, Sealed
from tests.officer import OURS, Officer

NUMBER = "1990100000011"


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def send(client: FlaskClient, number: int, act: str, **fields: str) -> TestResponse:
    """The form of the matter's page as a browser posts it."""
    page = text(client, f"/office/conflicts/{number}")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert token
    assert mark
    data = {"csrf_token": token[1], "mark": mark[1], "reason": WHY} | fields
    return client.post(f"/office/conflicts/{number}/{act}", data=data, headers=OURS)


@pytest.fixture
def two(mali: Handset, the_world: Session) -> tuple[Sealed, Sealed]:
    """Two interviews of one household that differ in one answer and one number."""
    first = mali.interview()
    person = first.document["members"][0] | {"national_id": "1990100000029"}
    second = mali.interview(answers={"8.1": "yes", "8.2": "yes", "9.1": "enough"}, members=[person])
    assert [mali.put(one).status_code for one in (first, second)] == [201, 202]
    return first, second


class TestTheList:
    def test_counts_by_kind_and_leads_to_the_matter(
        self, two: tuple[Sealed, Sealed], nida: FlaskClient, the_world: Session
    ) -> None:
        page = text(nida, "/office/conflicts")
        [matter] = open_matters(the_world)
        assert f'href="/office/conflicts/{matter}"' in page
        assert "สองการสัมภาษณ์ของบ้านเดียว" in page
        assert "บ้านเลขที่ 1" in page

    def test_of_another_district_is_empty_and_says_so(
        self, two: tuple[Sealed, Sealed], anan: FlaskClient, the_world: Session
    ) -> None:
        assert "ไม่มีเรื่องรออยู่" in text(anan, "/office/conflicts")
        [matter] = open_matters(the_world)
        assert anan.get(f"/office/conflicts/{matter}").status_code == 404

    def test_goes_on_where_a_page_ended(
        self, mali: Handset, nida: FlaskClient, the_world: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("webapp.queries.desk.PAGE", 2)
        monkeypatch.setattr("webapp.queries.desk.listed.__defaults__", (None, 2))
        for _ in range(6):
            mali.put(mali.interview())
        seen: list[str] = []
        address: str | None = "/office/conflicts"
        while address:
            page = text(nida, address)
            seen += re.findall(r'href="/office/conflicts/(\d+)"', page)
            more = re.search(r'rel="next" href="([^"]+)"', page)
            address = more[1].replace("&amp;", "&") if more else None
        assert [int(one) for one in seen] == open_matters(the_world)


class TestAMatter:
    def test_shows_where_the_sides_differ_and_nobodys_number(
        self, two: tuple[Sealed, Sealed], nida: FlaskClient, the_world: Session
    ) -> None:
        page = text(nida, f"/office/conflicts/{open_matters(the_world)[0]}")
        assert "คำตอบที่ต่างกัน 2 ข้อ" in page
        assert "มีเลข" in page
        assert NUMBER not in page
        assert "1990100000029" not in page

    def test_lets_an_inspector_choose_a_whole_side_only(
        self, two: tuple[Sealed, Sealed], nida: FlaskClient, the_world: Session
    ) -> None:
        [matter] = open_matters(the_world)
        assert "เลือกทีละคำตอบได้" in text(nida, f"/office/conflicts/{matter}")
        assert send(nida, matter, "merge", base="shown").status_code == 403
        assert send(nida, matter, "settle", way="stands").status_code == 303
        assert shown(the_world, two[0]).state == "replaced"

    def test_keeps_what_was_typed_when_the_reason_is_missing(
        self, two: tuple[Sealed, Sealed], nida: FlaskClient, the_world: Session
    ) -> None:
        answer = send(nida, open_matters(the_world)[0], "settle", way="stands", reason=" ")
        assert answer.status_code == 422
        assert "กรุณาบอกเหตุผล" in answer.get_data(as_text=True)
        chosen = re.search(r'value="stands" checked', answer.get_data(as_text=True))
        assert chosen

    def test_says_who_settled_it_and_may_be_swapped(
        self, two: tuple[Sealed, Sealed], nida: FlaskClient, the_world: Session
    ) -> None:
        [matter] = open_matters(the_world)
        send(nida, matter, "settle", way="beside")
        page = text(nida, f"/office/conflicts/{matter}")
        assert WHY in page
        assert "nida" in page or "นิดา" in page
        assert send(nida, matter, "swap").status_code == 303
        assert shown(the_world, two[0]).state == "replaced"

    def test_of_unreadable_bytes_says_what_they_are(
        self, mali: Handset, nida: FlaskClient, the_world: Session
    ) -> None:
        mali.put(mali.seal({"interview": str(uuid.uuid4()), "schema": 1}))
        page = text(nida, f"/office/conflicts/{open_matters(the_world)[0]}")
        assert "เปิดอ่านไม่ได้" in page
        assert "ขนาด 1 KB" in page


class TestAnOfficer:
    def test_chooses_answer_by_answer(
        self, app: Flask, two: tuple[Sealed, Sealed], mali: Handset, the_world: Session
    ) -> None:
        officer = Officer(app, "orathai")
        [matter] = open_matters(the_world)
        answer = send(officer.client, matter, "merge", base="shown", **{"pick.9.1": "waiting"})
        assert answer.status_code == 303
        page = text(officer.client, f"/interviews/{two[0].interview}")
        assert "รวมสองฝั่งที่โต๊ะเจ้าหน้าที่" in page
        assert WHY in page
        assert [planned(mali, one) for one in two] == ["complete"] * 2

    def test_compares_each_of_three_branches(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        mali.put(first)
        for answer in ("enough", "not_enough"):
            mali.put(corrected(mali, [first], answers={"9.1": answer}))
        mali.put(corrected(mali, [first], answers={}))
        officer = Officer(app, "orathai")
        matter = open_matters(the_world)[0]
        page = text(officer.client, f"/office/conflicts/{matter}")
        others = re.findall(r"digest=([0-9a-f]{64})", page)
        assert len(others) == 2
        answer = send(officer.client, matter, "settle", way="together", base="waiting",
                      digest=others[1])  # fmt: skip
        assert answer.status_code == 303
        assert open_matters(the_world) == []


class TestTheSamePersonsPage:
    def test_shows_both_households_and_closes_with_a_reason(
        self, mali: Handset, chai: Handset, nida: FlaskClient, the_world: Session
    ) -> None:
        from tests.services.test_same_person import THERE, follow_up

        mali.put(mali.interview()), chai.put(chai.interview(household=THERE))
        follow_up()
        found = re.search(r'href="(/office/conflicts/person/\d+)"', text(nida, "/office/conflicts"))
        assert found
        page = text(nida, found[1])
        assert page.count("ทดสอบ ตัวอย่าง") == 2
        assert NUMBER not in page
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        address = re.search(r'action="(/findings/\d+/explain)"', page)
        assert token
        assert address
        data = {"csrf_token": token[1], "reason": WHY, "next": found[1]}
        assert nida.post(address[1], data=data, headers=OURS).status_code == 303
        assert WHY in text(nida, found[1])
        assert "ไม่มีเรื่องรออยู่" in text(nida, "/office/conflicts")
        assert world.ROUND

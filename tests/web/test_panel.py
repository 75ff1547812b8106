"""One household as an inspector reads it beside the map."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset, blank
from webapp.blueprints import interviews

HOUSE = f"/households/{world.HOUSE}"
LINK = re.compile(r'<a href="#([^"]+)"')
PLACE = re.compile(r'id="((?:answer|indicator)-[^"]+)"')


def panel(client: FlaskClient, address: str = HOUSE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.get_data(as_text=True)


class TestAnInterviewsPanel:
    @pytest.fixture(autouse=True)
    def visited(self, app: Flask, mali: Handset) -> None:
        visits.with_evidence(app, mali)

    def test_links_results_and_failures_to_answers_that_are_there(self, nida: FlaskClient) -> None:
        shown = panel(nida)
        links, places = set(LINK.findall(shown)), set(PLACE.findall(shown))
        assert {"answer-6.4", "answer-9.1", "answer-22.1.1", "indicator-22"} <= links
        assert links <= places

    def test_names_who_fails(self, nida: FlaskClient) -> None:
        indicator = panel(nida).split('id="indicator-6"')[1].split("</li>")[0]
        assert "ไม่ผ่าน 1 ใน 1 คน" in indicator
        assert "ทดสอบ ตัวอย่าง" in indicator

    def test_says_where_it_was_made(self, nida: FlaskClient) -> None:
        shown = panel(nida)
        assert "คลาดเคลื่อนไม่เกิน 12 เมตร" in shown
        assert "อยู่ใน" in shown
        assert re.search(r"ห่างจากจุดกลางหมู่บ้าน</dt>\s*<dd>1\d\d เมตร", shown)

    def test_tells_no_id_number(self, nida: FlaskClient) -> None:
        assert "1990100000011" not in panel(nida)

    def test_gives_pictures_by_addresses_for_this_person_alone(
        self, nida: FlaskClient, anan: FlaskClient
    ) -> None:
        addresses = re.findall(r'href="(/evidence/[^"]+)"', panel(nida))
        assert len(addresses) == 2
        for address in addresses:
            answer = nida.get(address)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
            assert anan.get(address).status_code == 404

    def test_gives_pictures_by_addresses_that_soon_end(
        self, nida: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = re.findall(r'href="(/evidence/[^"]+)"', panel(nida))[0]
        assert interviews.LINK_SECONDS <= 300
        monkeypatch.setattr(interviews, "LINK_SECONDS", -1)
        assert nida.get(address).status_code == 404

    def test_is_not_there_for_another_district(self, anan: FlaskClient) -> None:
        assert anan.get(HOUSE).status_code == 404

    def test_is_also_a_page_of_its_own(self, nida: FlaskClient) -> None:
        page = nida.get(HOUSE, headers={"Sec-Fetch-Dest": "document"}).get_data(as_text=True)
        assert "<title>บ้านเลขที่ 1</title>" in page
        assert f"/map?household={world.HOUSE}" in page

    def test_speaks_english_behind_the_switch(self, nida: FlaskClient) -> None:
        nida.set_cookie("jpt-language", "en")
        shown = panel(nida)
        assert "House 1" in shown
        assert "household." not in shown


END = "9999-12-31T23:59:59+00:00"
SPENT = {"section_seconds": {"1": [None]}, "shortcuts": [{"section": [{}]}, 5]}


class TestAnInterviewOfNoPhoneOfOurs:
    @pytest.mark.parametrize(
        "odd",
        [
            {"paradata": SPENT, "notice": [], "explanations": [], "declined": [[1], "9.1"]},
            {"paradata": None, "answers": {"9.1": "enough", "6.4": {"who": [1]}}},
            {"paradata": "", "answers": {"9.1": "enough", "6.4": {"count": "x"}}},
            {"finished_at": END, "evidence": [visits.AT_HOME | {"taken_at": END}]},
            {"members": [{"id": "m1", "birth": "²026-11-23"}, {"id": "m2", "birth": "2026-99"}]},
            {"evidence": [visits.AT_HOME | {"taken_at": [{}]}]},
        ],
        ids=lambda odd: " ".join(odd),
    )
    def test_is_shown_for_all_that(
        self, mali: Handset, nida: FlaskClient, odd: dict[str, Any]
    ) -> None:
        one = mali.interview(**odd)
        assert mali.put(one).status_code == 201
        assert "บ้านเลขที่" in panel(nida)
        assert "บ้านเลขที่" in panel(nida, f"/office/review/{one.interview}")


class TestAChangedInterview:
    def test_says_what_was_changed(self, mali: Handset, nida: FlaskClient) -> None:
        first = mali.interview()
        mali.put(first)
        told = blank(mali) | {"interview": first.interview, "number": 2}
        told |= {
            "based_on": [first.digest],
            "answers": first.document["answers"] | {"9.1": "enough"},
        }
        mali.put(mali.seal(told))
        history = panel(nida).split("<summary>ประวัติ (2 ฉบับ)")[1]
        assert "ต่างจากฉบับก่อน 1 คำตอบ" in history
        assert re.search(r"<s>[^<]+</s> → <strong>[^<]+</strong>", history)


class TestAHouseholdWithoutInterview:
    def test_says_who_is_to_go_there(self, nida: FlaskClient) -> None:
        shown = panel(nida)
        assert "ยังไม่มีการสัมภาษณ์" in shown
        assert "คุณmali" in shown

    def test_whose_bytes_are_in_custody_says_why_since_when_and_from_whom(
        self, mali: Handset, nida: FlaskClient
    ) -> None:
        visits.in_custody(mali)
        shown = panel(nida, f"/households/{world.CHAIS_HOUSE}")
        assert "ผู้สัมภาษณ์ไม่ได้รับมอบหมายบ้านนี้" in shown
        assert re.search(r"รับไว้เมื่อ \d+ \S+ 25\d\d \d\d:\d\d น\. ผู้ส่ง: คุณmali", shown)
        assert "ยังไม่มีการสัมภาษณ์ในทะเบียนกลาง" not in shown

    def test_stops_saying_so_when_somebody_has_looked(
        self, mali: Handset, nida: FlaskClient, the_world: Session
    ) -> None:
        visits.in_custody(mali)
        the_world.execute(text("update custody set resolved_at = now(), resolution = 'aside'"))
        the_world.commit()
        assert "ไม่ได้รับมอบหมาย" not in panel(nida, f"/households/{world.CHAIS_HOUSE}")


class TestASecondInterview:
    def test_is_told_beside_the_first(self, mali: Handset, nida: FlaskClient) -> None:
        mali.put(mali.interview())
        assert mali.put(mali.interview()).status_code == 202
        shown = panel(nida)
        assert "มีการสัมภาษณ์บ้านนี้อีกครั้ง ฉบับแรกยังใช้อยู่" in shown
        assert "ผลตามตัวชี้วัด" in shown


class TestAMapAddressWithoutASession:
    def test_is_come_back_to_after_signing_in(self, app: Flask, the_world: Session) -> None:
        wanted = f"/map?state=received&household={world.HOUSE}"
        client = app.test_client()
        first = client.get(wanted, headers={"Accept": "text/html"})
        assert first.status_code == 302
        page = client.get(first.location).get_data(as_text=True)
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        form = {"csrf_token": token, "username": "nida", "password": world.PASSWORD}
        assert client.post(first.location, data=form).location == wanted

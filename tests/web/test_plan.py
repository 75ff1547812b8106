"""The pages of the service plan: the department edits, others see, nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import sign_in
from webapp.domain.service_plan import SERVICES
from webapp.models.survey_round import RoundCopy, ServiceWindow

PLAN = "/office/plan/"
EDIT = f"/office/plan/{world.ROUND}/edit"


@pytest.fixture
def province(app: Flask, the_world: Session) -> FlaskClient:
    """Orathai, of the province."""
    return _browser(app)


@pytest.fixture
def department(app: Flask, the_world: Session) -> FlaskClient:
    """Orathai, promoted to the department."""
    the_world.execute(
        text("update accounts set level = 'department', path = 'TH.' where username = 'orathai'")
    )
    the_world.execute(
        text("update grants set path = 'TH.', area_code = 'TH' where account_id = :id"),
        {"id": world.OFFICER},
    )
    the_world.commit()
    return _browser(app)


def _browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, "orathai").status_code == 302
    return client


def boxes(page: str) -> dict[str, str]:
    """Every box of the page's form with what is in it."""
    found = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    return found | {"questionnaire_id": "bmn-31"}


class TestThePlanPage:
    def test_shows_the_seventeen_services_with_how_they_stand(self, province: FlaskClient) -> None:
        page = province.get(PLAN).get_data(as_text=True)
        assert all(name in page for name in SERVICES.values())
        assert page.count("เปิดอยู่ ถึง") == len(SERVICES)
        assert "แก้ไขแผนการให้บริการ" not in page

    def test_is_read_in_english_too(self, province: FlaskClient) -> None:
        province.set_cookie("jpt-language", "en")
        assert "Registration of new volunteers" in province.get(PLAN).get_data(as_text=True)

    @pytest.mark.parametrize("route", ["edit", "notice", "copy", "begin"])
    def test_lets_nobody_but_the_department_edit(self, province: FlaskClient, route: str) -> None:
        verb = province.post if route in ("copy", "begin") else province.get
        assert verb(f"/office/plan/{world.ROUND}/{route}").status_code in (302, 403)
        assert province.get(PLAN).status_code == 200


class TestEditing:
    def test_takes_days_as_people_write_them(
        self, department: FlaskClient, the_world: Session
    ) -> None:
        form = boxes(department.get(EDIT).get_data(as_text=True))
        form |= {"closes_recording": "๓๑ ก.ค. ๒๕๗๐", "closes_briefing": ""}
        assert department.post(EDIT, data=form).status_code == 302
        kept = the_world.get_one(ServiceWindow, (world.ROUND, "recording"))
        assert str(kept.closes_on) == "2027-07-31"
        assert the_world.get_one(ServiceWindow, (world.ROUND, "briefing")).closes_on is None

    def test_keeps_what_was_typed_beside_what_is_wrong(self, department: FlaskClient) -> None:
        form = boxes(department.get(EDIT).get_data(as_text=True))
        answer = department.post(EDIT, data=form | {"closes_recording": "31/31/2570"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert 'value="31/31/2570"' in page
        assert "อ่านวันที่ไม่ได้" in page

    def test_shows_both_when_somebody_else_saved_meanwhile(self, department: FlaskClient) -> None:
        first = boxes(department.get(EDIT).get_data(as_text=True))
        department.post(EDIT, data=first | {"name_th": "ของเขา"})
        answer = department.post(EDIT, data=first | {"name_th": "ของฉัน"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "ของเขา" in page
        assert 'value="ของฉัน"' in page
        assert department.post(EDIT, data=boxes(page)).status_code == 302
        assert "ของฉัน" in department.get(PLAN).get_data(as_text=True)


class TestTheNotice:
    def test_is_written_and_taken_back(self, department: FlaskClient) -> None:
        address = f"/office/plan/{world.ROUND}/notice"
        form = boxes(department.get(address).get_data(as_text=True))
        form |= {"title_th": "ขอความร่วมมือ", "text_0": "เราขอถามข้อมูล"}
        assert department.post(address, data=form).status_code == 302
        assert "ขอความร่วมมือ" in department.get(PLAN).get_data(as_text=True)
        again = boxes(department.get(address).get_data(as_text=True))
        department.post(address, data=again | {"act": "own"})
        assert "ขอความร่วมมือ" not in department.get(PLAN).get_data(as_text=True)


class TestTargets:
    def test_are_saved_and_a_word_is_no_number(
        self, department: FlaskClient, the_world: Session
    ) -> None:
        address = f"/office/plan/{world.ROUND}/targets?area=43"
        form = boxes(department.get(address).get_data(as_text=True))
        for odd in ("มาก", "9" * 5_000):
            bad = department.post(address, data=form | {"target-4301": odd})
            assert (bad.status_code, "เป็นตัวเลข" in bad.get_data(as_text=True)) == (422, True)
        department.post(address, data=form | {"target-4301": "๑,๒๐๐"})
        kept = the_world.scalar(text("select households from targets where area_code = '4301'"))
        assert kept == 1200


class TestCopying:
    def test_is_asked_for_and_its_progress_shown(
        self, department: FlaskClient, the_world: Session
    ) -> None:
        form = boxes(department.get(PLAN).get_data(as_text=True))
        address = f"/office/plan/{world.ROUND}/copy"
        department.post(address, data=form | {"year": "2570"})
        the_world.rollback()
        assert the_world.scalar(select(RoundCopy.to_round)) == "2570"
        page = department.get(PLAN).get_data(as_text=True)
        assert "คัดลอกไปรอบ 2570" in page
        assert "จาก 0 หมู่บ้าน" in page

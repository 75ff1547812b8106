"""The list of volunteers leaves the register only inside one's scope, for a purpose, and safely."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import text, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import cast, world
from tests.handset import Handset
from tests.officer import Officer
from webapp.demo.cast import Person
from webapp.domain.spreadsheets import safe_cell
from webapp.models.account import Account
from webapp.models.household import Assignment
from webapp.models.interview import Interview

OURS = {"Sec-Fetch-Site": "same-origin"}
VILLAGES, HOUSEHOLDS = "หมู่บ้านที่รับผิดชอบ", "ครัวเรือนที่ได้รับมอบหมาย"
DONE = "ครัวเรือนที่ทำเสร็จแล้ว"
WHY = "นัดประชุมชี้แจงอาสาสมัคร"


@pytest.fixture
def the_province(app: Flask, register: Session) -> Session:
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
    cast.settle(register, app.extensions["keys"], 14)
    return register


def browser(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    assert cast.sign_in(client, person).status_code == 302
    return client


def take(client: FlaskClient, kind: str = "csv", purpose: str = WHY) -> TestResponse:
    page = client.get("/office/exports/volunteers").text
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
    assert token, page
    form = {"csrf_token": token[1], "kind": kind, "purpose": purpose, "area": ""}
    return client.post("/office/exports/volunteers", data=form, headers=OURS)


def lines(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


class TestTheListOfVolunteers:
    def test_holds_those_of_ones_own_area_alone(self, app: Flask, the_province: Session) -> None:
        names = {line[2] for line in lines(take(browser(app, cast.SUDA)))[1:]}
        assert {cast.MALI.name_th, cast.SOMCHAI.name_th, cast.KAEW.name_th} <= names
        assert cast.PRASERT.name_th not in names

    def test_is_the_same_as_a_workbook(self, app: Flask, the_province: Session) -> None:
        suda = browser(app, cast.SUDA)
        sheet = load_workbook(io.BytesIO(take(suda, "xlsx").data)).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.values]
        assert rows == lines(take(suda))

    def test_needs_a_purpose_and_keeps_it(self, app: Flask, the_province: Session) -> None:
        suda = browser(app, cast.SUDA)
        for purpose in ("", " " * 9, "ดู"):
            assert take(suda, purpose=purpose).status_code == 422
        take(suda)
        kept = the_province.scalar(
            text("select after from audit_entries where act = 'volunteers.exported'")
        )
        assert kept == {"purpose": WHY, "kind": "csv"}

    def test_asks_for_proof_when_the_last_one_is_old(
        self, app: Flask, the_province: Session
    ) -> None:
        suda = browser(app, cast.SUDA)
        with suda.session_transaction() as kept:
            kept["proved_at"] = "2026-01-01T00:00:00+00:00"
        assert suda.get("/office/exports/volunteers").location.startswith("/prove")

    def test_is_closed_outside_its_window(self, app: Flask, the_province: Session) -> None:
        the_province.execute(
            text(
                "update service_windows set opens_on = '2099-01-01', closes_on = null "
                "where service = 'volunteer_export'"
            )
        )
        the_province.commit()
        page = browser(app, cast.SUDA).get("/office/exports/volunteers")
        assert "2642" in page.text
        assert 'name="purpose"' not in page.text

    def test_carries_no_formula(self, app: Flask, the_province: Session) -> None:
        evil = "=HYPERLINK(1) ก"
        the_province.execute(update(Account).where(Account.id == cast.MALI.id).values(name_th=evil))
        the_province.commit()
        cells = [cell for line in lines(take(browser(app, cast.SUDA))) for cell in line]
        assert f"'{evil}" in cells
        assert evil not in cells

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_whole_though_somebody_has_letters_that_no_workbook_holds(
        self, app: Flask, the_province: Session, kind: str
    ) -> None:
        odd = "มะลิ\x07\ufffe ก"
        the_province.execute(update(Account).where(Account.id == cast.MALI.id).values(name_th=odd))
        the_province.commit()
        answer = take(browser(app, cast.SUDA), kind)
        if kind == "csv":
            assert "มะลิ ก" in {line[2] for line in lines(answer)}
            return
        sheet = load_workbook(io.BytesIO(answer.data)).active
        assert sheet is not None
        assert "มะลิ ก" in {row[2] for row in sheet.iter_rows(values_only=True)}

    @pytest.mark.parametrize("cell", ["=1+1", "+66", "-1", "@x", "\t=1", " =1", "|cmd", "%1"])
    def test_marks_whatever_could_be_a_formula(self, cell: str) -> None:
        assert safe_cell(cell) == f"'{cell}"


APPOINTED = f"""
    with made as (
        insert into appointment_orders (id, round_id, area_code, path, number, issued_on, made_by)
        select gen_random_uuid(), '{world.ROUND}', '4301', 'TH.43.4301.', number, day, :officer
        from (values ('1/2569', date '2026-11-01'), ('9/2569', date '2026-11-20')) o(number, day)
        returning id)
    insert into appointed_people (order_id, place, name_th, name_key, account_id, matched_by)
    select id, 1, 'คุณmali', 'คุณmali', :mali, 'hand' from made
"""


class TestOneLine:
    def mali(self, suda: Officer) -> dict[str, str]:
        heading, *people = lines(take(suda.client))
        [line] = [one for one in people if one[3] == "mali"]
        return dict(zip(heading, line, strict=True))

    def test_has_the_area_the_newest_order_and_the_work(
        self, suda: Officer, mali: Handset, the_world: Session
    ) -> None:
        the_world.execute(text(APPOINTED), {"officer": world.OFFICER, "mali": world.MALI})
        the_world.commit()
        mali.put(mali.interview())
        said = self.mali(suda)
        assert said["พื้นที่"] == "หมู่ 1 บ้านน้ำใส ต.ในเมือง อ.เมืองตัวอย่าง จ.หนองตัวอย่าง"
        assert (said["คำสั่งแต่งตั้ง"], said["ลงวันที่"]) == ("9/2569", "20 พ.ย. 2569")
        assert (said[VILLAGES], said[HOUSEHOLDS], said[DONE]) == ("บ้านน้ำใส", "2", "1")

    def test_counts_a_household_once_and_only_what_stands(
        self, suda: Officer, mali: Handset, the_world: Session
    ) -> None:
        path = world.PATHS[world.NAM_SAI]
        where = {"round_id": world.ROUND, "village_code": world.NAM_SAI, "path": path}
        the_world.add(Assignment(account_id=world.MALI, household_id=world.HOUSE, **where))
        the_world.commit()
        mali.put(mali.interview())
        done = []
        for state in ("received", "accepted", "custody", "returned", "replaced"):
            the_world.execute(update(Interview).values(state=state))
            the_world.commit()
            said = self.mali(suda)
            assert said[HOUSEHOLDS] == "2"
            done.append(said[DONE])
        assert done == ["1", "1", "0", "0", "0"]

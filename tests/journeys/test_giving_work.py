"""At the officer's desk: a village shared out, an order entered, the list taken out."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests import cast, handset, second
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE

VILLAGE = cast.MALI.areas[0]


@pytest.fixture
def the_province(live_server: Server, app: Flask, register: Session) -> Session:
    cast.settle(register, app.extensions["keys"], 84)
    return register


@pytest.fixture(params=[DESK, PHONE], ids=["at a desk", "on a phone"])
def suda(
    request: pytest.FixtureRequest, browser: Browser, live_server: Server, app: Flask,
    the_province: Session,
) -> Iterator[Page]:  # fmt: skip
    """The district officer, signed in."""
    context = browser.new_context(**request.param, base_url=live_server.address)
    page = context.new_page()
    code = second.code(app, "suda")
    page.goto("/sign-in")
    page.get_by_label("ชื่อผู้ใช้").fill("suda")
    page.get_by_label("รหัสผ่าน").fill(cast.SUDA.password)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.get_by_label("รหัส 6 หลัก").fill(code)
    page.get_by_role("button", name="ต่อไป").click()
    page.wait_for_url("**/office/")
    yield page
    context.close()


def households_of(app: Flask, username: str, password: str) -> int:
    """How many households of the village a volunteer's phone is given, once all is settled."""
    client = app.test_client()
    handset.sign_in(client, username, password)
    given = client.get("/api/v1/changes?after=0").get_json()
    deadline = time.monotonic() + 20
    while not given["settled"] and time.monotonic() < deadline:  # others' transactions end first
        time.sleep(0.1)
        given = client.get("/api/v1/changes?after=0").get_json()
    return sum(one["village"] == VILLAGE for one in given["households"])


class TestAVillage:
    def test_is_shared_out_and_the_phones_learn_of_it(self, suda: Page, app: Flask) -> None:
        before = households_of(app, "mali", cast.MALI.password)
        suda.goto(f"/office/assignments/{int(VILLAGE)}")
        suda.get_by_text("แบ่งให้เท่า ๆ กัน", exact=True).first.click()
        sheet = suda.locator("details.act[open]")
        for person in (cast.MALI, cast.SOMCHAI):
            sheet.get_by_label(person.name_th).check()
        sheet.get_by_role("button", name="แบ่งให้เท่า ๆ กัน").click()
        expect(suda.get_by_role("status")).to_contain_text("แบ่งให้ 2 คนแล้ว")
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
        hers = households_of(app, "mali", cast.MALI.password)
        his = households_of(app, "somchai", cast.SOMCHAI.password)
        assert hers + his == before
        assert abs(hers - his) <= 1


class TestAnOrder:
    def test_is_pasted_as_it_stands_on_the_paper(self, suda: Page) -> None:
        suda.goto("/office/orders")
        suda.get_by_role("link", name="บันทึกคำสั่งแต่งตั้ง").first.click()
        suda.get_by_label("เลขที่คำสั่ง").fill("12/2569")
        suda.get_by_label("ลงวันที่").fill("๑/๑๑/๒๕๖๙")
        names = f"๑. นาง{cast.MALI.name_th}\n๒. นายไม่มี ในระบบ"
        suda.get_by_label("รายชื่อ", exact=True).fill(names)
        suda.get_by_role("button", name="บันทึก", exact=True).click()
        expect(suda.get_by_text("จับคู่กับบัญชีแล้ว 1 จาก 2 ชื่อ")).to_be_visible()


class TestTheListOfVolunteers:
    def test_is_taken_out_for_a_purpose(self, suda: Page, tmp_path: Path) -> None:
        suda.goto("/office/exports/volunteers")
        suda.get_by_label("นำไปใช้ทำอะไร").fill("นัดประชุมชี้แจงอาสาสมัคร")
        suda.get_by_label("ชนิดแฟ้ม").select_option("csv")
        with suda.expect_download() as taken:
            suda.get_by_role("button", name="ส่งออก").click()
        file = tmp_path / "list.csv"
        taken.value.save_as(file)
        with file.open(encoding="utf-8-sig", newline="") as lines:
            names = {line[2] for line in csv.reader(lines)}
        assert cast.MALI.name_th in names
        assert cast.PRASERT.name_th not in names

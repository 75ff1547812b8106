"""A village goes from red to ready: group, houses and interview, one blocker after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import forums, second, visits, world
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE
from tests.handset import Handset, blank
from tests.journeys.looking import Looking
from tests.services.test_reckoning import NIDA, OFFICER, PDF, reckon
from webapp.db import transaction
from webapp.domain import engine
from webapp.domain.review import Seen
from webapp.domain.working_group import SECTORS, Seat
from webapp.models.interview import Interview
from webapp.services import review, working_group

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SOON = 20_000
VILLAGE, SUBDISTRICT = world.NAM_SAI, world.NAM_SAI[:6]
APPOINTED = """
    insert into local_administration_areas (local_administration_id, subdistrict_code, coverage)
    select id, '430101', 'full' from local_administrations on conflict do nothing;
    insert into person_details (account_id, home_village_code) values (:mali, '43010101');
    insert into appointment_orders (id, round_id, area_code, path, number, issued_on, made_by)
    values (:order, '2569', '430101', 'TH.43.4301.430101.', '1/2569', current_date, :officer);
    insert into appointed_people (order_id, place, name_th, name_key, account_id, matched_by)
    values (:order, 1, 'มะลิ', 'มะลิ', :mali, 'name');
    update households set people_registered = 1 where village_code = '43010101'
"""


@pytest.fixture
def interview(app: Flask, the_world: Session) -> Interview:
    """Mali, appointed and at home here, has interviewed one of two houses, with good evidence."""
    register, phone = the_world, Handset(app.test_client(), world.MALI, "mali")
    phone.sign_in()
    phone.hello()
    named = {"mali": world.MALI, "order": UUID(int=70), "officer": world.OFFICER}
    for statement in APPOINTED.split(";"):
        used = {name: value for name, value in named.items() if f":{name}" in statement}
        register.execute(text(statement), used)
    register.commit()
    files = {"photo": visits.a_photo(), "signature": visits.a_photo("white")}
    failures = engine.evaluate("bmn-31", blank(phone))["failures"]
    told = {one["id"]: "สอบถามซ้ำแล้ว" for one in failures}
    one = phone.interview(files, evidence=[visits.AT_HOME], explanations=told)
    assert phone.put(one).status_code == 201
    for digest in one.files:
        assert phone.put_file(one, digest).status_code in (200, 201)
    reckon()
    return register.get_one(Interview, UUID(str(one.interview)))


@pytest.fixture(params=[DESK, PHONE], ids=["at a desk", "on a phone"])
def context(
    request: pytest.FixtureRequest, browser: Browser, live_server: Server
) -> Iterator[BrowserContext]:
    context = browser.new_context(**request.param, base_url=live_server.address)
    yield context
    context.close()


def signed_in(context: BrowserContext, app: Flask) -> Page:
    """The officer of the province."""
    page = context.new_page()
    code = second.code(app, "orathai")
    page.goto("/sign-in")
    page.get_by_label("ชื่อผู้ใช้").fill("orathai")
    page.get_by_label("รหัสผ่าน").fill(world.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.get_by_label("รหัส 6 หลัก").fill(code)
    page.get_by_role("button", name="ต่อไป").click()
    page.wait_for_url("**/office/")
    return page


def nine_agencies() -> None:
    with transaction(OFFICER) as session:
        for number in range(9):
            seat = Seat(f"คนที่ {number}", f"หน่วยงาน {number}", SECTORS[number % 2])
            working_group.enter(session, OFFICER, SUBDISTRICT, seat)


def complete_the_group(page: Page) -> None:
    """The tenth agency, of the sector still missing, and the minutes."""
    page.goto(f"/office/readiness/{VILLAGE}")
    page.get_by_role("link", name="ภาคส่วนที่ยังไม่มีคนในคณะทำงาน").click()
    page.locator("summary", has_text="เพิ่มคน").click()
    page.get_by_label("ชื่อ-สกุล").fill("สมมุติ ประชาชน")
    page.get_by_label("หน่วยงาน", exact=True).fill("กลุ่มแม่บ้านตัวอย่าง")
    page.locator("label.choice", has_text="ภาคประชาชน").click()
    page.get_by_role("button", name="เพิ่มคน").click()
    expect(page.get_by_role("status")).to_contain_text("เพิ่มคนแล้ว")
    page.locator("summary", has_text="แนบรายงานการประชุม").click()
    page.get_by_label("วันที่ประชุม").fill("1 พ.ย. 2569")
    page.get_by_label("แฟ้ม").set_input_files(
        {"name": "รายงาน.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="แนบรายงานการประชุม").click()
    expect(page.get_by_role("status")).to_contain_text("แนบรายงานการประชุมแล้ว")


def settle_the_house(page: Page) -> None:
    """By keyboard: to the first house, and its first reason."""
    page.goto(f"/office/readiness/{VILLAGE}")
    page.get_by_role("link", name="บ้านที่ยังไม่มีคำอธิบาย").click()
    expect(page.locator("[data-left]")).to_have_text("1")
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(page.locator("[data-left]")).to_have_text("0")
    expect(page.get_by_text("ไม่เหลือบ้านที่ไม่มีคำอธิบาย")).to_be_visible()


def accept(interview: Interview) -> None:
    """The inspector has looked at it; nothing was unusual."""
    seen = Seen(interview.id, interview.head_digest)
    with transaction(NIDA) as session:
        review.accept(session, NIDA, seen)


def hold_the_forum(app: Flask) -> None:
    """The house is drawn, and says to the inspector what it said to Mali."""
    forum = forums.drawn([world.NIDA])
    tablet = Handset(app.test_client(), world.NIDA, "nida")
    tablet.sign_in()
    tablet.hello()
    said = {"members": 1, **blank(tablet)["answers"]}
    assert tablet.put(forums.result(tablet, forum, world.HOUSE, answers=said)).status_code == 201


def test_a_village_goes_from_red_to_ready(
    app: Flask, context: BrowserContext, interview: Interview
) -> None:
    page, sheet, looking = signed_in(context, app), context.new_page(), Looking()
    nine_agencies()
    reckon()
    sheet.goto(f"/office/quality/{VILLAGE}")
    expect(sheet.locator('[data-kind="whole.8.kind"]')).to_have_attribute("data-state", "bad")
    sheet.evaluate("window.isTheSamePage = true")
    looking.at(sheet, "quality-red")
    complete_the_group(page)
    looking.at(page, "working-group")
    settle_the_house(page)
    looking.at(page, "reconciliation")
    accept(interview)
    hold_the_forum(app)
    reckon()
    kind = sheet.locator('[data-kind="check-2.kind"]')
    expect(kind).to_have_attribute("data-state", "good", timeout=SOON)
    expect(sheet.locator('[data-cell="check-4.unsettled"]')).to_have_text("0", timeout=SOON)
    page.goto(f"/office/readiness/{VILLAGE}")
    expect(page.get_by_role("status")).to_contain_text("พร้อมรับรอง")
    looking.at(page, "readiness")
    assert looking.problems == []

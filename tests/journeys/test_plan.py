"""The service plan reaches the phone, and a round carried over begins with last year's people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import second, world
from tests.fixtures.application import Server
from tests.handset import Handset
from tests.journeys.looking import Looking
from tests.volunteer import Volunteer
from webapp.cli.rounds import COPIER
from webapp.db import transaction
from webapp.domain.thai_dates import write
from webapp.models.survey_round import ServiceWindow
from webapp.services import round_copying

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PLAN = f"/office/plan/?round={world.ROUND}"
PAGES = (
    "/office/audit",
    "/office/plan/",
    f"/office/plan/{world.ROUND}/edit",
    f"/office/plan/{world.ROUND}/notice",
    f"/office/plan/{world.ROUND}/targets?area=43",
    "/office/notices/",
    "/office/notices/new",
    "/office/areas/?area=43",
    "/office/areas/?area=430101",
    f"/office/areas/villages/{world.NAM_SAI}",
    "/office/areas/administrations?area=4301",
    "/office/areas/administrations/4301/new",
)


@pytest.fixture
def department(app: Flask, desk: BrowserContext, live_server: Server, the_world: Session) -> Page:
    """Orathai at her desk, promoted to the department."""
    the_world.execute(
        text("update accounts set level = 'department', path = 'TH.' where username = 'orathai'")
    )
    the_world.execute(
        text("update grants set path = 'TH.', area_code = 'TH' where account_id = :id"),
        {"id": world.OFFICER},
    )
    the_world.commit()
    page = desk.new_page()
    page.goto(f"{live_server.address}/sign-in?next=/office/plan/")
    code = second.code(app, "orathai")
    page.locator("#username").fill("orathai")
    page.locator("#password").fill(world.PASSWORD)
    page.locator("#password").press("Enter")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("แผนการให้บริการ")
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".notice--good")).to_contain_text("บันทึกแล้ว")


class TestADayChangedByTheDepartment:
    def test_is_said_on_the_phone_and_what_is_late_goes_into_custody(
        self, department: Page, outside: Volunteer, live_server: Server, the_world: Session
    ) -> None:
        kept = the_world.get_one(ServiceWindow, (world.ROUND, "recording"))
        assert kept.opens_on
        last = write(kept.opens_on)
        department.goto(f"{live_server.address}/office/plan/{world.ROUND}/edit")
        department.locator("#closes_recording").fill(last)
        save(department)
        outside.reload()
        summary = outside.page.locator(".summary")
        expect(summary).to_contain_text("หมดเวลาเก็บข้อมูลแล้วเมื่อ")
        outside.find_nobody("1")
        outside.outbox_says("ส่งครบแล้ว")
        the_world.rollback()
        assert the_world.scalar(text("select reason from custody")) == "late"


class TestARoundCarriedOver:
    def test_begins_on_the_phone_with_last_years_people(
        self, department: Page, outside: Volunteer, mali: Handset, live_server: Server
    ) -> None:
        assert mali.put(mali.interview()).status_code == 201
        self.carry_over(department, live_server.address)
        outside.reload()
        old = outside.page.locator(f'.house a[href*="{world.HOUSE}"]')
        expect(old).to_have_count(0)
        expect(outside.page.locator(".houses .house")).to_have_count(2)
        outside.open_household("1")
        outside.tap("ยินดีให้ข้อมูล")
        outside.fill_cover()
        outside.next()
        self.takes_out_with_a_reason(outside.page)

    def carry_over(self, page: Page, address: str) -> None:
        page.goto(f"{address}{PLAN}")
        page.get_by_text("คัดลอกรอบไปปีถัดไป").click()
        page.get_by_role("button", name="คัดลอก", exact=True).click()
        expect(page.locator(".notice--good")).to_contain_text("เริ่มคัดลอกแล้ว")
        while self.copy_one():
            pass
        page.reload()
        expect(page.locator("#copy")).to_contain_text("คัดลอกแล้ว 4 ครัวเรือน สมาชิก 1 คน")
        page.get_by_role("link", name="เปิดรอบ 2570").click()
        page.get_by_text("ใช้รอบนี้เป็นรอบปัจจุบัน").click()
        page.get_by_role("button", name="ใช้รอบนี้", exact=True).click()
        expect(page.locator(".notice--good")).to_contain_text("เปลี่ยนรอบปัจจุบันแล้ว")

    def copy_one(self) -> bool:
        with transaction(COPIER) as session:
            return round_copying.step(session)

    def takes_out_with_a_reason(self, page: Page) -> None:
        expect(page.locator(".member__name")).to_have_text(re.compile("ทดสอบ"))
        page.get_by_role("button", name=re.compile("เอา .*ทดสอบ.* ออก")).click()
        onward = page.locator("nav.bar [data-next]")
        expect(onward).to_be_disabled()
        expect(page.locator("#leavers")).to_be_visible()
        looking = Looking()
        looking.at(page, "leavers")
        assert not looking.problems, looking.problems
        page.locator("label.choice", has_text="ย้ายออกไปแล้ว").tap()
        expect(page.get_by_text("กรุณาบอกเหตุผลของทุกคนที่นำออก")).to_have_count(0)
        page.get_by_role("button", name=re.compile("^ยังอยู่ นำ ทดสอบ")).press("Enter")
        expect(page.locator(".member__name")).to_have_text(re.compile("ทดสอบ"))
        expect(onward).to_be_enabled()


class TestTheScreens:
    def test_are_for_everybody_at_a_desk_and_on_a_phone(
        self, department: Page, live_server: Server
    ) -> None:
        looking = Looking()
        for width, height in ((1366, 768), (360, 740)):
            department.set_viewport_size({"width": width, "height": height})
            for place in PAGES:
                department.goto(f"{live_server.address}{place}")
                name = re.sub(r"\W+", "-", place).strip("-")
                looking.at(department, f"{name}-{width}", picture=False)
        assert not looking.problems, "\n".join(looking.problems)
        assert len(looking.seen) == 2 * len(PAGES)

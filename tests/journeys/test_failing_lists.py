"""A list of people to approve, when the signal is gone or the session has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import officer as desk_officer
from tests.fixtures.application import Server
from tests.journeys.test_people import desk, sign_in  # noqa: F401 - a fixture
from tests.officer import person

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

WAITING = 3


def ticked(page: Page) -> int:
    return page.locator("input[name=pick]:checked").count()


def test_nothing_is_lost_without_a_signal_or_after_the_session(
    app: Flask,
    desk: BrowserContext,  # noqa: F811 - the fixture
    live_server: Server,
    the_world: Session,
    secrets: dict[str, bytes],
) -> None:
    desk_officer.officer(the_world, "suda", "district", "4301")
    for number in range(WAITING):
        person(the_world, secrets, f"กนก{number} ตัวอย่าง")
    page = desk.new_page()
    sign_in(app, page, live_server.address, "suda")
    page.locator("[data-all]").check()
    approve = page.get_by_role("button", name="อนุมัติ", exact=True).first

    desk.set_offline(True)
    approve.click()
    expect(page.locator("[data-says-no-signal]")).to_contain_text("ไม่มีสัญญาณ")
    page.get_by_role("link", name="ประกาศ", exact=True).first.click()
    assert ticked(page) == WAITING
    desk.set_offline(False)
    expect(page.locator("[data-says-no-signal]")).to_have_count(0)

    the_world.execute(text("delete from sessions"))
    the_world.commit()
    page.wait_for_timeout(5_500)  # the server believes a session for five seconds
    approve.click()
    expect(page.get_by_role("alert")).to_contain_text("รายการที่กดยังไม่ได้ทำ")
    page.locator("main").get_by_role("link", name="เข้าสู่ระบบ").click()
    assert "next=/office/people" in page.url

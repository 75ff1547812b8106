"""A notice written at a desk is read on a phone without a signal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import second, world
from tests.fixtures.application import Server
from tests.journeys.looking import Looking
from tests.volunteer import MOVE, Volunteer
from webapp.models.notice import NoticeRead

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


def write(app: Flask, page: Page, address: str, document: Path) -> None:
    """An officer of the province announces a briefing."""
    page.goto(f"{address}/sign-in?next=/office/notices/new")
    code = second.code(app, "orathai")
    page.locator("#username").fill("orathai")
    page.locator("#password").fill(world.PASSWORD)
    page.locator("#password").press("Enter")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    page.locator("label.choice", has_text="อาสาสมัคร").click()
    page.locator("#title_th").fill("ชี้แจงก่อนลงพื้นที่")
    page.locator("#text_th").fill("พบกันที่ศาลาประชาคม")
    page.locator("#held_on").fill("15 ธ.ค. 2569")
    document.write_bytes(b"%PDF-1.4\n")
    page.locator("#documents").set_input_files(document)
    page.get_by_role("button", name="ออกประกาศ", exact=True).click()
    expect(page.locator(".notice--good")).to_contain_text("ออกประกาศแล้ว")


class TestANotice:
    def test_is_read_without_a_signal_and_the_register_hears_of_it_later(
        self,
        app: Flask,
        desk: BrowserContext,
        outside: Volunteer,
        live_server: Server,
        the_world: Session,
        tmp_path: Path,
    ) -> None:
        write(app, desk.new_page(), live_server.address, tmp_path / "กำหนดการ.pdf")
        outside.reload()
        page, looking = outside.page, Looking()
        expect(page.get_by_role("link", name="ประกาศ · ใหม่ 1").first).to_be_visible()
        outside.context.set_offline(True)
        page.evaluate(MOVE, "/app/announced")
        page.locator("summary", has_text="ชี้แจงก่อนลงพื้นที่").tap()
        expect(page.locator(".announced")).to_contain_text("พบกันที่ศาลาประชาคม")
        expect(page.locator(".announced")).to_contain_text("15 ธันวาคม 2569")
        looking.at(page, "announced")
        assert not looking.problems, looking.problems
        outside.context.set_offline(False)
        with page.expect_response("**/api/v1/notices/read"):
            outside.open("/app/home")
        expect(page.get_by_role("link", name="ประกาศ", exact=True).first).to_be_visible()
        the_world.rollback()
        assert the_world.scalars(select(NoticeRead.account_id)).all() == [world.MALI]

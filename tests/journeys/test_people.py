"""A volunteer registers on a phone whose network comes and goes; an officer approves in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import officer as desk_officer
from tests import second, world
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE
from tests.officer import person
from webapp.models.account import Account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CANARIES = ("สมศรีทดสอบ", "1990100000511", "0812345678")
EVERYWHERE = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text())
    }
  }
  for (const { name } of await indexedDB.databases()) found.push(name)
  return found.join(' ')
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(**DESK)
    yield context
    context.close()


def fill(page: Page, address: str) -> None:
    """The form of a volunteer of Ban Nam Sai, as a finger fills it."""
    page.goto(f"{address}/register/volunteer")
    page.locator("#title_th").fill("นาง")
    page.locator("#given").fill(CANARIES[0])
    page.locator("#family").fill("ตัวอย่าง")
    page.locator("#national_id").fill("๑๙๙๐๑๐๐๐๐๐๕๑๑")
    page.locator("#phone").fill("081 234 5678")
    page.locator("#district").select_option("4301")
    page.locator("#subdistrict").select_option("430101")
    page.locator("#village").select_option(world.NAM_SAI)
    page.locator("label.choice:has(input[name=agreed])").tap()


def send(page: Page) -> None:
    page.get_by_role("button", name="ส่งใบลงทะเบียน").tap()


def sign_in(app: Flask, page: Page, address: str, username: str) -> None:
    """The officer at the desk, with the second thing."""
    page.goto(f"{address}/sign-in?next=/office/people")
    code = second.code(app, username)
    page.locator("#username").fill(username)
    page.locator("#password").fill(world.PASSWORD)
    page.locator("#password").press("Enter")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("คนทำงาน")


def waiting(register: Session) -> list[str]:
    register.rollback()
    return list(register.scalars(select(Account.name_th).where(Account.status == "waiting")))


class TestARegistrationWithoutASignal:
    def test_is_kept_in_the_page_and_goes_out_once_when_the_signal_returns(
        self, phone: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = phone.new_page()
        fill(page, live_server.address)
        expect(page.locator("input[name=offered]:checked")).to_have_value(world.NAM_SAI)
        phone.set_offline(True)
        send(page)
        expect(page.locator("#told")).to_contain_text("สิ่งที่กรอกยังอยู่ครบ")
        expect(page.locator("#given")).to_have_value(CANARIES[0])
        phone.set_offline(False)
        page.wait_for_url("**/register/done")
        expect(page.locator(".register__code")).to_have_text(re.compile(r"\d{4} \d{4} \d{4}"))
        assert waiting(the_world) == [f"{CANARIES[0]} ตัวอย่าง"]

    def test_whose_answer_was_lost_is_sent_again_and_is_one(
        self, phone: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = phone.new_page()
        fill(page, live_server.address)
        lost: list[str] = []

        def lose_first(route: object) -> None:
            if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
                lost.append(str(route.fetch().status))  # type: ignore[attr-defined]
                route.abort()  # type: ignore[attr-defined]
            else:
                route.continue_()  # type: ignore[attr-defined]

        page.route("**/register/volunteer", lose_first)
        send(page)
        page.get_by_role("button", name="ลองอีกครั้ง").tap()
        page.wait_for_url("**/register/done")
        assert lost == ["200"]
        assert len(waiting(the_world)) == 1

    def test_leaves_nothing_readable_in_the_browser(
        self, phone: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = phone.new_page()
        fill(page, live_server.address)
        phone.set_offline(True)
        send(page)
        expect(page.locator("#told")).to_contain_text("สิ่งที่กรอกยังอยู่ครบ")
        kept = page.evaluate(EVERYWHERE)
        assert not [one for one in CANARIES if one in kept]
        assert not [one for one in CANARIES if one in page.url]


class TestMistakes:
    def test_are_said_beside_their_boxes_without_losing_the_rest(
        self, phone: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = phone.new_page()
        fill(page, live_server.address)
        page.locator("#phone").fill("12")
        send(page)
        expect(page.locator("#phone-problem")).to_contain_text("ไม่ใช่เบอร์โทรศัพท์")
        expect(page.locator("#phone")).to_be_focused()
        page.locator("#phone").fill("0812345678")
        send(page)
        page.wait_for_url("**/register/done")

    def test_of_the_check_digit_are_only_hinted_at(
        self, phone: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = phone.new_page()
        fill(page, live_server.address)
        page.locator("#national_id").fill("1990100000512")
        page.locator("#phone").focus()
        expect(page.locator(".hint").first).to_contain_text("ดูไม่ตรงรูปแบบ")
        send(page)
        page.wait_for_url("**/register/done")


class TestFromRegistrationToWork:
    def test_an_officer_approves_in_bulk_and_the_status_page_says_so(
        self,
        app: Flask,
        phone: BrowserContext,
        desk: BrowserContext,
        live_server: Server,
        the_world: Session,
    ) -> None:
        kept = app.extensions["keys"].secrets
        desk_officer.officer(the_world, "suda", "district", "4301")
        for number in range(12):
            person(the_world, kept, f"คน{number:02} ก")
        page = phone.new_page()
        fill(page, live_server.address)
        send(page)
        page.wait_for_url("**/register/done")
        code = page.locator(".register__code").inner_text()
        office = desk.new_page()
        sign_in(app, office, live_server.address, "suda")
        expect(office.locator("tbody tr")).to_have_count(13)
        office.locator("[data-all]").check()
        expect(office.locator("[data-count]")).to_have_text("เลือกแล้ว 13 รายการ")
        office.get_by_role("button", name="อนุมัติ", exact=True).click()
        expect(office.locator(".notice--good")).to_contain_text("อนุมัติแล้ว 13 คน")
        assert waiting(the_world) == []
        page.goto(f"{live_server.address}/register/status")
        page.locator("#code").fill(code)
        page.get_by_role("button", name="ดูสถานะ").tap()
        expect(page.locator(".notice--good")).to_contain_text("อนุมัติแล้ว")

    def test_a_list_is_worked_through_by_keyboard(
        self, app: Flask, desk: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        kept = app.extensions["keys"].secrets
        desk_officer.officer(the_world, "suda", "district", "4301")
        for number in range(3):
            person(the_world, kept, f"คน{number:02} ก")
        office = desk.new_page()
        sign_in(app, office, live_server.address, "suda")
        expect(office.locator("[data-count]")).to_have_text("เลือกแล้ว 0 รายการ")
        for key in ("j", "x", "j", "j", "x"):
            office.keyboard.press(key)
        expect(office.locator("[data-count]")).to_have_text("เลือกแล้ว 2 รายการ")
        office.keyboard.press("Enter")
        expect(office.get_by_role("heading", level=1)).to_have_text("คน02 ก")

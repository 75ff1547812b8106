"""An inspector's day: at the desk by keyboard alone, on a phone by thumb, without a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import visits, world
from tests.fixtures.application import Server
from tests.handset import Handset
from tests.journeys.looking import Looking

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

LIST = "/office/review"
FIRST, SECOND = "บ้านเลขที่ 1", "บ้านเลขที่ 2/1"
MARK = "window.neverReloaded = true"
STANDS = """
    select h.house_number, i.state from interviews i join households h on h.id = i.household_id
"""


@pytest.fixture
def visited(app: Flask, live_server: Server, the_world: Session) -> str:
    """Both of Mali's households are interviewed, the first of them with more to look at."""
    phone = Handset(app.test_client(), world.MALI, "mali")
    phone.sign_in()
    phone.hello()
    visits.with_evidence(app, phone)
    house = {"id": str(world.SECOND_HOUSE), "new": False, "village": world.NAM_SAI}
    second = phone.interview(
        {"photo": visits.a_photo("olive")},
        evidence=[visits.AT_HOME],
        household=house | {"house_number": "2/1"},
    )
    assert phone.put(second).status_code == 201
    for digest in second.files:
        phone.put_file(second, digest)
    return live_server.address


def sign_in(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/sign-in?next={LIST}")
    page.locator("#username").fill("nida")
    page.locator("#password").fill(world.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page.locator(".list-table tbody tr")).to_have_count(2)
    page.wait_for_load_state()
    return page


@pytest.fixture
def nida(visited: str, desk: BrowserContext) -> Page:
    """At her laptop, with the list before her."""
    return sign_in(desk, visited)


def stands(register: Session) -> dict[str, str]:
    register.rollback()
    return {row.house_number: row.state for row in register.execute(text(STANDS))}


def shows(page: Page, title: str) -> None:
    expect(page.locator("#review-title")).to_have_text(title)
    expect(page.locator("[data-keys]")).not_to_be_empty()  # the page's script is at work


class TestADayAtTheDesk:
    def test_needs_the_keyboard_alone(self, nida: Page, the_world: Session) -> None:
        nida.keyboard.press("j")
        nida.keyboard.press("Enter")
        shows(nida, FIRST)
        nida.evaluate(MARK)
        nida.keyboard.press("c")
        nida.keyboard.type(" and all year?")
        nida.keyboard.press("Escape")
        nida.keyboard.press("r")
        expect(nida.locator("[data-remarks]")).to_have_text("(1)")
        nida.keyboard.type("a note, not an acceptance")
        nida.keyboard.press("Control+Enter")
        shows(nida, SECOND)
        expect(nida.locator("#review-said")).to_contain_text("ส่งบ้านเลขที่ 1 กลับ")
        assert nida.evaluate("window.neverReloaded") is True
        assert stands(the_world) == {"1": "returned", "2/1": "received"}
        nida.keyboard.press("a")
        expect(nida.get_by_text("ไม่มีรายการรอตรวจ")).to_be_visible()
        assert stands(the_world) == {"1": "returned", "2/1": "accepted"}
        said = the_world.scalars(text("select comment from decision_comments")).all()
        assert len(said) == 1
        assert said[0].endswith("and all year?")

    def test_undoes_what_was_pressed_by_mistake(self, nida: Page, the_world: Session) -> None:
        nida.goto(nida.url)
        nida.get_by_role("link", name="เริ่มตรวจ").click()
        shows(nida, FIRST)
        nida.evaluate(MARK)
        nida.keyboard.press("a")
        shows(nida, SECOND)
        expect(nida.locator(".review__left")).to_have_text("รอตรวจ 1")
        assert stands(the_world)["1"] == "accepted"
        nida.keyboard.press("u")
        shows(nida, FIRST)
        expect(nida.locator(".review__left")).to_have_text("รอตรวจ 2")
        assert stands(the_world)["1"] == "received"
        assert nida.evaluate("window.neverReloaded") is True

    def test_keeps_the_address_and_the_way_back(self, nida: Page) -> None:
        nida.get_by_role("link", name="เริ่มตรวจ").click()
        shows(nida, FIRST)
        first = nida.url
        nida.keyboard.press("n")
        shows(nida, SECOND)
        assert nida.url != first
        nida.go_back()
        shows(nida, FIRST)
        assert nida.url == first
        nida.reload()
        shows(nida, FIRST)

    def test_lets_the_keys_be_switched_off(self, nida: Page, the_world: Session) -> None:
        nida.get_by_role("link", name="เริ่มตรวจ").click()
        shows(nida, FIRST)
        nida.get_by_role("button", name="แป้นลัด: เปิดอยู่").click()
        nida.keyboard.press("a")
        expect(nida.get_by_role("button", name="แป้นลัด: ปิดอยู่")).to_be_visible()
        shows(nida, FIRST)
        assert stands(the_world)["1"] == "received"

    def test_says_what_somebody_else_has_decided(self, nida: Page, the_world: Session) -> None:
        nida.get_by_role("link", name="เริ่มตรวจ").click()
        shows(nida, FIRST)
        the_world.execute(text("update interviews set state = 'accepted'"))
        the_world.commit()
        nida.keyboard.press("a")
        expect(nida.locator("#review-said")).to_contain_text("มีคนทำรายการนี้ไปแล้ว")
        shows(nida, FIRST)


class TestADayOnAPhone:
    def test_is_done_by_thumb(
        self, visited: str, phone: BrowserContext, the_world: Session
    ) -> None:
        page = sign_in(phone, visited)
        page.get_by_role("link", name=FIRST).tap()
        shows(page, FIRST)
        page.locator("summary", has_text="ขอหลักฐาน").tap()
        page.locator("#evidence-reason").fill("มองไม่เห็นหน้า")
        page.get_by_role("button", name="ขอหลักฐานใหม่").tap()
        shows(page, SECOND)
        page.get_by_role("button", name="รับรอง").tap()
        expect(page.get_by_text("ไม่มีรายการรอตรวจ")).to_be_visible()
        assert stands(the_world) == {"1": "returned", "2/1": "accepted"}
        assert the_world.scalar(text("select kinds from decisions order by id limit 1")) == [
            "photo"
        ]


class TestTheScreens:
    def test_are_whole_on_desk_and_phone(
        self, visited: str, desk: BrowserContext, phone: BrowserContext
    ) -> None:
        looking = Looking()
        for name, context in (("desk", desk), ("phone", phone)):
            page = sign_in(context, visited)
            looking.at(page, f"review-list-{name}")
            page.get_by_role("link", name="เริ่มตรวจ").click()
            shows(page, FIRST)
            looking.at(page, f"review-one-{name}")
            page.locator("summary", has_text="ส่งกลับ").click()
            looking.at(page, f"review-return-{name}")
            page.goto(f"{visited}{LIST}/at-once")
            looking.at(page, f"review-at-once-{name}")
        assert looking.problems == []

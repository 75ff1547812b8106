"""An inspector goes through a village's evidence on the map: by mouse, by keys, by thumb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import sightings, world
from tests.fixtures.application import Server
from tests.handset import Handset
from tests.inspector import Inspector
from tests.sightings import Sighting
from tests.web.test_findings import look, send

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

TOGETHER = {"longitude": 102.7052, "latitude": 17.8532}


@pytest.fixture
def visited(app: Flask, live_server: Server, the_world: Session, register: Session) -> str:
    """Two houses with one photo, and four more on one point; the server's address."""
    mali = Handset(app.test_client(), world.MALI, "mali")
    mali.sign_in()
    mali.hello()
    send(app, mali, world.HOUSE, "1")
    send(app, mali, world.SECOND_HOUSE, "2/1")
    sightings.put(register, *(Sighting(n + 10, **TOGETHER) for n in range(4)))
    look(app)
    return live_server.address


@pytest.fixture
def nida(visited: str, desk: BrowserContext) -> Inspector:
    """At her laptop."""
    return Inspector(desk, visited)


def states(register: Session) -> dict[str, str]:
    register.rollback()
    rows = register.execute(text("select house_number, state from households")).all()
    return {row.house_number: row.state for row in rows}


def one_by_one(nida: Inspector) -> None:
    nida.page.get_by_role("button", name="ดูทีละหลังใน บ้านน้ำใส").click()
    expect(nida.page.locator(".triage-photo")).to_be_visible()


class TestAVillageHouseByHouse:
    def test_is_gone_through_by_keys_and_each_act_can_be_undone(
        self, nida: Inspector, register: Session
    ) -> None:
        one_by_one(nida)
        expect(nida.page.locator(".household-line")).to_have_count(6)
        expect(nida.title).to_be_focused()
        number = re.sub(r"\D+", "", nida.title.inner_text(), count=1)
        nida.page.keyboard.press("a")
        expect(nida.page.locator(".panel-acts__told")).to_contain_text(f"รับรองบ้านเลขที่ {number} แล้ว")
        assert states(register)[number] == "accepted"
        expect(nida.title).not_to_have_text(f"บ้านเลขที่ {number}")
        line = nida.page.locator(".household-line").first
        expect(line).to_contain_text("รับรองแล้ว")
        expect(nida.title).to_be_focused()
        nida.page.keyboard.press("u")
        expect(nida.title).to_have_text(f"บ้านเลขที่ {number}")
        assert states(register)[number] == "received"
        expect(line).to_contain_text("ได้รับแล้ว")
        nida.page.keyboard.press("ArrowRight")
        expect(nida.title).not_to_have_text(f"บ้านเลขที่ {number}")
        nida.page.keyboard.press("ArrowLeft")
        expect(nida.title).to_have_text(f"บ้านเลขที่ {number}")
        assert nida.complaints == []

    def test_asks_for_evidence_again_without_leaving_the_page(
        self, nida: Inspector, register: Session
    ) -> None:
        one_by_one(nida)
        number = re.sub(r"\D+", "", nida.title.inner_text(), count=1)
        nida.page.evaluate("window.stays = true")
        nida.page.keyboard.press("e")
        expect(nida.page.locator("#ask-again input").first).to_be_focused()
        nida.page.locator("#ask-why").fill("aeu ภาพมืด")
        nida.page.get_by_role("button", name="ส่งกลับขอหลักฐาน").click()
        expect(nida.page.locator(".panel-acts__told")).to_contain_text("ขอหลักฐานใหม่ของบ้านเลขที่")
        assert states(register)[number] == "returned"
        assert nida.page.evaluate("window.stays")

    def test_explains_a_finding_beside_the_map(self, nida: Inspector) -> None:
        one_by_one(nida)
        found = nida.page.locator('[data-finding="photo_same"]')
        expect(found).to_contain_text("อาจเป็นเพราะ")
        found.get_by_role("link", name="บ้านเลขที่ 2/1").click()
        expect(nida.title).to_have_text("บ้านเลขที่ 2/1")
        found.locator("summary").click()
        found.get_by_label("อธิบายว่าอย่างไร").fill("สองครัวเรือนอยู่บ้านเดียวกัน")
        found.get_by_role("button", name="บันทึกคำอธิบาย").click()
        expect(found).to_have_count(0)
        expect(nida.page.locator("#panel")).to_contain_text("ข้อสังเกตที่อธิบายแล้ว")


class TestOnTheMapItself:
    def test_a_line_round_houses_chooses_them(self, nida: Inspector) -> None:
        nida.page.goto(f"{nida.address}/map#at=16.0/17.852/102.703")
        nida.page.reload()
        expect(nida.page.locator(".household-line").first).to_be_visible()
        nida.page.get_by_role("button", name="วงบนแผนที่").click()
        box = nida.page.locator("#canvas").bounding_box()
        assert box
        mouse = nida.page.mouse
        corners = ((0.1, 0.2), (0.9, 0.2), (0.9, 0.9), (0.1, 0.9))
        for place, (x, y) in enumerate(corners):
            mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=8)
            if not place:
                mouse.down()
        mouse.up()
        expect(nida.page.locator(".chosen-head")).to_contain_text("เลือกไว้ 6 ครัวเรือน")

    def test_households_on_one_point_are_listed(self, nida: Inspector) -> None:
        nida.page.goto(f"{nida.address}/map#at=17.0/17.853/102.705")
        nida.page.reload()
        expect(nida.page.locator(".household-line").first).to_be_visible()
        nida.page.locator("#canvas canvas").focus()
        for _ in range(40):  # the tile is drawn when it has come
            nida.page.keyboard.press("Enter")
            nida.page.wait_for_timeout(250)
            if nida.page.locator(".chosen-head").count():
                break
        expect(nida.page.locator(".chosen-head")).to_contain_text("เลือกไว้ 4 ครัวเรือน")
        expect(nida.page.locator(".household-line").first).to_contain_text("ข้อสังเกต 4")


class TestEveryPartOfIt:
    def test_is_for_everybody_at_a_desk(self, nida: Inspector) -> None:
        one_by_one(nida)
        expect(nida.page.locator(".triage-photo")).to_have_js_property("complete", True)
        nida.page.get_by_label("สีตาม").select_option("found")
        problems = nida.look("triage-desk")
        nida.page.keyboard.press("e")
        problems += nida.look("triage-desk-again")
        nida.page.locator("#panel").evaluate("one => one.scrollTo(0, 700)")
        assert problems + nida.look("triage-desk-why") + nida.complaints == []

    def test_is_for_everybody_on_a_phone(
        self, visited: str, phone: BrowserContext, register: Session
    ) -> None:
        nida = Inspector(phone, visited)
        problems = nida.look("triage-phone-list")
        nida.page.get_by_role("button", name="แผนที่", exact=True).tap()
        problems += nida.look("triage-phone-map")
        nida.page.get_by_role("button", name="รายการ", exact=True).tap()
        nida.page.get_by_role("button", name="ดูทีละหลังใน บ้านน้ำใส").tap()
        expect(nida.page.locator(".triage-photo")).to_be_visible()
        expect(nida.page.locator(".triage-photo")).to_have_js_property("complete", True)
        problems += nida.look("triage-phone-house")
        nida.page.get_by_role("button", name="รับรอง", exact=True).tap()
        expect(nida.page.locator(".panel-acts__told")).to_contain_text("แล้ว")
        assert "accepted" in states(register).values()
        problems += nida.look("triage-phone-done")
        assert problems + nida.complaints == []

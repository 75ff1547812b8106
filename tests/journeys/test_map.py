"""An inspector works with map, list and household: by mouse, by keys, on a desk and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests import visits, world
from tests.fixtures.application import Server
from tests.handset import Handset
from tests.inspector import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

FOCUSED = "document.activeElement.dataset.id ?? document.activeElement.id"


@pytest.fixture
def visited(app: Flask, live_server: Server, mali: Handset) -> str:
    """One household interviewed with evidence, one in custody, two to do; the server's address."""
    visits.with_evidence(app, mali)
    visits.in_custody(mali)
    return live_server.address


@pytest.fixture
def nida(visited: str, desk: BrowserContext) -> Inspector:
    """At her laptop."""
    return Inspector(desk, visited)


class TestTheAddressBar:
    def test_holds_what_she_sees_and_brings_it_back(self, nida: Inspector) -> None:
        nida.filter("state", "received")
        expect(nida.page.locator(".household-line")).to_have_count(1)
        nida.choose(world.HOUSE)
        wanted = {"state": "received", "household": str(world.HOUSE)}
        expect(nida.page).to_have_url(re.compile(r"#at=16\.0/17\.851/102\.701$"))
        assert nida.asked() == wanted
        nida.page.reload()
        expect(nida.title).to_have_text("บ้านเลขที่ 1")
        expect(nida.page.locator("#filter-state")).to_have_value("received")
        expect(nida.page.locator(".household-line")).to_have_count(1)
        assert nida.asked() == wanted
        assert nida.complaints == []

    def test_goes_back_and_forth_step_by_step(self, nida: Inspector) -> None:
        nida.filter("state", "received")
        nida.choose(world.HOUSE)
        nida.page.go_back()
        expect(nida.title).to_have_count(0)
        expect(nida.page.locator("#filter-state")).to_have_value("received")
        nida.page.go_back()
        expect(nida.page.locator("#filter-state")).to_have_value("")
        expect(nida.page.locator(".household-line")).to_have_count(3)
        nida.page.go_forward()
        nida.page.go_forward()
        expect(nida.title).to_have_text("บ้านเลขที่ 1")
        assert nida.asked() == {"state": "received", "household": str(world.HOUSE)}

    def test_of_a_household_elsewhere_opens_nothing(self, nida: Inspector) -> None:
        nida.page.goto(f"{nida.address}/map?household={world.FAR_HOUSE}")
        expect(nida.page.locator("#panel")).to_have_text(re.compile("ไม่พบครัวเรือนนี้"))


class TestAResult:
    def test_leads_to_its_answers_and_back(self, nida: Inspector) -> None:
        nida.choose(world.HOUSE)
        link = nida.page.locator("#indicator-22 .rests a").first
        link.click()
        marked = nida.page.locator("#panel .answer.is-marked")
        expect(marked).to_have_count(4)
        expect(nida.page.locator('[id="answer-22.1.1"]')).to_be_focused()
        nida.page.get_by_role("button", name="กลับไปที่เดิม").click()
        expect(link).to_be_focused()
        nida.page.locator('[id="answer-22.1.1"] .answer__used a').click()
        expect(nida.page.locator("#indicator-22")).to_be_focused()
        assert nida.asked() == {"household": str(world.HOUSE)}

    def test_of_an_edit_rule_points_at_its_answers(self, nida: Inspector) -> None:
        nida.choose(world.HOUSE)
        rule = nida.page.locator(".indicator", has_text="รายได้").filter(has_text="ไม่มีคำอธิบาย")
        rule.locator(".rests a").first.click()
        expect(nida.page.locator('[id="answer-22.1.1"]')).to_be_focused()


class TestTheKeyboardAlone:
    def test_goes_from_the_list_to_a_household_and_back(self, nida: Inspector) -> None:
        keyboard = nida.page.keyboard
        nida.page.locator(".village-line").first.focus()
        keyboard.press("ArrowDown")
        assert nida.page.evaluate(FOCUSED) == str(world.HOUSE)
        keyboard.press("Enter")
        expect(nida.title).to_be_focused()
        keyboard.press("j")
        expect(nida.title).to_have_text("บ้านเลขที่ 2/1")
        expect(nida.title).to_be_focused()
        keyboard.press("k")
        expect(nida.title).to_have_text("บ้านเลขที่ 1")
        keyboard.press("Escape")
        expect(nida.line(world.HOUSE)).to_be_focused()

    def test_opens_the_household_in_the_middle_of_the_map(self, nida: Inspector) -> None:
        nida.page.goto(f"{nida.address}/map#at=16.0/17.851/102.701")
        nida.page.reload()
        canvas = nida.page.locator("#canvas canvas")
        expect(nida.page.locator(".household-line").first).to_be_visible()
        canvas.focus()
        for _ in range(40):  # the tile is drawn when it has come
            nida.page.keyboard.press("Enter")
            nida.page.wait_for_timeout(250)
            if nida.title.count():
                break
        expect(nida.title).to_have_text("บ้านเลขที่ 1")

    def test_sees_a_picture_large_and_comes_back(self, nida: Inspector) -> None:
        nida.choose(world.HOUSE)
        small = nida.page.locator("a[data-picture]").first
        small.focus()
        nida.page.keyboard.press("Enter")
        large = nida.page.locator("#picture img")
        expect(large).to_be_visible()
        assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
        expect(nida.page.get_by_role("button", name="ปิดภาพ")).to_be_focused()
        nida.page.keyboard.press("Escape")
        expect(large).to_have_count(0)
        expect(small).to_be_focused()


class TestAPicturesAddress:
    def test_is_asked_for_anew_when_it_is_old(self, nida: Inspector) -> None:
        nida.choose(world.HOUSE)
        link = nida.page.locator("a[data-picture]").first
        link.evaluate("link => { link.href = '/evidence/too-old' }")
        nida.page.evaluate("document.querySelector('[data-household]').dataset.freshSeconds = '0'")
        link.click()
        large = nida.page.locator("#picture img")
        assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320


class TestEveryPartOfTheMap:
    def test_is_for_everybody_at_a_desk(self, nida: Inspector) -> None:
        problems = nida.look("map-desk")
        nida.choose(world.CHAIS_HOUSE)
        expect(nida.page.locator("#panel")).to_contain_text("ไม่ได้รับมอบหมาย")
        problems += nida.look("map-desk-custody")
        nida.choose(world.HOUSE)
        nida.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        problems += nida.look("map-desk-household")
        nida.page.locator("a[data-picture]").first.click()
        expect(nida.page.locator("#picture img")).to_be_visible()
        assert problems + nida.look("map-desk-picture") + nida.complaints == []

    def test_is_for_everybody_on_a_phone(self, visited: str, phone: BrowserContext) -> None:
        nida = Inspector(phone, visited)
        problems = nida.look("map-phone-list")
        nida.page.get_by_role("button", name="แผนที่", exact=True).tap()
        problems += nida.look("map-phone-map")
        nida.page.get_by_role("button", name="รายการ", exact=True).tap()
        nida.choose(world.HOUSE)
        problems += nida.look("map-phone-household")
        nida.page.locator("a[data-picture]").first.tap()
        expect(nida.page.locator("#picture img")).to_be_visible()
        assert problems + nida.look("map-phone-picture") + nida.complaints == []

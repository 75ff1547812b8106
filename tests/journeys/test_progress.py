"""The page of progress follows the register while somebody looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests import world
from tests.fixtures.application import Server
from tests.handset import Handset
from tests.inspector import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SOON = 20_000


def cell(page: Page, place: str) -> str:
    return page.locator(f'[data-cell="{place}"]').first.inner_text()


def test_an_interview_is_on_the_open_page_within_seconds(
    live_server: Server, mali: Handset, desk: BrowserContext
) -> None:
    nida = Inspector(desk, live_server.address)
    nida.page.goto(f"{live_server.address}/progress")
    expect(nida.page.locator("[data-follow-words]")).to_contain_text("ตัวเลขเป็นปัจจุบัน")
    nida.page.evaluate("window.isTheSamePage = true")
    assert cell(nida.page, "total.done") == "0"
    assert mali.put(mali.interview()).status_code == 201
    expect(nida.page.locator('[data-cell="total.done"]').first).to_have_text("1", timeout=SOON)
    assert cell(nida.page, f"volunteer-{world.MALI}.done") == "1"
    assert nida.page.locator('[data-bar="area-430101.percent"]').evaluate("bar => bar.value") == 50
    assert nida.page.evaluate("window.isTheSamePage")
    assert nida.complaints == []


def test_a_register_that_does_not_answer_is_told_kindly(
    live_server: Server, mali: Handset, desk: BrowserContext
) -> None:
    nida = Inspector(desk, live_server.address)
    nida.page.goto(f"{live_server.address}/progress")
    words = nida.page.locator("[data-follow-words]")
    expect(words).to_contain_text("ตัวเลขเป็นปัจจุบัน")
    desk.set_offline(True)
    expect(words).to_contain_text("ตัวเลขอาจเก่า", timeout=SOON)
    desk.set_offline(False)
    expect(words).to_contain_text("ตัวเลขเป็นปัจจุบัน", timeout=SOON)


def test_it_is_for_everybody_on_desk_and_phone(
    live_server: Server, mali: Handset, desk: BrowserContext, phone: BrowserContext
) -> None:
    mali.put(mali.interview())
    problems = []
    for name, context in (("desk", desk), ("phone", phone)):
        nida = Inspector(context, live_server.address)
        nida.page.goto(f"{live_server.address}/progress")
        expect(nida.page.locator("[data-follow-words]")).not_to_be_empty()
        problems += nida.look(f"progress-{name}") + nida.complaints
    assert problems == []

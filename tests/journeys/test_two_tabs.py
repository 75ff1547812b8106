"""The app open twice on one phone, and a newer app arriving while somebody types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.journeys import in_the_register
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Request

READ_ONLY = "แบบนี้เปิดอยู่ในอีกหน้าต่างหนึ่ง"
NEWER = "มีรุ่นใหม่"
LOOK_FOR_NEWER = "async () => (await navigator.serviceWorker.getRegistration()).update()"
WAITS = "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
VERSION = """() => new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => done(data.version)
    navigator.serviceWorker.controller.postMessage('kept', [port2])
})"""


def second_tab(mali: Volunteer) -> Volunteer:
    """The same phone, another window of the app."""
    other = Volunteer(mali.context, mali.address)
    other.page = mali.context.new_page()
    other.page.set_default_timeout(10_000)
    return other


class TestTwoTabs:
    def test_send_each_interview_once(self, outside: Volunteer, the_world: Session) -> None:
        other = second_tab(outside)
        other.open("/app/")
        expect(other.page.locator(".houses .house")).to_have_count(2)
        outside.context.set_offline(True)
        outside.find_nobody("1")
        other.find_nobody("2/1")
        for tab in (outside, other):
            tab.outbox_says("รอส่ง 2 บ้าน")
        sent: Counter[str] = Counter()

        def count(request: Request) -> None:
            if "revisions" in request.url:
                sent[request.url] += 1

        outside.context.on("request", count)
        outside.context.set_offline(False)
        for tab in (outside, other):
            tab.outbox_says("ส่งครบแล้ว")
        assert sum(sent.values()) == 1  # both in one request, by one of the two
        assert in_the_register.revisions(the_world) == 2

    def test_write_a_draft_in_one_of_them_and_read_it_in_the_other(
        self, outside: Volunteer
    ) -> None:
        at_the_cover(outside)
        outside.page.locator("#cover-soi").fill("ซอยแรก")
        other = second_tab(outside)
        other.open(outside.page.url.removeprefix(outside.address))
        expect(other.page.locator(".banners")).to_contain_text(READ_ONLY)
        expect(other.page.locator("#cover-soi")).to_have_value("ซอยแรก")
        expect(other.page.locator("#cover-soi")).to_be_disabled()
        outside.page.locator("#cover-soi").fill("ซอยสอง")
        outside.home()
        other.reload()
        expect(other.page.locator("#cover-soi")).to_have_value("ซอยสอง")
        expect(other.page.locator("#cover-soi")).to_be_enabled()
        expect(other.page.locator(".banners")).not_to_contain_text(READ_ONLY)


def at_the_cover(mali: Volunteer) -> None:
    """An interview begun, its cover open."""
    mali.open_household("1")
    mali.tap("ยินดีให้ข้อมูล")
    mali.is_at_path("cover")


@pytest.fixture
def published(live_server: Server, environment: dict[str, str]) -> Iterator[Server]:
    """The register with a newer app, at the same address; it must be started."""
    newer = Server(environment | {"JPT_DEMO": "0"}, live_server.log)  # another shell, another list
    newer.port, newer.address = live_server.port, live_server.address
    yield newer
    newer.stop()


def arrive(mali: Volunteer, before: Server, published: Server) -> None:
    """The register serves the newer app, and the browser looks for one, as it does now and then."""
    before.stop()
    published.start()
    mali.page.evaluate(LOOK_FOR_NEWER)
    mali.page.wait_for_function(WAITS)


def test_a_newer_app_waits_until_no_draft_is_open_and_loses_nothing(
    outside: Volunteer, live_server: Server, published: Server
) -> None:
    at_the_cover(outside)
    outside.page.locator("#cover-soi").fill("ซอยก่อนรุ่น")
    before = outside.page.evaluate(VERSION)
    arrive(outside, live_server, published)
    outside.page.locator("#cover-soi").press_sequentially("ใหม่")
    expect(outside.page.locator("body")).not_to_contain_text(NEWER)
    other = second_tab(outside)
    other.open("/app/")
    other.tap("เปลี่ยนเป็นรุ่นใหม่")
    expect(other.page.locator("body")).to_contain_text("ทำแบบที่ค้างให้เสร็จก่อน")
    assert outside.page.evaluate(VERSION) == before
    outside.home()
    expect(outside.page.locator(".banners")).to_contain_text(NEWER)
    with outside.page.expect_navigation():
        outside.tap("เปลี่ยนเป็นรุ่นใหม่")
    outside.unlock()
    expect(outside.page.locator(".house", has_text="ทำค้างไว้")).to_have_count(1)
    assert outside.page.evaluate(VERSION) != before
    expect(outside.page.locator(".top__demo")).to_have_count(0)
    outside.page.locator(".house", has_text="ทำค้างไว้").get_by_role("link").tap()
    expect(outside.page.locator("#cover-soi")).to_have_value("ซอยก่อนรุ่นใหม่")

"""The desk of conflicts and custody in Chromium: sides chosen, a hand-in placed, an override."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import second, world
from tests.desk import corrected, shown
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE
from tests.handset import APP, Handset, Sealed
from tests.journeys.in_english import InBothLanguages
from tests.journeys.looking import Looking
from tests.services.test_same_person import THERE, follow_up
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WHY = "ถามหัวหน้าครัวเรือนแล้ว"
SIX_HOURS_LATER = """() => new Promise((done) => {
  const opening = indexedDB.open('jpt-work')
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('entries', 'readwrite')
    const entries = transaction.objectStore('entries')
    const reading = entries.getAll()
    reading.onsuccess = () => reading.result.forEach((one) => entries.put({ ...one, due: 1 }))
    transaction.oncomplete = () => { opening.result.close(); done() }
  }
})"""


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(**request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**DESK)
    yield context.new_page()
    context.close()


@pytest.fixture
def two(handset: Handset, the_world: Session) -> tuple[Sealed, Sealed]:
    """Two interviews of one household: they differ in three answers and in who lives there."""
    first = handset.interview({"photo": b"a photo"})
    child = {"id": "m2", "first_name": "เด็กทดสอบ", "last_name": "ตัวอย่าง", "sex": "female",
             "birth": "2015-04-01", "national_id": "1990100000029"}  # fmt: skip
    members = [first.document["members"][0] | {"birth": "1981-05-17"}, child]
    answers = {"8.1": "no", "9.1": "enough", "14.3": "yes", "14.3.amount": 500}
    second = handset.interview(members=members, answers=answers)
    assert [handset.put(one).status_code for one in (first, second)] == [201, 202]
    return first, second


@pytest.fixture
def handset(app: Flask, the_world: Session) -> Handset:
    """Mali's phone, as the tests of the API have it."""
    return _handset(app, "mali", world.MALI)


@pytest.fixture
def chais(app: Flask, the_world: Session) -> Handset:
    """Chai's."""
    return _handset(app, "chai", world.CHAI)


def _handset(app: Flask, name: str, account: Any) -> Handset:
    phone = Handset(app.test_client(), account, name)
    phone.sign_in()
    phone.hello()
    return phone


def sign_in(app: Flask, page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/sign-in?next=/office/conflicts")
    code = second.code(app, username) if username == "orathai" else ""
    page.locator("#username").fill(username)
    page.locator("#password").fill(world.PASSWORD)
    page.locator("#password").press("Enter")
    if code:
        page.locator("#code").fill(code)
        page.locator("#code").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("ข้อขัดแย้งและของที่รับไว้รอตรวจ")


class TestTwoInterviewsOfOneHousehold:
    def test_are_chosen_answer_by_answer_and_the_pages_are_for_everybody(
        self,
        app: Flask,
        page: Page,
        live_server: Server,
        two: tuple[Sealed, Sealed],
        the_world: Session,
    ) -> None:
        looking, size = Looking(), page.viewport_size
        name = "phone" if size and size["width"] < 600 else "desk"
        sign_in(app, page, live_server.address, "orathai")
        looking.at(page, f"conflicts-list-{name}")
        page.get_by_role("link", name="บ้านเลขที่ 1").click()
        expect(page.get_by_role("heading", name="คำตอบที่ต่างกัน")).to_be_visible()
        looking.at(page, f"conflicts-two-{name}")
        page.screenshot(path=looking.folder / f"conflicts-two-{name}-whole.png", full_page=True)
        page.locator('label:has(input[name="pick.9.1"][value=waiting])').click()
        page.locator('label:has(input[name="pick.members.m2"][value=waiting])').click()
        page.locator("#mix-reason").fill(WHY)
        page.get_by_role("button", name="บันทึกเป็นฉบับใหม่").click()
        expect(page.locator(".notice--good").first).to_contain_text("ทำเป็นฉบับใหม่แล้ว")
        looking.at(page, f"conflicts-settled-{name}")
        told = shown(the_world, two[0])
        assert (told.people, told.head_number) == (2, 2)
        assert shown(the_world, two[1]).state == "replaced"
        assert looking.problems == []


class TestAHandIn:
    def test_is_placed_and_the_phone_that_made_it_learns_that_its_answers_are_in(
        self,
        app: Flask,
        outside: Volunteer,
        desk: Page,
        live_server: Server,
        chais: Handset,
        the_world: Session,
    ) -> None:
        carry(chais, finish_unsent(outside))
        outside.page.locator(".top__outbox").tap()
        outside.tap("ส่งเดี๋ยวนี้")
        expect(outside.page.locator("main")).to_contain_text("ทะเบียนกลางรับไว้รอตรวจ")
        seen = InBothLanguages(the_world, outside.family)
        outside.reload()
        seen.at(outside.page, "outbox-held")
        outside.open_list_at("1")
        seen.at(outside.page, "household-held")
        assert seen.problems == []
        sign_in(app, desk, live_server.address, "nida")
        desk.get_by_role("link", name="บ้านเลขที่ 1").click()
        desk.locator('label:has(input[name="way"][value=placed])').click()
        desk.locator("#reason").fill(WHY)
        desk.get_by_role("button", name="บันทึกการตัดสิน").click()
        expect(desk.locator(".notice--good").first).to_contain_text("นำเข้าทะเบียนแล้ว")
        outside.page.evaluate(SIX_HOURS_LATER)
        outside.reload()
        outside.page.locator(".top__outbox").tap()
        expect(outside.page.locator("main")).not_to_contain_text("รับไว้รอตรวจ")
        expect(outside.page.locator("main")).to_contain_text("ส่งครบแล้ว")


def finish_unsent(phone: Volunteer) -> Route:
    """What the phone would have sent had its request arrived; the phone does not know better."""
    caught: list[Route] = []

    def catch(route: Route) -> None:
        if route.request.method == "PUT" and not caught:
            if "/revisions/" in route.request.url:
                caught.append(route)
            return route.abort()
        return route.fallback()

    phone.context.route(re.compile("/api/v1/interviews/"), catch)
    phone.find_nobody("1")
    while not caught:
        phone.page.wait_for_timeout(200)
    return caught[0]


def carry(phone: Handset, route: Route) -> None:
    """Somebody else brings the same bytes."""
    request = route.request
    kept = {name: told for name, told in request.headers.items() if name.startswith("jpt-")}
    answer = phone.client.put(
        urlsplit(request.url).path,
        data=request.post_data_buffer,
        headers=APP | kept,
        content_type="application/octet-stream",
    )
    assert answer.status_code == 202, answer.text


class TestAnOfficersChange:
    def test_is_looked_at_saved_and_seen_by_the_inspector(
        self,
        app: Flask,
        page: Page,
        live_server: Server,
        handset: Handset,
        the_world: Session,
        browser: Browser,
    ) -> None:
        looking, size = Looking(), page.viewport_size
        name = "phone" if size and size["width"] < 600 else "desk"
        one = handset.interview()
        handset.put(one)
        sign_in(app, page, live_server.address, "orathai")
        page.goto(f"{live_server.address}/office/override/{one.interview}?key=members.m1.birth")
        looking.at(page, f"override-chosen-{name}")
        page.locator(".override__lines").first.locator("xpath=..").locator("summary").click()
        page.get_by_role("link", name=re.compile("^แก้ ")).first.click()
        page.locator("[name='v.members.m1.birth']").fill("17/5/2503")
        for box in page.locator("[name^='r.']").all():
            box.fill("ดูจากบัตรประชาชน")
        page.get_by_role("button", name="ดูผลก่อนบันทึก").click()
        expect(page.locator("#after-title")).to_be_visible()
        page.screenshot(path=looking.folder / f"override-look-{name}-whole.png", full_page=True)
        looking.at(page, f"override-look-{name}")
        page.get_by_role("button", name="บันทึกเป็นฉบับใหม่").click()
        expect(page.get_by_text("แก้โดยเจ้าหน้าที่")).to_be_attached()
        seen_by_nida(app, browser, live_server.address, one.interview, name)
        assert looking.problems == []


def seen_by_nida(app: Flask, browser: Browser, address: str, interview: str, name: str) -> None:
    """The inspector finds who changed it and why in its history."""
    context = browser.new_context(**DESK)
    nida = context.new_page()
    sign_in(app, nida, address, "nida")
    nida.goto(f"{address}/interviews/{interview}")
    nida.locator("summary", has_text="ประวัติ").click()
    expect(nida.get_by_text("ดูจากบัตรประชาชน").first).to_be_visible()
    nida.screenshot(path=Looking().folder / f"override-seen-{name}.png", full_page=True)
    context.close()


class TestEveryKindOfMatter:
    def test_has_a_page_for_everybody(
        self,
        app: Flask,
        page: Page,
        live_server: Server,
        handset: Handset,
        chais: Handset,
        the_world: Session,
    ) -> None:
        looking, size = Looking(), page.viewport_size
        name = "phone" if size and size["width"] < 600 else "desk"
        make_every_kind(handset, chais)
        sign_in(app, page, live_server.address, "nida")
        links = page.locator(".list-table th a").evaluate_all("all => all.map(one => one.href)")
        assert len(links) >= 5
        for number, link in enumerate(links):
            page.goto(link)
            looking.at(page, f"conflicts-matter-{number}-{name}")
        assert looking.problems == []


def make_every_kind(mali: Handset, chai: Handset) -> None:
    """Branches, unreadable bytes, a hand-in, an unknown version, the same person elsewhere."""
    first = mali.interview()
    mali.put(first)
    for answer in ("enough", "not_enough"):
        mali.put(corrected(mali, [first], answers={"9.1": answer}))
    mali.put(mali.seal({"interview": "00000000-0000-4000-8000-000000000123", "schema": 1}))
    house = {"id": str(world.SECOND_HOUSE), "new": False, "village": world.NAM_SAI,
             "house_number": "2/1"}  # fmt: skip
    chai.put(mali.interview(household=house, members=[], outcome="refused", answers={}))
    mali.put(mali.interview(questionnaire="bmn-99"))
    chai.put(chai.interview(household=THERE))
    follow_up()

"""A phone whose disk is full, or whose database is closed or emptied while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.journeys import in_the_register, phone_storage
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession

HOLD_DATABASES = """
    const open = indexedDB.open.bind(indexedDB)
    globalThis.opened = []
    IDBFactory.prototype.open = (...asked) => {
        const request = open(...asked)
        request.addEventListener('success', () => opened.push(request.result))
        return request
    }"""
"""The page remembers what it opened, so that a test can close it as a system does."""

DELETE = """() => new Promise((done) => {
    indexedDB.deleteDatabase('jpt-work').onsuccess = () => done()
})"""

FILL = """async () => {
    const opening = indexedDB.open('films')
    opening.onupgradeneeded = () => opening.result.createObjectStore('films')
    await new Promise((done) => { opening.onsuccess = done })
    const takes = (size) => new Promise((done) => {
        const film = new Uint8Array(size) // at random: the disk would make zeros small
        for (let at = 0; at < size; at += 65536) {
            crypto.getRandomValues(film.subarray(at, Math.min(size, at + 65536)))
        }
        const writing = opening.result.transaction('films', 'readwrite', { durability: 'strict' })
        writing.objectStore('films').put(film, Math.random())
        writing.oncomplete = () => done(true)
        writing.onabort = () => done(false)
    })
    for (let size = 1 << 20; size >= 1024; size >>= 2) {
        for (let films = 0; films < 60 && (await takes(size)); films += 1) {}
    }
    opening.result.close()
}"""
"""Somebody's films, down to the last kilobyte."""


@dataclass
class SmallPhone:
    """A phone that has room for the app and a little more."""

    mali: Volunteer
    devtools: CDPSession

    def has_room_for(self, **size: int) -> None:
        """Bytes for this site in all; as many as the disk has, if nothing is said."""
        told = {"origin": self.mali.address} | size
        self.devtools.send("Storage.overrideQuotaForOrigin", told)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Until the block ends there is no room; then films are deleted."""
        self.mali.page.evaluate(FILL)
        self.has_room_for(quotaSize=1)  # not even for what the disk tidies up meanwhile
        yield
        self.has_room_for()


@pytest.fixture
def small(phone_outside: BrowserContext, live_server: Server, the_world: Session) -> SmallPhone:
    """Mali's phone is small; she is signed in."""
    mali = Volunteer(phone_outside, live_server.address)
    mali.page.goto(f"{mali.address}/sign-in")
    phone = SmallPhone(mali, phone_outside.new_cdp_session(mali.page))
    phone.has_room_for(quotaSize=24_000_000)
    mali.sign_in()
    return phone


def at_the_cover(mali: Volunteer) -> Volunteer:
    """An interview begun, its cover open and a first answer given."""
    mali.open_household("1")
    mali.tap("ยินดีให้ข้อมูล")
    mali.is_at_path("cover")
    mali.page.locator("#cover-soi").fill("ซอยหนึ่ง")
    return mali


def is_kept(mali: Volunteer, soi: str) -> None:
    """The answer is on the disk: it is there after a fresh start."""
    mali.reload()
    expect(mali.page.locator("#cover-soi")).to_have_value(soi, timeout=20_000)


def is_written(mali: Volunteer) -> None:
    """The database that was taken away holds the open draft again."""
    for _ in range(100):
        if phone_storage.databases(mali.page).get("jpt-work/drafts", [[], []])[1]:
            return
        mali.page.wait_for_timeout(100)
    pytest.fail("the draft was never written again")


class TestAFullPhone:
    def test_keeps_answers_on_screen_says_so_and_saves_them_when_there_is_room(
        self, small: SmallPhone
    ) -> None:
        page = at_the_cover(small.mali).page
        with small.full():
            page.locator("#cover-soi").fill("ซอยสอง")
            expect(page.locator(".banners")).to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
            expect(page.locator("#cover-soi")).to_have_value("ซอยสอง")
        small.mali.tap("บันทึกอีกครั้ง")
        expect(page.locator(".banners")).not_to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
        is_kept(small.mali, "ซอยสอง")

    def test_left_for_the_list_keeps_the_answers_until_there_is_room(
        self, small: SmallPhone
    ) -> None:
        page = at_the_cover(small.mali).page
        with small.full():
            page.locator("#cover-soi").fill("ซอยสอง")
            expect(page.locator(".banners")).to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
            small.mali.home()
            expect(page.locator(".banners")).to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
        again = page.get_by_role("button", name="บันทึกอีกครั้ง", exact=True)
        again.evaluate_all("all => all.forEach(one => one.click())")  # or it was saved by itself
        expect(page.locator(".banners")).not_to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
        page.go_back()
        is_kept(small.mali, "ซอยสอง")

    def test_takes_the_photo_once_there_is_room(self, small: SmallPhone) -> None:
        small.mali.at_evidence("1")
        with small.full():
            small.mali.shoot()
            expect(small.mali.page.locator(".photo").first).to_contain_text("พื้นที่อาจเต็ม")
        small.mali.page.get_by_role("button", name="ถ่าย", exact=True).click()
        small.mali.sees("photo")

    def test_seals_the_interview_once_there_is_room_and_sends_it(
        self, small: SmallPhone, the_world: Session
    ) -> None:
        mali = small.mali
        mali.at_evidence("1")
        mali.photograph()
        mali.next()
        mali.page.locator("#missing-note").fill("โทรศัพท์เต็ม")
        with small.full():
            mali.confirm_date()
            mali.tap("จบการสัมภาษณ์และเก็บเข้ากล่องรอส่ง")
            expect(mali.page.locator("main")).to_contain_text("พื้นที่ในโทรศัพท์เต็ม")
        mali.seal()
        mali.outbox_says("ส่งครบแล้ว")
        assert in_the_register.the_interview(the_world).evidence_due == 0


class TestADatabaseClosedUnderTheApp:
    def test_is_opened_again_by_the_next_answer(self, outside: Volunteer) -> None:
        outside.page.add_init_script(HOLD_DATABASES)
        outside.reload()
        outside.open_household("1")
        outside.tap("ยินดีให้ข้อมูล")
        outside.page.locator("#cover-soi").fill("ซอยหนึ่ง")
        before = phone_storage.at_rest(outside.page)
        assert outside.page.evaluate("opened.map((one) => one.close()).length") > 1
        outside.page.locator("#cover-soi").fill("ซอยสาม")
        phone_storage.at_rest(outside.page, but=before)
        is_kept(outside, "ซอยสาม")

    def test_and_deleted_holds_the_open_draft_again(self, outside: Volunteer) -> None:
        at_the_cover(outside)
        other = outside.context.new_page()
        other.goto(f"{outside.address}/about")
        other.evaluate(DELETE)
        outside.page.locator("#cover-soi").fill("ซอยสี่")
        is_written(outside)
        is_kept(outside, "ซอยสี่")

    def test_and_emptied_by_the_browser_holds_it_too(self, outside: Volunteer) -> None:
        page = at_the_cover(outside).page
        devtools = page.context.new_cdp_session(page)
        asked = {"origin": outside.address, "storageTypes": "indexeddb"}
        devtools.send("Storage.clearDataForOrigin", asked)
        page.locator("#cover-soi").fill("ซอยห้า")
        is_written(outside)
        is_kept(outside, "ซอยห้า")

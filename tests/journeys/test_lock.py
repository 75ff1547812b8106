"""The phone's lock: without the PIN nothing is read; forgetting it loses nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.browser import kill
from tests.journeys import in_the_register, phone_storage
from tests.journeys.locked import (
    LISTED,
    OTHERS,
    TYPED,
    give,
    is_drafting,
    lock_screen,
    readable,
    sign_in_again,
)
from tests.volunteer import PIN, Volunteer

ANOTHER = "480137"


def test_a_locked_phone_shows_nothing_wherever_in_its_profile_one_looks(
    drafting: Volunteer, profile: Path
) -> None:
    assert len(phone_storage.rows(drafting.page, "jpt-cache/households")) == 2
    drafting.page.reload()
    expect(lock_screen(drafting.page)).to_be_visible(timeout=15_000)
    shown = drafting.page.locator("body").inner_text() + drafting.page.title()
    assert not [word for word in (LISTED, TYPED, "คุณmali", "2/1") if word in shown]
    with drafting.context.expect_event("close"):
        kill(profile)
    assert any(b"jpt-work" in one.read_bytes() for one in profile.rglob("*") if one.is_file())
    assert readable(profile, LISTED, TYPED, "คุณmali", PIN, world.PASSWORD) == []


def test_the_right_pin_opens_the_very_screen_that_was_left(drafting: Volunteer) -> None:
    drafting.page.reload()
    with drafting.page.expect_event("worker"):  # the screen does not stand still meanwhile
        give(drafting.page, PIN)
    expect(drafting.page.locator("#cover-soi")).to_have_value(TYPED, timeout=15_000)


def test_wrong_pins_wait_also_after_starting_again(drafting: Volunteer) -> None:
    page = drafting.page
    page.reload()
    for left in range(9, 4, -1):
        give(page, "000000")
        expect(page.locator("#lock-problem")).to_contain_text(f"ลองได้อีก {left} ครั้ง", timeout=15_000)
    page.reload()
    expect(lock_screen(page)).to_contain_text("ลองอีกครั้งได้ใน", timeout=15_000)
    expect(page.locator("form.lock button[type=submit]")).to_be_disabled()


def test_a_forgotten_pin_loses_nothing(drafting: Volunteer, named: Session) -> None:
    page = drafting.page
    stale = "update sessions set data = jsonb_set(data, '{began}', '1') where data ? 'began'"
    named.execute(text(stale))
    named.commit()
    page.reload()
    page.wait_for_timeout(6_000)  # what was read of a session is believed for five seconds
    drafting.context.set_offline(False)
    page.locator("details.more summary").tap()
    drafting.tap("ลืมรหัส")
    expect(page.locator("#lock-problem")).to_contain_text("เข้าสู่ระบบด้วยรหัสผ่าน", timeout=15_000)
    drafting.tap("เข้าสู่ระบบ")
    sign_in_again(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("ตั้งรหัสใหม่", timeout=15_000)
    give(page, ANOTHER, ANOTHER)
    expect(page.locator(".houses .house")).to_have_count(2, timeout=15_000)
    is_drafting(drafting)


def test_signing_out_without_a_signal_leaves_nothing_readable_and_sends_what_is_finished(
    drafting: Volunteer, named: Session, profile: Path
) -> None:
    drafting.sign_out()
    expect(drafting.page.locator("main")).to_contain_text("ในเครื่องนี้มี 1 บ้านรอส่ง")
    assert phone_storage.rows(drafting.page, "jpt-cache/households") == []
    keys = phone_storage.rows(drafting.page, "jpt-work/keys")
    assert [row["wrap"] for row in keys if row["kind"] == "vault"] == [None]
    assert readable(profile, LISTED, TYPED, "คุณmali") == []
    drafting.context.set_offline(False)
    drafting.outbox_says("ส่งครบแล้ว")
    assert in_the_register.the_interview(named).outcome == "nobody_home"
    drafting.tap("เข้าสู่ระบบ")
    sign_in_again(drafting.page)
    give(drafting.page, ANOTHER, ANOTHER)
    expect(drafting.page.locator(".houses .house")).to_have_count(2, timeout=15_000)
    is_drafting(drafting)


def test_a_second_volunteer_on_the_phone_sees_nothing_of_the_first(drafting: Volunteer) -> None:
    page = drafting.page
    drafting.sign_out()
    expect(page.locator("main")).to_contain_text("ในเครื่องนี้มี 1 บ้านรอส่ง")
    drafting.context.set_offline(False)
    drafting.outbox_says("ส่งครบแล้ว")
    drafting.tap("เข้าสู่ระบบ")
    sign_in_again(page, "chai")
    give(page, ANOTHER, ANOTHER)
    expect(page.locator(".houses .house")).to_have_count(1, timeout=15_000)
    expect(page.locator(".houses")).to_contain_text(OTHERS)
    page.locator(".top__outbox").tap()
    expect(page.locator(".entry")).to_contain_text("ของอาสาสมัครคนอื่น")
    assert LISTED.encode() not in phone_storage.everything(page)
    drafting.sign_out()
    page.wait_for_url("**/sign-in")
    page.goto(f"{drafting.address}/sign-in?next=/app/")
    sign_in_again(page)
    give(page, PIN, PIN)
    expect(page.locator(".houses .house")).to_have_count(2, timeout=15_000)
    is_drafting(drafting)


def test_an_untouched_phone_locks_and_the_answers_stay(signed_in: Volunteer) -> None:
    page = signed_in.page
    page.clock.install()
    signed_in.reload()
    signed_in.open_household("2/1")
    signed_in.tap("ยินดีให้ข้อมูล")
    page.locator("#cover-soi").fill(TYPED)
    page.clock.fast_forward("04:30")
    expect(page.locator("#cover-soi")).to_be_visible()
    page.clock.fast_forward("05:10")
    expect(lock_screen(page)).to_be_visible()
    page.clock.resume()
    give(page, PIN)
    expect(page.locator("#cover-soi")).to_have_value(TYPED, timeout=15_000)


def test_the_pin_can_be_changed_by_who_knows_it(signed_in: Volunteer) -> None:
    page = signed_in.page
    page.locator(".home__bar").get_by_role("link", name="เมนู").tap()
    page.locator("details.more summary").first.tap()
    signed_in.tap("เปลี่ยนรหัสล็อก")
    give(page, PIN)
    expect(page.get_by_role("heading", level=1)).to_have_text("ตั้งรหัสใหม่", timeout=15_000)
    give(page, "123456", "123456")
    expect(page.locator("#lock-problem")).to_contain_text("เลขเรียง")
    give(page, ANOTHER, ANOTHER)
    expect(lock_screen(page)).to_have_count(0, timeout=15_000)
    page.reload()
    give(page, ANOTHER)
    expect(lock_screen(page)).to_have_count(0, timeout=15_000)

"""Reading ends where the register says so, or after seven days without a word of it; handing in
never ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.browser import kill
from tests.journeys import in_the_register, phone_storage
from tests.journeys.locked import LISTED, TYPED, give, lock_screen, readable, sign_in_again
from tests.officer import Officer
from tests.volunteer import PIN, Volunteer
from webapp.models.account import Device


def test_a_suspended_volunteer_reads_no_more_and_what_is_finished_still_arrives(
    drafting: Volunteer, named: Session, profile: Path
) -> None:
    named.execute(text("update accounts set status = 'suspended' where username = 'mali'"))
    named.commit()
    come_online_until(drafting, "สิทธิ์เปิดดูข้อมูล")
    drafting.outbox_says("ส่งครบแล้ว")
    assert in_the_register.revisions(named) + in_custody(named) == 1
    keys = phone_storage.rows(drafting.page, "jpt-work/keys")
    assert [row["wrap"] for row in keys if row["kind"] == "vault"] == [None]
    assert phone_storage.rows(drafting.page, "jpt-cache/households") == []


@pytest.fixture
def revoked(signed_in: Volunteer, app: Flask, named: Session) -> Volunteer:
    """Mali out of coverage, one interview with a photo waiting, one begun; her phone is revoked."""
    signed_in.context.set_offline(True)
    signed_in.brief_interview("1")
    signed_in.open_household("2/1")
    signed_in.tap("ยินดีให้ข้อมูล")
    signed_in.page.locator("#cover-soi").fill(TYPED)
    signed_in.outbox_says("รอส่ง 1 บ้าน")
    phone = named.scalars(select(Device.id).where(Device.account_id == world.MALI)).one()
    done = Officer(app, "orathai").post(f"/{world.MALI}/phones/{phone}/revoke")
    assert done.status_code == 303
    return signed_in


def has_handed_in(mali: Volunteer, register: Session) -> None:
    """What the revoked phone had finished is held, its photo too, with a receipt on the phone."""
    mali.outbox_says("ส่งครบแล้ว")
    assert in_the_register.revisions(register) + in_custody(register) == 1
    held = text("select count(*) from evidence")
    assert register.scalar(held) == 1


def test_a_revoked_phone_reads_until_its_next_contact_and_hands_in_for_ever(
    revoked: Volunteer, named: Session, profile: Path
) -> None:
    page = revoked.page
    revoked.reload()
    expect(page.locator("#cover-soi")).to_have_value(TYPED, timeout=15_000)
    come_online_until(revoked, "สิทธิ์เปิดดูข้อมูล")
    has_handed_in(revoked, named)
    assert phone_storage.rows(page, "jpt-cache/households") == []
    keys = phone_storage.rows(page, "jpt-work/keys")
    assert [row["wrap"] for row in keys if row["kind"] == "vault"] == [None]
    revoked.tap("เข้าสู่ระบบ")
    sign_in_again(page)
    expect(page.locator("main")).to_contain_text("สิทธิ์เปิดดูข้อมูลในเครื่องนี้สิ้นสุดแล้ว", timeout=30_000)
    assert phone_storage.rows(page, "jpt-cache/households") == []
    assert page.locator(".houses .house").count() == 0
    with revoked.context.expect_event("close"):
        kill(profile)
    assert readable(profile, LISTED, TYPED, "คุณmali", PIN, world.PASSWORD) == []


def test_a_revoked_phone_kept_out_of_coverage_shows_nothing_after_seven_days(
    revoked: Volunteer, named: Session, profile: Path
) -> None:
    page = revoked.page
    ahead = "const now = Date.now; Date.now = () => now() + 8 * 24 * 3600_000"
    page.add_init_script(ahead)
    page.reload()
    expect(page.locator("main")).to_contain_text("เกิน 7 วัน", timeout=15_000)
    assert lock_screen(page).count() == 0
    come_online_until(revoked, "สิทธิ์เปิดดูข้อมูล")
    has_handed_in(revoked, named)
    with revoked.context.expect_event("close"):
        kill(profile)
    assert readable(profile, LISTED, TYPED, "คุณmali") == []


def test_seven_days_out_of_touch_the_phone_waits_for_the_register(signed_in: Volunteer) -> None:
    page = signed_in.page
    signed_in.context.set_offline(True)
    ahead = "const now = Date.now; Date.now = () => now() + 8 * 24 * 3600_000"
    page.add_init_script(ahead)
    page.reload()
    expect(page.locator("main")).to_contain_text("เกิน 7 วัน", timeout=15_000)
    assert lock_screen(page).count() == 0
    signed_in.context.set_offline(False)
    expect(lock_screen(page)).to_be_visible(timeout=30_000)
    give(page, PIN)
    expect(page.locator(".houses .house")).to_have_count(2, timeout=15_000)


def come_online_until(mali: Volunteer, words: str) -> None:
    """A session is believed for some seconds; one of the next contacts is told."""
    for _ in range(20):
        mali.context.set_offline(False)
        mali.page.wait_for_timeout(1_000)
        if words in mali.page.locator("main").inner_text():
            return
        mali.context.set_offline(True)
    raise AssertionError("the phone was not told")


def in_custody(register: Session) -> int:
    """What the register keeps for a person to look at."""
    register.rollback()
    return register.scalar(text("select count(*) from custody")) or 0

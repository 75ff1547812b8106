"""An officer's slip opens the door: scanned on a phone, then a passkey instead of a password."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests import cast, second
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE


@pytest.fixture
def the_province(live_server: Server, app: Flask, register: Session) -> Session:
    cast.settle(register, app.extensions["keys"], 14)
    return register


@pytest.fixture
def hers(browser: Browser, live_server: Server) -> Iterator[BrowserContext]:
    """A phone with a fingerprint reader."""
    context = browser.new_context(**PHONE, base_url=live_server.address)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(**DESK, base_url=live_server.address)
    yield context
    context.close()


def with_fingerprint(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": reader})


def enter_as_officer(page: Page, app: Flask) -> None:
    code = second.code(app, "suda")
    page.goto("/sign-in")
    page.get_by_label("ชื่อผู้ใช้").fill("suda")
    page.get_by_label("รหัสผ่าน").fill(cast.SUDA.password)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.get_by_label("รหัส 6 หลัก").fill(code)
    page.get_by_role("button", name="ต่อไป").click()
    expect(page.get_by_role("heading", name="งานที่รอ")).to_be_visible()


def slip(page: Page) -> str:
    """Mali's code, from the slip on the officer's screen."""
    page.goto(f"/office/people/{cast.MALI.id}")
    page.get_by_text("ออกรหัสเข้าใช้", exact=True).click()
    page.get_by_role("button", name="ออกรหัสใหม่").click()
    return re.sub(r"\D", "", page.locator(".slip__code").inner_text())


class TestASlipWithACode:
    def test_is_scanned_and_a_fingerprint_opens_the_account_from_then_on(
        self, the_province: Session, app: Flask, desk: BrowserContext, hers: BrowserContext
    ) -> None:
        officer, page = desk.new_page(), hers.new_page()
        enter_as_officer(officer, app)
        with_fingerprint(page)
        page.goto(f"/first#{slip(officer)}")
        expect(page).to_have_url(re.compile("/first$"))
        page.get_by_role("button", name="ต่อไป").click()
        page.get_by_role("button", name="ใช้ลายนิ้วมือ").click()
        page.wait_for_url("**/app/**")
        page.goto("/me")
        page.locator(".menu > summary").click()
        page.get_by_role("button", name="ออกจากระบบ").click()
        page.get_by_role("button", name="เข้าด้วยลายนิ้วมือ").click()
        page.wait_for_url("**/app/**")

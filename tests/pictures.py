"""The README's and the manifest's two pictures: `python -m tests.pictures http://localhost:8080`.

A program, not a test: the tests' volunteer and inspector look at a demo that runs, and what they
see is kept in `webapp/static/img`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from tests.fixtures.browser import DESK, LAUNCH, PHONE
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).resolve().parents[1] / "webapp/static/img"


def sign_in(page: Page, address: str, username: str, to: str) -> None:
    """Somebody of the demo's cast, where they want to be."""
    page.goto(f"{address}/sign-in?next={to}")
    page.locator("#username").fill(username)
    page.locator("#password").fill(f"{username}-demo-2565")
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()


def phone(browser: Browser, address: str) -> None:
    """Mali's households."""
    mali = Volunteer(browser.new_context(**PHONE), address)
    sign_in(mali.page, address, "mali", "/app/")
    mali.unlock()
    expect(mali.page.locator(".houses .house").nth(20)).to_be_attached(timeout=60_000)
    mali.page.screenshot(path=IMAGES / "screenshot-phone.png", scale="css")


def desk(browser: Browser, address: str) -> None:
    """A household with good evidence, beside Orawan's map."""
    page = browser.new_context(**DESK).new_page()
    sign_in(page, address, "orawan", "/map?grade=good&state=received")
    page.locator(".household-line").first.click()
    pictures = page.locator("#panel .pictures img")
    expect(pictures.first).not_to_have_js_property("naturalWidth", 0, timeout=30_000)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "screenshot-desk.png", scale="css")


def main(address: str) -> None:
    """Both pictures are there afterwards."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**LAUNCH)
        phone(browser, address)
        desk(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])

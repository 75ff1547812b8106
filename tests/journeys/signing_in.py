"""Signing in on a device of one's own, whoever it is: password, then a PIN for that device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests import world
from tests.volunteer import PIN

if TYPE_CHECKING:
    from playwright.sync_api import Page


def sign_in(page: Page, name: str) -> None:
    """With a PIN of their own."""
    page.locator("#username").fill(name)
    page.locator("#password").fill(world.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    for box in ("#lock-secret", "#lock-again"):
        page.locator(box).fill(PIN)
    page.locator("form.lock button[type=submit]").click()
    expect(page.locator("form.lock")).to_have_count(0, timeout=30_000)

"""An inspector who holds a village's forum: draws its sample, names who asks, reads the results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests import world

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class Convener:
    """Nida at her desk, with the village's forum before her."""

    def __init__(self, context: BrowserContext, address: str, village: str) -> None:
        self.page, self.address, self.village = context.new_page(), address, village
        self.page.goto(f"{address}/sign-in?next=/office/forum/{village}")
        self.page.locator("#username").fill("nida")
        self.page.locator("#password").fill(world.PASSWORD)
        self.page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()

    def look(self) -> None:
        """The forum as it stands now."""
        self.page.goto(f"{self.address}/office/forum/{self.village}")

    def draws(self, day: date) -> None:
        """The sample, once and for all, for a forum on this day."""
        self.page.locator("#held_on").fill(f"{day.day}/{day.month}/{day.year + 543}")
        self.page.get_by_role("button", name="สุ่มตัวอย่างเดี๋ยวนี้").click()
        expect(self.page.locator("#askers-title")).to_be_visible()

    def names(self, *people: str) -> None:
        """They are to ask."""
        self.page.locator("summary", has_text="เลือกผู้ถาม").click()
        for name in people:
            self.page.locator("label.choice", has_text=name).click()
        self.page.get_by_role("button", name="ให้เป็นผู้ถาม").click()
        for name in people:
            expect(self.page.locator(".forum__asker", has_text=name)).to_be_visible()

    def check(self) -> list[str]:
        """Check 7 on the village's sheet: state, agreement with its interval, what is not read."""
        self.page.goto(f"{self.address}/office/quality/{self.village}")
        names = ("state", "agreeing", "agreeing_low", "agreeing_high", "back_check_unread")
        cells = [self.page.locator(f'[data-cell="check-7.{name}"]') for name in names]
        return [one.inner_text() for one in cells]

    def opens_difference(self) -> None:
        """From the exceptions of the check to the household's two tellings."""
        self.look()
        self.page.locator("#calls-title ~ table a", has_text="ต่าง").first.click()
        expect(self.page.locator(".forum__beside")).to_be_visible()

    def explains(self, finding: str, reason: str) -> None:
        """At the interview, with words that stay."""
        self.page.get_by_role("link", name="เปิดการสัมภาษณ์").click()
        found = self.page.locator(f'[data-finding="{finding}"]')
        found.locator("summary").click()
        found.locator("input[name=reason]").fill(reason)
        with self.page.expect_response(lambda one: one.url.endswith("/explain")):
            found.locator("button[type=submit]").click()

"""An inspector at her desk, one interview before her: remarks on lines, a return, an acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests import world

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class Decider:
    """Nida at her laptop."""

    def __init__(self, context: BrowserContext, address: str, interview: str) -> None:
        self.page = context.new_page()
        self.address = f"{address}/office/review/{interview}"
        self.page.goto(f"{address}/sign-in?next=/office/review/{interview}")
        self.page.locator("#username").fill("nida")
        self.page.locator("#password").fill(world.PASSWORD)
        self.page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
        expect(self.page.locator("#review-title")).to_be_visible()

    def look(self) -> None:
        """The interview as it is now."""
        self.page.goto(self.address)
        expect(self.page.locator("[data-keys]")).not_to_be_empty()

    def give_back(self, remarks: dict[str, str], reason: str) -> None:
        """A remark on each line, and the whole goes back."""
        self.look()
        for about, remark in remarks.items():
            line = self.page.locator(f'[data-answer="{about}"]')
            line.locator("details.remark > summary").click()
            line.locator("textarea").fill(remark)
        self.page.locator(".review-bar summary[data-key=KeyR]").click()
        self.page.locator("#return-reason").fill(reason)
        self._decide("#return-form button[type=submit]", "/return")

    def accept(self) -> None:
        """What is seen is right."""
        self._decide("#accept-form button", "/accept")

    def _decide(self, button: str, route: str) -> None:
        with self.page.expect_response(lambda one: one.url.split("?")[0].endswith(route)):
            self.page.locator(button).last.click()

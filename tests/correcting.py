"""A volunteer to whom an interview comes back: finds it first on the home screen and answers it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.volunteer import Volunteer

TRIES = 30


class Corrector(Volunteer):
    """Mali, or whoever is asked to correct, with the phone in her hand."""

    def hear_of_return(self) -> None:
        """Contact with the register until what came back is told; older transactions end first."""
        card = self.page.locator(".returned__open")
        for _ in range(TRIES):
            self.home()
            if card.count():
                return
            with self.page.expect_response(lambda one: "/api/v1/card" in one.url):
                self.page.evaluate("dispatchEvent(new Event('online'))")
            self.page.wait_for_timeout(300)
        raise AssertionError("nothing came back")

    def open_return(self) -> None:
        """The first thing on the home screen."""
        self.page.locator(".returned__open").first.tap()

    def says_of(self, about: str, words: str) -> None:
        """A word to the inspector about one line."""
        self.page.locator(f'[id="reply-{about or "whole"}"]').fill(words)

    def reply_is(self, words: str) -> None:
        """What the screen says of this line."""
        expect(self.page.locator("main p[role=status] .badge").last).to_contain_text(words)

    def is_at_line(self, number: int, total: int) -> None:
        """One of the lines that came back."""
        where = self.page.locator(".screen__over")
        expect(where).to_have_text(f"ข้อที่ {number} จาก {total} ที่ขอให้ดู")

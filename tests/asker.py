"""Somebody with a tablet at the village forum, who asks households again and sees no old answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.volunteer import MOVE, Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TABLET = {"width": 768, "height": 1024}
ABSENT, REFUSED, MOVED = "absent", "refused", "moved"


class Asker(Volunteer):
    """At the forum, from the home screen to the last household."""

    def open_forum(self) -> None:
        """From home to the list."""
        self.page.locator(".forum__open").tap()
        expect(self.page.locator(".forum-list")).to_be_visible()

    def group(self, name: str) -> Locator:
        """The households that stand alike: open, own, failed, asked."""
        return self.page.locator(f'section[aria-labelledby="forum-{name}"] .house__open')

    def open_first(self, group: str = "open") -> str:
        """The household that stands first in the group; its number."""
        first = self.group(group).first
        number = first.locator(".house__number").inner_text()
        first.tap()
        self.is_at(number)
        return number

    def agree(self) -> None:
        """The words were read out, and the household agrees."""
        self.tap("ยินดีให้ถาม เริ่มถาม")
        self.is_at_step(1)

    def is_at_step(self, step: int | str) -> None:
        """This step of asking is on screen."""
        self.page.wait_for_url(lambda url: url.endswith(f"/{step}"))

    def says(self, answers: Mapping[str, Any], *, until: int | None = None) -> None:
        """Who answers, then every question up to a step; left out where nothing is given."""
        self.choose("respondent", "same")
        self.next()
        self.goes_on(answers, 2, until)

    def goes_on(self, answers: Mapping[str, Any], step: int, until: int | None = None) -> None:
        """From this step on, to the end or up to another."""
        while not until or step < until:
            self.is_at_step(step)
            question = self.page.locator("section.question")
            self.answer_one(question, answers.get(str(question.get_attribute("data-question"))))
            self.next()
            step += 1
            self.page.wait_for_url(lambda url, was=step - 1: not url.endswith(f"/{was}"))
            if self.page.url.endswith("/end"):
                return

    def answer_one(self, question: Locator, said: Any) -> None:
        """A number, an option, or left out."""
        if said is None:
            question.locator('label.choice:has(input[id$="-left-out"])').tap()
        elif question.locator("input.input").count():
            question.locator("input.input").fill(str(said))
        else:
            question.locator(f'label.choice:has(input[value="{said}"])').tap()

    def go_to_end(self) -> None:
        """To what was said so far, by its address, as the browser's own buttons would."""
        self.page.evaluate(MOVE, re.sub(r"/\d+$", "/end", urlsplit(self.page.url).path))
        self.is_at_step("end")

    def keeps(self) -> None:
        """All is said, and sealed."""
        self.tap("จบและเก็บเข้ากล่องรอส่ง")
        expect(self.page.locator(".forum-list")).to_be_visible()

    def cannot_ask(self, why: str, note: str = "") -> None:
        """The household cannot be asked; the reason is kept."""
        self.choose("forum-outcome", why)
        self.page.locator("#forum-note").fill(note)
        self.tap("บันทึกว่าถามไม่ได้")
        expect(self.page.locator(".forum-list")).to_be_visible()

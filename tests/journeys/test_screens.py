"""Every screen of an interview: nothing that axe finds, nothing wider than the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.fixtures.browser import PHONE
from tests.fixtures.database import VAR
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AT_HOME = {"latitude": 17.851, "longitude": 102.701, "accuracy": 12}


class Looked:
    """Looks at a screen: a picture for people, axe and a ruler for the test."""

    def __init__(self, mali: Volunteer) -> None:
        self.mali, self.problems = mali, list[str]()
        self.folder = Path(VAR) / "screens"
        self.folder.mkdir(parents=True, exist_ok=True)

    def at(self, name: str) -> None:
        """Note what is wrong with the screen that is open."""
        page = self.mali.page
        page.screenshot(path=self.folder / f"{name}.png")
        found = Axe().run(page).response["violations"]
        told = [f"{one['id']} {node['target']}" for one in found for node in one["nodes"][:3]]
        wide = page.evaluate(WIDER)
        self.problems += [f"{name}: {one}" for one in told + ([f"{wide} px wider"] if wide else [])]


@pytest.fixture
def looked(browser: Browser, live_server: Server, the_world: Session) -> Iterator[Looked]:
    """Mali's phone and somebody who looks at its screens."""
    context = browser.new_context(**PHONE | {"geolocation": AT_HOME})
    yield Looked(Volunteer(context, live_server.address))
    context.close()


def test_every_screen_is_for_everybody(looked: Looked) -> None:
    mali = looked.mali
    mali.page.goto(f"{mali.address}/sign-in?next=/app/")
    looked.at("sign-in")
    mali.sign_in()
    looked.at("home")
    mali.open_household("1")
    mali.is_at_path("notice")
    looked.at("notice")
    mali.tap("ยินดีให้ข้อมูล")
    mali.fill_cover()
    looked.at("cover")
    mali.next()
    mali.add_people()
    looked.at("members")
    mali.next()
    looked.at("contents")
    for screen in ("s4", "s6", "s22_income"):
        mali.go(f"question/{screen}")
        expect(mali.page.locator("section.question").first).to_be_visible()
        looked.at(f"question-{screen}")
    mali.go("contents")
    mali.use_shortcuts()
    look_at_the_end(looked)
    assert looked.problems == []


def look_at_the_end(looked: Looked) -> None:
    """From the doorstep result to the outbox."""
    mali = looked.mali
    mali.answer_all()
    looked.at("result")
    mali.next()
    mali.give_evidence()
    looked.at("evidence")
    mali.next()
    mali.is_at("ตรวจก่อนจบการสัมภาษณ์")
    looked.at("finish")
    mali.finish()
    mali.outbox_says("ส่งครบแล้ว")
    mali.page.locator(".top__outbox").tap()
    expect(mali.page.locator(".entry")).to_have_count(1)
    looked.at("outbox")

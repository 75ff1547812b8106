"""Every screen of the app: nothing that axe finds or that is too wide, and English on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.journeys.in_english import InEnglish
from tests.journeys.looking import Looking
from tests.volunteer import MOVE, Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

PASSING = (
    "sign-in",
    "about",
    "about-rights",
    "contents-shortcut",
    "evidence-camera",
    "evidence-signing",
)
"""Pages of the server, read in English by tests/web, and what does not outlive a new drawing."""
OF_THE_APP = (
    *("menu", "ready", "outbox", "rescue", "new", "announced", "plan", "card"),
    f"household/{world.SECOND_HOUSE}",
)


class LookingVolunteer(Volunteer):
    """Mali, with somebody who looks over her shoulder at every question."""

    looking: Looking
    english: InEnglish

    def answer_screen(self) -> None:
        super().answer_screen()
        name = self.page.url.rsplit("/", 1)[-1]
        self.english.at(self.page, f"question-{name}")
        kinds = ("s1", "s4", "s6", "s6_check", "s20", "s22_income", "s23", "s_happiness")
        self.looking.at(self.page, f"question-{name}", picture=name in kinds)

    def look(self, name: str) -> None:
        """At the screen that is open."""
        self.looking.at(self.page, name)
        if name not in PASSING:
            self.english.at(self.page, name)


@pytest.fixture
def mali_seen(
    phone_outside: BrowserContext, live_server: Server, the_world: Session
) -> LookingVolunteer:
    """Mali before she signs in."""
    mali = LookingVolunteer(phone_outside, live_server.address)
    mali.looking = Looking()
    mali.english = InEnglish(the_world, mali.family)
    return mali


def test_every_screen_of_the_app_is_for_everybody(mali_seen: LookingVolunteer) -> None:
    mali = mali_seen
    mali.page.goto(f"{mali.address}/app/")
    expect(mali.page.locator("main").get_by_text("เข้าสู่ระบบ", exact=True)).to_be_visible()
    mali.look("first")
    mali.page.goto(f"{mali.address}/sign-in?next=/app/")
    mali.look("sign-in")
    mali.sign_in()
    mali.look("home")
    for screen in OF_THE_APP:
        mali.page.evaluate(MOVE, f"/app/{screen}")
        expect(mali.page.locator("main .waiting")).to_have_count(0)
        mali.look(screen.split("/")[0])
    look_at_the_beginning(mali)
    mali.use_shortcuts()
    mali.go("question/s4")
    mali.answer_screen()
    mali.answer_all()
    look_at_the_end(mali)
    for page in ("about", "about/rights"):
        mali.page.goto(f"{mali.address}/{page}")
        mali.look(page.replace("/", "-"))
    assert mali.looking.problems == []
    assert len(mali.looking.seen) > 45
    assert mali.english.problems == []
    assert len(mali.english.read) > 40


def look_at_the_beginning(mali: LookingVolunteer) -> None:
    """From the notice to the table of contents."""
    mali.home()
    mali.open_household("1")
    mali.is_at_path("notice")
    mali.look("notice")
    mali.tap("ยินดีให้ข้อมูล")
    mali.fill_cover()
    mali.look("cover")
    mali.next()
    mali.add_people()
    mali.look("members")
    mali.page.locator(".member__open").first.tap()
    mali.look("member")
    mali.next()
    mali.next()
    mali.look("contents")
    mali.page.locator("details.shortcut > summary").first.tap()
    mali.look("contents-shortcut")
    mali.page.locator("details.shortcut > summary").first.tap()


def look_at_the_end(mali: LookingVolunteer) -> None:
    """From the doorstep result to the outbox."""
    mali.look("result")
    mali.next()
    mali.look("evidence-none")
    mali.tap("เปิดกล้อง")
    expect(mali.page.locator("video.camera__picture")).not_to_have_js_property("videoWidth", 0)
    mali.look("evidence-camera")
    mali.tap("ปิดกล้อง")
    mali.tap("เซ็นชื่อ")
    mali.look("evidence-signing")
    mali.page.reload()
    mali.look("lock")
    mali.unlock()
    mali.give_evidence()
    mali.look("evidence")
    mali.next()
    mali.is_at("ตรวจก่อนจบการสัมภาษณ์")
    mali.look("finish")
    mali.finish()
    mali.outbox_says("ส่งครบแล้ว")
    mali.look("done")
    mali.page.locator(".top__outbox").tap()
    expect(mali.page.locator(".entry")).to_have_count(1)
    mali.look("outbox-sent")

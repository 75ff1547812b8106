"""A form already filled on paper, typed at a desk with nothing but a keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.journeys import in_the_register
from tests.journeys.signing_in import sign_in
from tests.volunteer import PIN

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

TYPED = {
    "m1-first_name": "สมมุติ",
    "m1-last_name": "ตัวอย่าง",
    "m1-national_id": "1990100000011",
    "m1-birth-day": "17",
    "m1-birth-year": "2523",
    "q-6.4-not_checked": "1",
}
"""What the paper says, by the box it is typed into; of choices it says the first."""
TYPED_DOWN = {"m1-birth-month": 5}
"""How far down a list the paper's word stands; elsewhere the first is taken."""
AT = """() => {
    const { id, name, type, tagName } = document.activeElement
    return [type === 'radio' || type === 'checkbox' ? name : id, type ?? tagName]
}"""


def type_on(page: Page, until: str) -> None:
    """Digits and Enter, as a hand on a keyboard's right side gives them."""
    for _ in range(120):
        if until in page.url:
            return
        box, kind = page.evaluate(AT)
        if box in TYPED:
            page.keyboard.type(TYPED[box])
        elif kind == "radio":
            page.keyboard.press("1")
        elif kind == "select-one":
            for _ in range(TYPED_DOWN.get(box, 1)):
                page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    raise AssertionError(f"never came to {until}: at {page.url} {page.evaluate(AT)}")


class TestAPaperForm:
    def test_is_typed_at_a_desk_with_the_keyboard_alone(
        self, desk: BrowserContext, live_server: Server, the_world: Session
    ) -> None:
        page = desk.new_page()
        page.goto(f"{live_server.address}/sign-in?next=/app/")
        sign_in(page, "mali")
        page.locator(".house__open").first.press("Enter")
        page.get_by_role("button", name="บันทึกจากแบบกระดาษ").press("Enter")
        for step in ("/cover", "/members", "/member/m1", "/members", "/contents", "/s6", "/s7"):
            type_on(page, step)
        self.finish(page)
        in_the_register.the_interview(the_world)
        document = in_the_register.the_document(the_world)
        assert document["mode"] == "paper"
        assert document["answers"]["6.4"] == {"count": {"not_checked": 1}}
        assert document["members"][0]["first_name"] == "สมมุติ"
        assert document["members"][0]["birth"].startswith("1980")

    def finish(self, page: Page) -> None:
        """The signed paper is the evidence."""
        for step, box, words in (
            ("evidence", "#evidence-note", "ลงชื่อในแบบกระดาษ"),
            ("finish", "#missing-note", "แบบกระดาษไม่ได้กรอก"),
        ):
            page.goto(re.sub(r"(/app/interview/[^/]+)/.*", rf"\1/{step}", page.url))
            page.locator("#lock-secret").press_sequentially(PIN)
            page.keyboard.press("Enter")
            page.locator(box).press_sequentially(words)
        for box in page.locator("textarea[id^=explain]").all():
            box.press_sequentially("ตามแบบ")
        page.locator("#date-confirmed").press("Space")
        page.get_by_role("button", name="จบการสัมภาษณ์และเก็บเข้ากล่องรอส่ง").press("Enter")
        expect(page.locator(".top__outbox")).to_contain_text("ส่งครบแล้ว", timeout=30_000)

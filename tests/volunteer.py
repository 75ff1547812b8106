"""A volunteer at the doorstep: taps and types, and knows nothing behind the screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests import world

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

CONTROLLED = """new Promise(done => navigator.serviceWorker.controller ? done()
    : navigator.serviceWorker.addEventListener('controllerchange', () => done()))"""
"""Settled once the worker answers for the page: from then on the app starts without a signal."""

HEAD = {
    "title": "mr",
    "first_name": "สมมุติ",
    "last_name": "ตัวอย่าง",
    "sex": "male",
    "relation": "head",
    "national_id": "1990100000011",
    "birth": "17/5/2523",
    "occupation": "rice_farmer",
    "education": "primary",
    "religion": "buddhist",
    "welfare_card": "no",
}
SPOUSE = HEAD | {
    "title": "mrs",
    "first_name": "สมใจ",
    "sex": "female",
    "relation": "spouse",
    "national_id": "1990100000029",
    "birth": "3/11/2527",
    "occupation": "trader",
}
ANSWERS: dict[str, Any] = {
    "22.1.1": "120000",
    "22.1.2": "30000",
    "22.1.3": "0",
    "22.1.4": "12000",
    "22.2.1": "40000",
    "22.2.2": "60000",
    "22.2.3": "5000",
    "22.2.4": "0",
    "22.3.1": "no",
    "22.4.1": "no",
    "22.4.2": "no",
    "22.4.3": "no",
    "23.1": "cash",
    "23.2": "10000",
    "23.4": "no",
    "23.5": "no",
    "happiness": "8",
}
"""What the household says where not everything is as usual."""


class Volunteer:
    """Mali with the phone in her hand."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(10_000)

    def sign_in(self) -> None:
        """In the app, with the lists, the questionnaire and the app itself on the phone."""
        page = self.page
        page.goto(f"{self.address}/sign-in?next=/app/")
        page.locator("#username").fill("mali")
        page.locator("#password").fill(world.PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ").tap()
        expect(page.locator(".houses .house")).to_have_count(2)
        page.evaluate(CONTROLLED)

    def tap(self, name: str) -> None:
        """Tap a button by its words."""
        self.page.get_by_role("button", name=name, exact=True).first.tap()

    def next(self) -> None:
        """The button at the foot's right."""
        self.page.locator("nav.bar [data-next]").tap()

    def is_at(self, title: str) -> None:
        """The screen with this title is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def open_household(self, number: str) -> None:
        """From the list to the notice."""
        self.page.get_by_role("link", name=re.compile(f"บ้านเลขที่ {number}\\b")).first.tap()
        self.tap("มีคนอยู่ เริ่มสัมภาษณ์")

    def choose(self, field: str, option: str) -> None:
        """One option of a radio group, of ticks, or of a list to pick from."""
        choice = self.page.locator(f'label.choice:has(input[name="{field}"][value="{option}"])')
        box = self.page.locator(f'[id="{field}"]')
        if choice.or_(box).first.evaluate("one => one.tagName") == "LABEL":
            choice.tap()
        else:
            box.select_option(option)

    def fill_cover(self) -> None:
        """Only what must be said."""
        self.choose("cover-house_code_known", "no")
        self.choose("cover-residence_land", "own")
        self.choose("cover-livelihood_land", "none")

    def add_people(self) -> None:
        """A couple; the head answers."""
        self.tap("เพิ่มหัวหน้าครัวเรือน")
        self.fill_member("m1", HEAD)
        self.page.locator('label.choice:has(input[value="respondent"])').tap()
        self.tap("เพิ่มคนต่อไป")
        self.fill_member("m2", SPOUSE)
        self.tap("เสร็จคนนี้")

    def fill_member(self, member: str, said: dict[str, str]) -> None:
        """Every column of one person."""
        expect(self.page.locator(f'[id="{member}-first_name"]')).to_be_visible()
        for name, value in said.items():
            field = f"{member}-{name}"
            if name == "birth":
                self._fill_date(field, value)
            elif name in ("first_name", "last_name", "national_id"):
                self.page.locator(f'[id="{field}"]').fill(value)
            else:
                self.choose(field, value)

    def _fill_date(self, field: str, said: str) -> None:
        day, month, year = said.split("/")
        self.page.locator(f'[id="{field}-day"]').fill(day)
        self.page.locator(f'[id="{field}-month"]').select_option(month)
        self.page.locator(f'[id="{field}-year"]').fill(year)

    def use_shortcuts(self) -> None:
        """The answers "ทุกข้อปกติ" in every section that offers them."""
        self.is_at("สารบัญ")
        offered = self.page.locator("details.shortcut > summary")
        for _ in range(offered.count()):
            offered.first.tap()
            before = offered.count()
            self.page.locator("details.shortcut[open] .shortcut__panel button").first.tap()
            expect(offered).to_have_count(before - 1)

    def answer_all(self) -> None:
        """Through every screen that asks something, to the result."""
        screens = 0
        self.next()
        while "/question/" in self.page.url:
            self.answer_screen()
            before = self.page.url
            self.next()
            self.page.wait_for_url(lambda url, was=before: url != was)
            screens += 1
            assert screens < 90, "the screens never end"

    def answer_screen(self) -> None:
        """Whatever stands unanswered on this screen; what an answer brings up is answered too."""
        expect(self.page.locator("section.question").first).to_be_visible()
        done: set[str] = set()
        while left := [one for one in self._shown() if one not in done]:
            done.add(left[0])
            self._answer(left[0])

    def _shown(self) -> list[str]:
        ids = "all => all.map(one => one.dataset.question)"
        found: list[str] = self.page.locator("section.question").evaluate_all(ids)
        return found

    def _answer(self, question: str) -> None:
        box = self.page.locator(f'section.question[data-question="{question}"]')
        said = ANSWERS.get(question)
        if said is None:
            self._nobody(box)
        elif box.locator("input.choice__input").count():
            box.locator(f'label.choice:has(input[value="{said}"])').tap()
        else:
            box.locator("input.input").fill(said)

    def _nobody(self, box: Locator) -> None:
        everyone = box.locator("label.choice--everyone")
        if everyone.count() and not box.locator("input:checked").count():
            everyone.tap()

    def interview(self) -> None:
        """Of household 1, from the list to the doorstep result."""
        self.open_household("1")
        self.tap("ยินดีให้ข้อมูล")
        self.fill_cover()
        self.next()
        self.add_people()
        self.next()
        self.use_shortcuts()
        self.answer_all()
        self.is_at("ผลของครัวเรือน")

    def give_evidence(self) -> None:
        """A photo of the fake camera, a drawn name, the position."""
        self.is_at("หลักฐานการยินยอม")
        self.photograph()
        self.sign()
        self.page.get_by_role("button", name="ใช้พิกัดนี้").click()
        expect(self.page.locator(".evidence .badge--good")).to_have_count(3)

    def photograph(self) -> None:
        """Through the page's own camera."""
        self.tap("เปิดกล้อง")
        picture = self.page.locator("video.camera__picture")
        expect(picture).not_to_have_js_property("videoWidth", 0)
        self.page.get_by_role("button", name="ถ่าย", exact=True).click()
        self.sees("photo")

    def sees(self, kind: str) -> None:
        """The picture that is kept of this evidence; nothing moves on the screen any more."""
        picture = self.page.locator(f".evidence--{kind} figure img")
        expect(picture).not_to_have_js_property("naturalWidth", 0)

    def sign(self) -> None:
        """A wave of the finger across the pad."""
        self.tap("เซ็นชื่อ")
        pad = self.page.locator("canvas.signature__area")
        pad.scroll_into_view_if_needed()
        place = pad.bounding_box()
        assert place
        touch = self.context.new_cdp_session(self.page)
        for step in [*range(20), 19, 19]:  # the finger rests before it is lifted
            point = {"x": place["x"] + 20 + step * 10, "y": place["y"] + 60 + 30 * (step % 3)}
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.page.get_by_role("button", name="ใช้ลายเซ็นนี้").click()
        self.sees("signature")

    def finish(self) -> None:
        """Confirm the date and seal."""
        self.is_at("ตรวจก่อนจบการสัมภาษณ์")
        self.page.locator("label.choice:has(#date-confirmed)").tap()
        self.tap("จบการสัมภาษณ์และเก็บเข้ากล่องรอส่ง")
        expect(self.page.locator(".screen__title")).to_contain_text("สวัสดี")

    def outbox_says(self, words: str) -> None:
        """The header's word about the outbox, always in sight."""
        expect(self.page.locator(".top__outbox")).to_contain_text(words, timeout=20_000)

    def find_nobody(self, number: str) -> None:
        """Nobody is at home: the shortest way to something to send."""
        self.page.get_by_role("link", name=re.compile(f"บ้านเลขที่ {number}\\b")).first.tap()
        self.tap("ไม่พบใครอยู่บ้าน")
        self.tap("จบการสัมภาษณ์และเก็บเข้ากล่องรอส่ง")
        expect(self.page.locator(".screen__title")).to_contain_text("สวัสดี")

    def is_at_path(self, step: str) -> None:
        """The step of the interview that is open."""
        expect(self.page).to_have_url(re.compile(f"/{re.escape(step)}$"))

    def go(self, step: str) -> None:
        """To a step of the interview by its address, as a link in a message would."""
        self.page.goto(re.sub(r"(/app/interview/[^/]+)/.*", rf"\1/{step}", self.page.url))

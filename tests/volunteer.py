"""A volunteer at the doorstep: taps and types, and knows nothing behind the screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests import world
from tests.attesting import Attesting
from tests.families import COUPLE, COVER, Family

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator

CONTROLLED = """new Promise(done => navigator.serviceWorker.controller ? done()
    : navigator.serviceWorker.addEventListener('controllerchange', () => done()))"""
"""Settled once the worker answers for the page: from then on the app starts without a signal."""

PIN = "7305829146"
"""What unlocks Mali's phone; so long that no browser profile holds it by chance."""

MOVE = """path => {
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
}"""

expect.set_options(timeout=15_000)  # unlocking takes a phone's whole strength for a moment


class Volunteer(Attesting):
    """Mali with the phone in her hand."""

    def __init__(self, context: BrowserContext, address: str, family: Family = COUPLE) -> None:
        super().__init__(context)
        self.address, self.family = address, family
        self.said: dict[str, Any] = {}

    def sign_in(self, households: int = 2, username: str = "mali") -> None:
        """In the app, with the lists, the questionnaire and the app itself on the phone."""
        page = self.page
        page.goto(f"{self.address}/sign-in?next=/app/")
        page.locator("#username").fill(username)
        page.locator("#password").fill(world.PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).tap()
        self.unlock()
        expect(page.locator(".houses .house")).to_have_count(households)
        page.evaluate(CONTROLLED)

    def unlock(self) -> None:
        """The PIN, chosen the first time and given ever after."""
        page = self.page
        page.locator("#lock-secret").fill(PIN)
        if page.locator("#lock-again").count():
            page.locator("#lock-again").fill(PIN)
        page.locator("form.lock button[type=submit]").tap()
        expect(page.locator("#lock-secret")).to_have_count(0, timeout=30_000)

    def open(self, path: str) -> None:
        """The app, started anew at one of its addresses."""
        self.page.goto(f"{self.address}{path}")
        self.unlock()

    def reload(self) -> None:
        """The app, started anew where it is."""
        self.page.reload()
        self.unlock()

    def open_household(self, number: str) -> None:
        """From the list to the notice."""
        self.open_list_at(number)
        self.tap("มีคนอยู่ เริ่มสัมภาษณ์")

    def open_list_at(self, number: str) -> None:
        """The household's start, from wherever she is."""
        if not self.page.locator(".houses").count():
            self.home()
        words = re.compile(rf"บ้านเลขที่ {re.escape(number)}(?!\d)")
        self.page.locator(".house__open", has_text=words).first.tap()

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
        for name, said in COVER.items():
            self.choose(f"cover-{name}", said)

    def add_people(self) -> None:
        """Everybody of the family, one after the other."""
        for at, person in enumerate(self.family.people, 1):
            self.tap("เพิ่มคนต่อไป" if at > 1 else "เพิ่มหัวหน้าครัวเรือน")
            self.fill_member(f"m{at}", person)
        self.tap("เสร็จคนนี้")

    def fill_member(self, member: str, said: dict[str, Any]) -> None:
        """Every column of one person."""
        expect(self.page.locator(f'[id="{member}-first_name"]')).to_be_visible()
        for name, value in said.items():
            field = f"{member}-{name}"
            if value is True:
                self.page.locator(f'label.choice:has(input[value="{name}"])').tap()
            elif name == "birth":
                self._fill_date(field, value)
            elif name in ("first_name", "last_name", "national_id"):
                self.page.locator(f'[id="{field}"]').fill(value)
            elif value is not False:
                self.choose(field, value)

    def _fill_date(self, field: str, said: str) -> None:
        day, month, year = said.split("/")
        self.page.locator(f'[id="{field}-day"]').fill(day)
        self.page.locator(f'[id="{field}-month"]').select_option(month)
        self.page.locator(f'[id="{field}-year"]').fill(year)

    def use_shortcuts(self) -> None:
        """The answers "ทุกข้อปกติ" wherever they are offered; some bring up more of the kind."""
        self.is_at("สารบัญ")
        offered = self.page.locator("details.shortcut > summary")
        taps = 0
        while offered.count():
            offered.first.tap()
            self.page.locator("details.shortcut[open] .shortcut__panel button").first.tap()
            expect(self.page.locator("details.shortcut[open]")).to_have_count(0)
            taps += 1
            assert taps < 20, "the shortcuts never end"

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
        said = self.family.answers.get(question)
        if said is None:
            return self._nobody(question, box)
        self.said[question] = {"who": said} if isinstance(said, dict) else said
        if isinstance(said, dict):
            for member, groups in said.items():
                self._name(box, f"q-{question}-{member}", groups)
        elif box.locator("input.input").count():
            box.locator("input.input").fill(str(said))
        else:
            for one in said if isinstance(said, list) else [said]:
                box.locator(f'label.choice:has(input[value="{one}"])').tap()
        return None

    def _name(self, box: Locator, person: str, groups: str | list[str]) -> None:
        """One tap for the person, or one for each group they are in."""
        for group in [groups] if isinstance(groups, str) else groups:
            named = box.locator(f'label.choice:has(input[name="{person}"][value="{group}"])')
            tap = box.locator(f'label.choice:has(input[name="{person}"])')
            (named if named.count() else tap).tap()

    def _nobody(self, question: str, box: Locator) -> None:
        everyone = box.locator("label.choice--everyone")
        if everyone.count() and not box.locator("input:checked").count():
            everyone.tap()
            self.said[question] = {"who": {}}

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

    def finish(self) -> None:
        """Confirm the date and seal."""
        self.is_at("ตรวจก่อนจบการสัมภาษณ์")
        self.confirm_date()
        self.seal()

    def confirm_date(self) -> None:
        """The tick under the date."""
        self.page.locator("label.choice:has(#date-confirmed)").tap()

    def seal(self) -> None:
        """The last button; the interview is closed afterwards."""
        self.tap("จบการสัมภาษณ์และเก็บเข้ากล่องรอส่ง")
        self.page.wait_for_url(lambda url: not url.endswith("/finish"))

    def home(self) -> None:
        """The house at the top left."""
        self.page.locator(".top__home").tap()
        expect(self.page.locator(".houses .house").first).to_be_visible()

    def outbox_says(self, words: str) -> None:
        """The header's word about the outbox, always in sight."""
        expect(self.page.locator(".top__outbox")).to_contain_text(words, timeout=20_000)

    def find_nobody(self, number: str) -> None:
        """Nobody is at home: the shortest way to something to send."""
        self.open_list_at(number)
        self.tap("ไม่พบใครอยู่บ้าน")
        self.seal()

    def brief_interview(self, number: str) -> None:
        """Somebody in a hurry: a name, a photo, and a reason for all that is missing."""
        self.at_evidence(number)
        self.photograph()
        self.next()
        self.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        self.finish()

    def at_evidence(self, number: str) -> None:
        """Of somebody in a hurry the name is known, no more."""
        self.open_household(number)
        self.tap("ยินดีให้ข้อมูล")
        self.is_at_path("cover")
        self.next()
        self.tap("เพิ่มหัวหน้าครัวเรือน")
        self.fill_member("m1", self.family.people[0])
        self.go("evidence")
        self.is_at("หลักฐานการยินยอม")

    def sign_out(self) -> None:
        """By the menu, with the second tap."""
        self.home()
        self.page.locator(".home__bar").get_by_role("link", name="เมนู").tap()
        self.tap("ออกจากระบบ")
        self.page.locator(".notice").get_by_role("button", name="ออกจากระบบ").tap()

    def is_at_path(self, step: str) -> None:
        """The step of the interview that is open."""
        expect(self.page).to_have_url(re.compile(f"/{re.escape(step)}$"))

    def go(self, step: str) -> None:
        """To a step of the interview by its address, as the browser's own buttons would."""
        self.page.evaluate(MOVE, re.sub(r"(/app/interview/[^/]+)/.*", rf"\1/{step}", self.page.url))

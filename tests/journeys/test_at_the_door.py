"""What people say at their door that no form foresees, and what the phone makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import families
from tests.journeys import in_the_register
from tests.journeys.locked import LISTED
from tests.volunteer import Volunteer
from webapp.domain import questionnaire
from webapp.models.household import Household
from webapp.models.interview import Interview

IN_A_HURRY = "ต้องรีบไปโรงพยาบาล"
THAI_VOICE = """() => {
    window.spoken = []
    const voice = { lang: 'th-TH', name: 'a voice of the phone' }
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
    Object.defineProperty(window, 'speechSynthesis', { value: {
        speaking: false, getVoices: () => [voice], cancel() {},
        speak(one) { spoken.push([one.text, one.lang]) }, addEventListener() {},
    } })
}"""
"""A phone with a Thai voice; the tests' browser has none."""


def document_of(mali: Volunteer, register: Session) -> dict[str, Any]:
    """What arrived, once everything has."""
    mali.outbox_says("ส่งครบแล้ว")
    in_the_register.the_interview(register)
    return in_the_register.the_document(register)


def finish_in_a_hurry(mali: Volunteer) -> None:
    """From the evidence to the outbox."""
    mali.photograph()
    mali.next()
    mali.page.locator("#missing-note").fill(IN_A_HURRY)
    mali.finish()


class TestTheMemberTable:
    def test_takes_people_as_they_tell_of_themselves(
        self, outside: Volunteer, the_world: Session, app: Flask
    ) -> None:
        mali, page = outside, outside.page
        begin_with_a_head(mali)
        add(mali, "m2", "ทองใบ")
        page.locator("details.more > summary", has_text="ไม่มีเลข หรือไม่ทราบเลข").tap()
        mali.choose("m2-no_id_reason", "not_at_hand")
        for tick in ("disabled", "chronically_ill"):
            page.locator(f'label.choice:has(input[value="{tick}"])').tap()
        add(mali, "m3", "มีมา")
        mali.tap("เสร็จคนนี้")
        mali.tap("เลื่อน นางสาวมีมา ตัวอย่าง ขึ้น")
        assert shown(mali) == ["นายสมมุติ", "นางสาวมีมา", "นางสาวทองใบ"]
        mali.tap("เอา นางสาวมีมา ตัวอย่าง ออก")
        assert shown(mali) == ["นายสมมุติ", "นางสาวทองใบ"]
        mali.tap("เรียกคืน")
        assert shown(mali) == ["นายสมมุติ", "นางสาวมีมา", "นางสาวทองใบ"]
        mali.go("evidence")
        finish_in_a_hurry(mali)
        head, third, second = document_of(mali, the_world)["members"]
        assert [one["id"] for one in (head, third, second)] == ["m1", "m3", "m2"]
        assert (head["birth"], third["sex"]) == ("1980", "female")
        assert (second["no_id_reason"], second["disabled"], second["chronically_ill"]) == (
            "not_at_hand",
            True,
            True,
        )
        numbers = in_the_register.id_numbers(the_world, app.extensions["keys"])
        assert numbers == ["1990100000011"]


def begin_with_a_head(mali: Volunteer) -> None:
    """A man who writes Thai digits and knows the year of his birth alone."""
    mali.open_household("1")
    mali.tap("ยินดีให้ข้อมูล")
    mali.is_at_path("cover")
    mali.next()
    mali.tap("เพิ่มหัวหน้าครัวเรือน")
    told = {"title": "mr", "first_name": "สมมุติ", "last_name": "ตัวอย่าง"}
    mali.fill_member("m1", told | {"national_id": "๑๙๙๐๑๐๐๐๐๐๐๑๑", "respondent": True})
    mali.page.locator("#m1-birth-year").fill("๒๕๒๓")
    expect(mali.page.locator("main")).to_contain_text("ปี ในวันสัมภาษณ์")


def add(mali: Volunteer, member: str, first_name: str) -> None:
    """A woman whose title alone tells her sex."""
    mali.tap("เพิ่มคนต่อไป")
    told = {"title": "miss", "first_name": first_name, "last_name": "ตัวอย่าง"}
    mali.fill_member(member, told)
    expect(mali.page.locator(f'input[name="{member}-sex"][value="female"]')).to_be_checked()


def shown(mali: Volunteer) -> list[str]:
    """First names in the order of the table."""
    names = mali.page.locator(".member__name").all_inner_texts()
    return [name.split(" ")[0] for name in names]


class TestTheResultAtTheDoor:
    def test_can_be_hidden_and_an_answer_corrected_before_anybody_signs(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        mali, page = outside, outside.page
        mali.at_evidence("1")
        mali.go("question/s9")
        page.locator('label.choice:has(input[value="not_enough"])').first.tap()
        mali.go("result")
        card = page.locator(".result__card")
        expect(card).to_have_count(1)
        expect(card).to_contain_text("ทำอะไรได้")
        mali.tap("ซ่อนผล (มีคนอื่นอยู่ด้วย)")
        expect(card).to_have_count(0)
        expect(page.locator("main")).not_to_contain_text("ไม่ผ่าน")
        mali.tap("แสดงผล")
        card.get_by_role("button").tap()
        page.locator('label.choice:has(input[value="enough"])').first.tap()
        mali.go("result")
        expect(card).to_have_count(0)
        mali.tap("ซ่อนผล (มีคนอื่นอยู่ด้วย)")
        mali.go("evidence")
        finish_in_a_hurry(mali)
        document = document_of(mali, the_world)
        told = document["paradata"]
        assert document["answers"]["9.1"] == "enough"
        assert (told["edits_after_result"], told["result_private"]) == (1, True)
        assert {"cover", "members", "result", "evidence"} <= told["section_seconds"].keys()


class TestWhatContradicts:
    def test_must_be_put_right_or_explained_before_the_end(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        mali, page = outside, outside.page
        mali.at_evidence("1")
        mali.go("members")
        mali.tap("เพิ่มสมาชิก")
        second = families.SPOUSE | {"relation": "head"}
        mali.fill_member("m2", second)
        mali.go("evidence")
        mali.photograph()
        mali.next()
        page.locator("#missing-note").fill(IN_A_HURRY)
        mali.confirm_date()
        reasons = page.locator(".finish__reasons")
        expect(reasons).to_have_text("ยังจบไม่ได้: แก้หรืออธิบายข้อที่ขัดกัน")
        expect(page.locator("main [data-next]")).to_be_disabled()
        page.locator("textarea[id^=explain-R01]").fill("สองคนดูแลบ้านร่วมกัน")
        expect(reasons).to_have_text("")
        mali.seal()
        assert document_of(mali, the_world)["explanations"] == {"R01-one": "สองคนดูแลบ้านร่วมกัน"}


class TestAPosition:
    def test_elsewhere_or_coarse_is_said_and_stops_nobody(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        mali, main = outside, outside.page.locator("main")
        mali.context.set_geolocation({"latitude": 17.95, "longitude": 102.7, "accuracy": 900})
        mali.at_evidence("1")
        expect(main).to_contain_text("พิกัดยังหยาบ (900 เมตร)")
        mali.context.set_geolocation({"latitude": 17.95, "longitude": 102.7, "accuracy": 15})
        expect(main).to_contain_text("อยู่นอกเขตตำบลประมาณ 5")
        expect(main).not_to_contain_text("พิกัดยังหยาบ")
        mali.tap("ใช้พิกัดนี้")
        mali.next()
        mali.page.locator("#missing-note").fill(IN_A_HURRY)
        mali.finish()
        mali.outbox_says("ส่งครบแล้ว")
        held = in_the_register.the_interview(the_world)
        assert (held.position_inside, held.accuracy, held.evidence_grade) == (False, 15, "weak")


class TestTheNotice:
    def test_is_read_aloud_by_the_phone_where_it_has_a_thai_voice(self, outside: Volunteer) -> None:
        outside.page.add_init_script(f"({THAI_VOICE})()")
        outside.reload()
        outside.open_household("1")
        outside.tap("อ่านออกเสียง")
        spoken = outside.page.evaluate("spoken")
        notice = questionnaire.load("bmn-31")["notice"]
        texts = [one["text_th"] for one in notice["paragraphs"]]
        assert [[text, "th-TH"] for text in texts] == [one for one in spoken if one[0] in texts]
        assert len(texts) >= 5


class TestAHouseWithoutAnInterview:
    @pytest.mark.usefixtures("named")
    def test_is_found_by_number_or_name_and_says_why(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        page, houses = outside.page, outside.page.locator(".houses .house")
        outside.reload()
        for words, found in (("๒/๑", 1), (LISTED.split()[0][:4], 2), ("ไม่มีใครชื่อนี้", 0)):
            page.locator("#home-search").fill(words)
            expect(houses).to_have_count(found)
        page.locator("#home-search").fill("")
        for number, outcome, words in (
            ("1", "บ้านว่าง ไม่มีคนอยู่", "ปิดตายมาสองปี"),
            ("2/1", "บ้านถูกรื้อถอน", "เหลือแต่เสา"),
        ):
            outside.open_list_at(number)
            page.locator("#outcome-note").fill(words)
            page.get_by_role("button", name=outcome).tap()
            outside.seal()
            outside.home()
        outside.outbox_says("ส่งครบแล้ว")
        the_world.rollback()
        told = the_world.query(Interview.outcome, Household.house_number).join(
            Household, Household.id == Interview.household_id
        )
        assert sorted(told.all()) == [("demolished", "2/1"), ("empty", "1")]


class TestReadyForOffline:
    def test_is_ticked_one_by_one_with_its_size(self, outside: Volunteer) -> None:
        page = outside.page
        outside.page.locator(".home__bar").get_by_role("link", name="เมนู").tap()
        page.locator('a[href="/app/ready"]').tap()
        lines = page.locator("li.check")
        expect(lines.first).to_be_visible()
        words = " | ".join(lines.all_inner_texts())
        for thing in ("ตัวแอป", "แบบสอบถาม", "บัญชีครัวเรือน", "ขอบเขตตำบล"):
            line = page.locator("li.check", has_text=thing)
            expect(line.locator(".badge--good")).to_have_count(1)
            expect(line.locator("small")).to_contain_text("B")
        expect(page.locator("li.check", has_text="ทดลองเขียนและอ่านข้อมูล")).to_contain_text("พร้อม")
        assert "ขาด" not in words
        outside.tap("ขอให้โทรศัพท์เก็บข้อมูลไว้ถาวร")
        answered = page.locator("main", has_text="โทรศัพท์ยังไม่รับปาก").or_(
            page.locator("main", has_text="โทรศัพท์จะไม่ลบข้อมูลเอง")
        )
        expect(answered).to_have_count(1)

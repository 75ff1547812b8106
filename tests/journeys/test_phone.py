"""Beside the plain interview: corrections, rescue, other evidence, odd houses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import families, world
from tests.fixtures.application import Server
from tests.fixtures.browser import DOORSTEP
from tests.journeys import in_the_register
from tests.journeys.signing_in import sign_in
from tests.volunteer import Volunteer
from webapp.models.household import Household
from webapp.models.interview import Interview, Revision

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NO_CAMERA = """(name) => {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', name) }
}"""


def documents(register: Session) -> list[dict[str, Any]]:
    """What the register holds, the revisions in their order."""
    register.rollback()
    return list(register.scalars(select(Revision.answers).order_by(Revision.number)))


class TestAFinishedInterview:
    def test_says_what_was_kept_and_leads_to_the_next_household(self, outside: Volunteer) -> None:
        page = outside.page
        outside.context.set_offline(True)
        outside.brief_interview("1")
        outside.is_at("เก็บเรียบร้อยแล้ว")
        main = page.locator("main")
        expect(main).to_contain_text("หลักฐาน 1 อย่าง: รูปถ่าย")
        expect(main).to_contain_text("ปิดผนึกแล้ว เมื่อมีสัญญาณจะส่งเอง")
        outside.context.set_offline(False)
        expect(main).to_contain_text("ถึงทะเบียนกลางครบแล้ว", timeout=30_000)
        page.get_by_role("link", name="บ้านถัดไป").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("บ้านเลขที่ 2/1")
        outside.find_nobody("2/1")
        expect(main).to_contain_text("ครบทุกครัวเรือน")

    def test_opened_again_is_a_new_revision_with_what_was_said(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        outside.context.set_offline(True)
        outside.brief_interview("1")
        outside.open_list_at("1")
        outside.tap("แก้ไขแบบที่ทำเสร็จแล้ว")
        outside.is_at("สารบัญ")
        outside.go("member/m1")
        expect(outside.page.locator("#m1-first_name")).to_have_value("สมมุติ")
        outside.page.locator("#m1-first_name").fill("สมนึก")
        outside.go("finish")
        outside.finish()
        expect(outside.page.locator("main")).to_contain_text("ฉบับแก้ไขที่ 2")
        outside.context.set_offline(False)
        outside.outbox_says("ส่งครบแล้ว")
        first, second = documents(the_world)
        assert [one["members"][0]["first_name"] for one in (first, second)] == ["สมมุติ", "สมนึก"]
        assert second["based_on"] != first["based_on"] == []
        assert in_the_register.the_interview(the_world).has_conflict is False

    def test_no_longer_on_the_phone_says_kindly_whom_to_ask(self, outside: Volunteer) -> None:
        outside.brief_interview("1")
        outside.outbox_says("ส่งครบแล้ว")
        outside.open_list_at("1")
        expect(outside.page.locator("main")).to_contain_text("คำตอบจึงไม่อยู่ในโทรศัพท์เครื่องนี้")
        assert outside.page.get_by_role("button", name="แก้ไขแบบที่ทำเสร็จแล้ว").count() == 0


class TestAPhoneThatCannotSend:
    def test_gives_a_file_that_another_phone_hands_in(
        self,
        outside: Volunteer,
        live_server: Server,
        the_world: Session,
        browser: Browser,
        tmp_path: Path,
    ) -> None:
        outside.page.add_init_script("delete Navigator.prototype.canShare")
        outside.reload()
        outside.context.set_offline(True)
        outside.brief_interview("1")
        outside.home()
        outside.page.locator(".home__bar").get_by_role("link", name="เมนู").tap()
        outside.page.get_by_role("link", name="ส่งไม่ได้ หรือโทรศัพท์มีปัญหา").tap()
        with outside.page.expect_download() as given:
            outside.tap("เก็บแฟ้มสำรอง")
        given.value.save_as(tmp_path / "rescue.bin")
        assert "สมมุติ".encode() not in (tmp_path / "rescue.bin").read_bytes()
        self.hand_in(browser, live_server, tmp_path / "rescue.bin")
        the_world.rollback()
        held = the_world.execute(text("select interview_id, reason from custody")).one()
        assert held.interview_id
        assert held.reason == "hand_in"

    def hand_in(self, browser: Browser, server: Server, bundle: Path) -> None:
        """Chai's phone takes the file and sends it."""
        chai = browser.new_context(**DOORSTEP)
        page = chai.new_page()
        page.goto(f"{server.address}/sign-in?next=/app/")
        sign_in(page, "chai")
        page.goto(f"{server.address}/app/rescue")  # found without the PIN, too
        page.locator("input[type=file]").set_input_files(bundle)
        expect(page.locator("main")).to_contain_text("นำเข้าแล้ว 1 บ้าน")
        outbox = page.locator(".top__outbox")
        expect(outbox).to_contain_text("ส่งครบแล้ว", timeout=30_000)
        chai.close()

    def test_is_told_that_a_file_is_no_rescue_file(self, outside: Volunteer) -> None:
        outside.page.goto(f"{outside.address}/app/rescue")  # found without the PIN, too
        wrong = {"name": "x.bin", "mimeType": "application/octet-stream", "buffer": b"no bundle"}
        outside.page.locator("input[type=file]").set_input_files(wrong)
        expect(outside.page.locator("main")).to_contain_text("ไม่ใช่แฟ้มสำรอง")


class TestEvidence:
    def test_is_a_picture_from_the_phone_where_the_camera_is_refused(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        outside.at_evidence("1")
        for name, words in (("NotAllowedError", "ยังไม่อนุญาต"), ("NotFoundError", "ไม่มีกล้อง")):
            outside.page.evaluate(NO_CAMERA, name)
            outside.tap("เปิดกล้อง")
            expect(outside.page.locator(".evidence--photo")).to_contain_text(words)
        outside.choose_picture("photo")
        width, height, *_ = outside.shown_photo()
        assert (width, height) == (1600, 1200)
        outside.next()
        outside.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        outside.finish()
        outside.outbox_says("ส่งครบแล้ว")
        assert in_the_register.the_interview(the_world).evidence_grade == "weak"

    def test_is_kept_where_the_same_picture_is_chosen_again_and_for_two_things(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        outside.at_evidence("1")
        for kind in ("photo", "other", "photo"):
            outside.choose_picture(kind)
        outside.tap("ลบรูป")  # the other evidence still shows it
        outside.reload()
        outside.sees("other")
        outside.next()
        outside.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        outside.finish()
        outside.outbox_says("ส่งครบแล้ว")
        assert in_the_register.the_interview(the_world).evidence_due == 0

    def test_may_be_something_else_with_a_note_and_a_picture(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        outside.at_evidence("1")
        outside.page.locator("#evidence-note").fill("พิมพ์ลายนิ้วมือบนกระดาษ")
        outside.choose_picture("other")
        outside.next()
        expect(outside.page.locator("main")).to_contain_text("หลักฐานอื่น")
        outside.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        outside.finish()
        outside.outbox_says("ส่งครบแล้ว")
        [document] = documents(the_world)
        kinds = [one["kind"] for one in document["evidence"]]
        assert sorted(kinds) == ["other", "other_photo"]


class TestAHousehold:
    def test_that_refuses_the_notice_is_an_outcome(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        outside.open_household("1")
        outside.tap("ไม่ยินดีให้ข้อมูล")
        outside.page.locator("#finish-outcome-note").fill("ไม่มีเวลา")
        outside.seal()
        outside.outbox_says("ส่งครบแล้ว")
        [document] = documents(the_world)
        assert (document["outcome"], document["outcome_note"]) == ("refused", "ไม่มีเวลา")
        assert document["notice"]["agreed"] is False
        assert the_world.get_one(Household, world.HOUSE).state == "closed"

    def test_may_decline_what_is_sensitive(self, outside: Volunteer, the_world: Session) -> None:
        outside.at_evidence("1")
        outside.photograph()
        outside.go("question/s24")
        outside.page.locator("main label", has_text="ไม่ประสงค์ตอบ").first.tap()
        outside.go("finish")
        outside.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        outside.finish()
        outside.outbox_says("ส่งครบแล้ว")
        [document] = documents(the_world)
        assert "24.1" in document["declined"]
        assert "24.1" not in document["answers"]

    def test_on_no_list_is_added_and_so_is_a_second_one_in_the_same_house(
        self, outside: Volunteer, the_world: Session
    ) -> None:
        page = outside.page
        page.get_by_role("link", name="เพิ่มครัวเรือน").first.tap()
        page.locator("#new-number").fill("2/1")
        expect(page.locator("main")).to_contain_text("ในบัญชีมีบ้านเลขที่นี้แล้ว")
        page.locator("#new-head").fill("สมศรี ตัวอย่าง")
        outside.next()
        outside.tap("ยินดีให้ข้อมูล")
        outside.is_at_path("cover")
        outside.go("member/m1")
        expect(page.locator("#m1-first_name")).to_have_value("สมศรี")
        outside.fill_member("m1", families.HEAD)
        outside.go("evidence")
        outside.photograph()
        outside.next()
        outside.page.locator("#missing-note").fill("ต้องรีบไปโรงพยาบาล")
        outside.finish()
        outside.outbox_says("ส่งครบแล้ว")
        the_world.rollback()
        same = select(Household.origin).where(Household.house_number == "2/1")
        assert sorted(the_world.scalars(same)) == ["list", "volunteer"]
        assert the_world.scalars(select(Interview)).one().household_id != world.SECOND_HOUSE


def test_a_killed_sign_in_keeps_the_work_and_asks_once_more(
    outside: Volunteer, the_world: Session
) -> None:
    """Browsers write cookies half a minute late: without one, work and sending go on."""
    outside.context.clear_cookies()
    outside.reload()
    outside.find_nobody("1")
    outside.outbox_says("ส่งครบแล้ว")
    outside.home()
    expect(outside.page.locator("main")).to_contain_text("เข้าสู่ระบบอีกครั้ง")
    assert in_the_register.the_interview(the_world).outcome == "nobody_home"
    assert the_world.scalar(text("select count(*) from custody")) == 0

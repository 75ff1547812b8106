"""From the inspector to the phone and back again, with the network off in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import returning, world
from tests.correcting import Corrector
from tests.deciding import Decider
from tests.fixtures.application import Server
from tests.fixtures.browser import DOORSTEP
from tests.journeys.in_english import InBothLanguages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

SENT, WAITS = "ส่งครบแล้ว", "รอส่ง 1 บ้าน"
REMARKS = {
    "8.1": "ถามอีกครั้งว่ามีงานทำหรือไม่",
    "members.m1.first_name": "สะกดไม่ตรง",
    "9.1": "เก็บออมพอหรือไม่",
}
"""They come back in the order of the interview."""
GIVE = """
    insert into assignments (round_id, account_id, village_code, household_id, path)
    values ('2569', :who, :village, :house, :path)
"""


@pytest.fixture
def mali(phone_outside: BrowserContext, live_server: Server, the_world: Session) -> Corrector:
    """At the first household's door, signed in, everything she needs on the phone."""
    mali = Corrector(phone_outside, live_server.address)
    mali.sign_in()
    return mali


@pytest.fixture
def sent(mali: Corrector) -> Corrector:
    """A short interview of household 1 is in the register."""
    mali.brief_interview("1")
    mali.outbox_says(SENT)
    return mali


def heads(register: Session) -> list[dict[str, Any]]:
    """Every revision's document, the oldest first."""
    register.rollback()
    return list(register.scalars(text("select answers from revisions order by number")))


def test_a_return_is_corrected_and_defended_offline_and_accepted_by_what_it_changed(
    mali: Corrector, the_world: Session, desk: BrowserContext, live_server: Server
) -> None:
    mali.interview()
    mali.next()
    mali.give_evidence()
    mali.next()
    mali.finish()
    mali.outbox_says(SENT)
    nida = Decider(desk, live_server.address, returning.newest(the_world).interview)
    nida.give_back(REMARKS, "มีบางข้อไม่ตรงกัน")
    mali.hear_of_return()
    mali.context.set_offline(True)
    seen = InBothLanguages(the_world, mali.family)
    answer_three_lines(mali, seen)
    mali.context.set_offline(False)
    mali.outbox_says(SENT)
    assert seen.problems == []
    nida.look()
    answered = nida.page.locator(".answered")
    expect(answered.locator('[data-about="members.m1.first_name"]')).to_contain_text("มาลี")
    expect(answered.locator('[data-about="8.1"]')).to_contain_text("ถามซ้ำแล้ว ยืนยัน")
    expect(answered.locator('[data-kind="corrected"]')).to_have_count(1)
    nida.accept()
    assert returning.state(the_world, returning.newest(the_world)).state == "accepted"


def answer_three_lines(mali: Corrector, seen: InBothLanguages) -> None:
    """One corrected, one defended, one left until the end asks for it; then on as always."""
    expect(mali.page.locator(".returned__due")).to_contain_text("อีก 7 วัน")
    seen.at(mali.page, "returned-home")
    mali.open_return()
    mali.is_at_line(1, 3)
    seen.at(mali.page, "returned-member")
    expect(mali.page.locator("main")).to_contain_text("มีบางข้อไม่ตรงกัน")
    mali.page.locator('[id="m1-first_name"]').fill("มาลี")
    mali.reply_is("แก้แล้ว")
    mali.next()
    mali.is_at_line(2, 3)
    expect(mali.page.locator("main")).to_contain_text(REMARKS["8.1"])
    mali.says_of("8.1", "ถามซ้ำแล้ว ยืนยัน")
    mali.reply_is("ยืนยันคำตอบเดิม")
    seen.at(mali.page, "returned-defended")
    mali.next()
    mali.is_at_line(3, 3)
    mali.next()
    mali.is_at("ผลของครัวเรือน")
    mali.next()
    mali.next()
    mali.confirm_date()
    expect(mali.page.locator("main")).to_contain_text("เหลืออีก 1 ข้อ")
    seen.at(mali.page, "returned-finish")
    mali.page.locator("#finish-review ~ .jumps button, .jumps button").last.tap()
    mali.says_of("9.1", "นับบัญชีของลูกด้วย")
    mali.go("finish")
    mali.seal()
    mali.outbox_says(WAITS)


def test_evidence_asked_again_alone_opens_there_and_changes_no_answer(
    sent: Corrector, the_world: Session
) -> None:
    before = heads(the_world)[-1]
    returning.ask_evidence(returning.newest(the_world), {"photo"})
    sent.hear_of_return()
    sent.context.set_offline(True)
    sent.open_return()
    sent.is_at("หลักฐานการยินยอม")
    expect(sent.page.locator("main")).to_contain_text("ผู้ตรวจสอบขอหลักฐานใหม่")
    expect(sent.page.locator(".evidence--photo")).to_contain_text("ทะเบียนกลางเก็บของเดิมไว้แล้ว")
    seen = InBothLanguages(the_world, sent.family)
    seen.at(sent.page, "returned-evidence")
    assert seen.problems == []
    sent.choose_picture("photo")  # the tests' camera may show the very same one again
    sent.next()
    sent.finish()
    sent.outbox_says(WAITS)
    sent.context.set_offline(False)
    sent.outbox_says(SENT)
    first, second = heads(the_world)
    assert [one["answers"] for one in (first, second)] == [before["answers"]] * 2
    assert [one.get("earlier") for one in second["evidence"]] == [None, True]
    now = returning.state(the_world, returning.newest(the_world))
    assert (now.state, now.evidence_due, now.head_number) == ("received", 0, 2)
    numbers = the_world.scalars(text("select national_id_index is not null from members"))
    assert set(numbers) == {True}


def test_a_return_waits_beside_newer_work_until_the_volunteer_chooses(
    mali: Corrector, the_world: Session
) -> None:
    begin_newer_work(mali)
    returning.send_back(returning.newest(the_world), {"cover.soi": "ซอยอะไร"})
    mali.hear_of_return()
    expect(mali.page.locator(".returned__open")).to_contain_text("มีงานที่ใหม่กว่าในเครื่องนี้")
    mali.context.set_offline(True)
    mali.open_return()
    expect(mali.page.locator("main")).to_contain_text("บ้านหลังนี้มีสองอย่าง")
    seen = InBothLanguages(the_world, mali.family)
    seen.at(mali.page, "returned-two-things")
    mali.tap("ใช้ฉบับในเครื่องนี้ และดูข้อที่ขอไปด้วย")
    mali.is_at_line(1, 1)
    expect(mali.page.locator("#cover-soi")).to_have_value("ซอยที่แก้เอง")
    mali.reply_is("แก้แล้ว")
    mali.go("finish")
    mali.finish()
    mali.outbox_says(WAITS)
    seen.at(mali.page, "returned-waits")
    assert seen.problems == []
    mali.context.set_offline(False)
    mali.outbox_says(SENT)
    last = heads(the_world)[-1]
    assert last["cover"]["soi"] == "ซอยที่แก้เอง"
    assert last["review"]["replies"][0]["kind"] == "corrected"
    now = returning.state(the_world, returning.newest(the_world))
    assert (now.state, now.head_number) == ("received", 2)


def begin_newer_work(mali: Corrector) -> None:
    """The register has the interview; the phone does not know, and its draft goes on."""
    lose_answers(mali)
    mali.brief_interview("1")
    mali.outbox_says(WAITS)
    mali.home()
    mali.open_list_at("1")
    mali.tap("แก้ไขแบบที่ทำเสร็จแล้ว")
    mali.is_at("สารบัญ")
    mali.go("cover")
    mali.page.locator("#cover-soi").fill("ซอยที่แก้เอง")
    mali.home()
    mali.context.unroute_all()


def lose_answers(mali: Corrector) -> None:
    """The register takes the revision; neither its receipt nor anything else comes back."""
    taken: list[int] = []

    def lose(route: Route) -> None:
        if ("/revisions/" in route.request.url or "/whole/" in route.request.url) and not taken:
            taken.append(route.fetch().status)
        if taken:
            return route.abort()
        return route.fallback()

    mali.context.route("**/api/v1/**", lose)


def test_given_to_somebody_else_it_comes_to_their_phone_and_leaves_the_first(
    sent: Corrector, the_world: Session, browser: Browser, live_server: Server
) -> None:
    returning.send_back(returning.newest(the_world), {"cover.soi": "ซอยอะไร"})
    sent.hear_of_return()
    where = {"village": world.NAM_SAI, "path": world.PATHS[world.NAM_SAI]}
    the_world.execute(text(GIVE), where | {"who": world.CHAI, "house": world.HOUSE})
    the_world.commit()
    returning.send_back(returning.newest(the_world), {"cover.soi": "ซอยอะไร"}, to=world.CHAI)
    sent.reload()
    expect(sent.page.locator(".returned__open")).to_have_count(0)
    sent.open_list_at("1")
    expect(sent.page.locator("main")).to_contain_text("ท่านไม่ต้องทำอะไร")
    seen = InBothLanguages(the_world, sent.family)
    seen.at(sent.page, "returned-to-another")
    assert seen.problems == []
    context = browser.new_context(**DOORSTEP)
    chai = Corrector(context, live_server.address)
    chai.sign_in(username="chai")
    chai.hear_of_return()
    chai.context.set_offline(True)
    chai.open_return()
    chai.page.locator("#cover-soi").fill("ซอยวัด")
    chai.go("finish")
    chai.finish()
    chai.context.set_offline(False)
    chai.outbox_says(SENT)
    context.close()
    now = returning.state(the_world, returning.newest(the_world))
    assert (now.state, now.author_id, now.head_number) == ("received", world.CHAI, 2)


def test_a_volunteer_replies_to_a_finding_without_a_signal(
    sent: Corrector, the_world: Session, nida: FlaskClient
) -> None:
    the_world.execute(
        text(
            "insert into findings (round_id, code, source, interview_id, household_id, account_id, "
            "village_code, path, weight) select i.round_id, 'photo_similar', 'evidence', i.id, "
            "i.household_id, i.author_id, i.village_code, i.path, 20 from interviews i"
        )
    )
    the_world.commit()
    sent.reload()
    sent.home()
    sent.page.get_by_role("link", name="มีข้อสังเกตให้ท่านชี้แจง 1 ข้อ").tap()
    sent.is_at("งานของฉันเป็นอย่างไร")
    seen = InBothLanguages(the_world, sent.family)
    seen.at(sent.page, "finding")
    sent.context.set_offline(True)
    sent.tap("ชี้แจง")
    seen.at(sent.page, "finding-reply")
    assert seen.problems == []
    sent.page.locator("textarea").fill("บ้านสองหลังสร้างแบบเดียวกัน")
    sent.tap("เก็บคำชี้แจง")
    expect(sent.page.locator("main")).to_contain_text("รอส่ง")
    sent.context.set_offline(False)
    expect(sent.page.locator("main .badge", has_text="รอส่ง")).to_have_count(0, timeout=30_000)
    shown = nida.get(f"/households/{world.HOUSE}").get_data(as_text=True)
    assert "บ้านสองหลังสร้างแบบเดียวกัน" in shown

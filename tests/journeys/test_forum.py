"""A forum from the draw of its sample to the sheet: a tablet without a network in between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import forums, world
from tests.asker import ABSENT, TABLET, Asker
from tests.convener import Convener
from tests.fixtures.application import Server
from tests.fixtures.browser import DOORSTEP, Start, kill
from tests.handset import Handset
from tests.journeys import phone_storage
from tests.journeys.in_english import InBothLanguages
from tests.journeys.looking import Looking
from tests.services.test_reckoning import reckon
from webapp.domain.service_plan import day_in_thailand

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

SENT = "ส่งครบแล้ว"
HEAD, NOTE = "กระรอกน้อย ทดสอบลับยิ่ง", "ไปทำงานที่เมืองลับแล"
SAID = forums.ANSWERS | {"members": 1}
DIFFERENT = SAID | {"11.7": "no"}


@pytest.fixture
def village(the_world: Session, mali: Handset, chai: Handset) -> Session:
    """Ban Nam Sai, interviewed by Mali and by Chai."""
    forums.collected(the_world, mali, chai)
    the_world.execute(text("update households set head_name = :name"), {"name": HEAD})
    the_world.commit()
    return the_world


@pytest.fixture
def chais_phone(browser: Browser, live_server: Server, village: Session) -> Asker:
    """Chai is to ask too, though he interviewed some of these houses himself."""
    forums.drawn([world.CHAI])
    context = browser.new_context(**DOORSTEP)
    chai = Asker(context, live_server.address)
    chai.sign_in(11, "chai")
    return chai


def on_the_tablet(context: BrowserContext, server: Server) -> Asker:
    """Nida's tablet: the app in a larger hand."""
    nida = Asker(context, server.address)
    nida.page.set_viewport_size(TABLET)
    return nida


def test_a_forum_from_sample_to_sheet(
    village: Session,
    app: Flask,
    desk: BrowserContext,
    live_server: Server,
    start: Start,
    profile: Path,
) -> None:
    convener = Convener(desk, live_server.address, world.NAM_SAI)
    convener.draws(day_in_thailand(datetime.now(UTC)))
    convener.names("คุณnida")
    nida = on_the_tablet(start(), live_server)
    nida.sign_in(0, "nida")
    expect(nida.page.locator(".forum__open")).to_be_visible()
    nida.context.set_offline(True)
    nida.open_forum()
    ask_two_and_miss_one(nida)
    number = nida.open_first()
    nida.agree()
    nida.says(SAID, until=5)
    phone_storage.at_rest(nida.page)
    kill(profile)
    nida = on_the_tablet(start(), live_server)
    go_on_with(nida, number)
    nida.context.set_offline(False)
    nida.outbox_says(SENT)
    assert forums.standings(village) == {"counted": 4}
    ask_the_rest(app)
    reckon()
    read_what_came(convener)


def ask_two_and_miss_one(nida: Asker) -> None:
    """One household agrees with itself, one differs once, one has not come: a reserve is called."""
    expect(nida.group("open")).to_have_count(8)
    for answers in (SAID, DIFFERENT):
        nida.open_first()
        nida.agree()
        nida.says(answers)
        nida.keeps()
    nida.open_first()
    nida.cannot_ask(ABSENT, NOTE)
    expect(nida.group("failed")).to_have_count(1)
    expect(nida.group("open").filter(has_text="บ้านสำรอง")).to_have_count(1)


def go_on_with(nida: Asker, number: str) -> None:
    """What was cut off goes on where it was; nothing of it can be read on the disk."""
    nida.context.set_offline(True)
    nida.open("/app/home")
    nida.open_forum()
    assert nida.open_first() == number
    nida.tap("ถามต่อจากที่ค้างไว้")
    nida.goes_on(SAID, 5)
    nida.keeps()
    nida.outbox_says("รอส่ง 4 บ้าน")
    expect(nida.page.locator("main")).to_contain_text("ถามแล้ว 3 จาก 8 บ้าน")
    heap = phone_storage.everything(nida.page)
    assert [one for one in (HEAD, NOTE) if one.encode() in heap] == []


def ask_the_rest(app: Flask) -> None:
    """Everybody else of the sample comes to her other phone; who was absent comes too."""
    other = Handset(app.test_client(), world.NIDA, "nida")
    other.sign_in()
    other.hello()
    [forum] = forums.told(other)
    for house in forum["houses"]:
        if house["reserve"] or house["state"] == "asked":
            continue
        said = forums.result(other, UUID(forum["id"]), house["id"])
        assert other.put(said).status_code == 201


def read_what_came(convener: Convener) -> None:
    """79 of 80 answers agree; what differs is a reason to look, and once read the check is good."""
    page = convener.page
    convener.look()
    expect(page.locator(".forum__whole")).to_contain_text("98.8% (ช่วงเชื่อมั่น 95%: 65.9")
    assert convener.check() == ["ต้องดู", "98.75%", "65.90%", "99.97%", "1"]
    convener.opens_difference()
    expect(page.locator(".forum__beside .badge--warn")).to_have_count(1)
    convener.explains("back_check_differs", "ซ่อมส้วมหลังจากวันสัมภาษณ์")
    reckon()
    assert convener.check() == ["ผ่าน", "98.75%", "65.90%", "99.97%", "0"]


def test_who_asked_a_household_first_is_kindly_sent_to_somebody_else(
    chais_phone: Asker, the_world: Session
) -> None:
    chai, looking = chais_phone, InBothLanguages(the_world, chais_phone.family)
    looking.at(chai.page, "forum-home")
    chai.context.set_offline(True)
    chai.open_forum()
    looking.at(chai.page, "forum-list")
    assert chai.group("own").count() in (3, 4)
    chai.open_first("own")
    expect(chai.page.locator("main")).to_contain_text("บ้านนี้คนอื่นต้องเป็นผู้ถาม")
    expect(chai.page.get_by_role("button", name="ยินดีให้ถาม")).to_have_count(0)
    expect(chai.page.locator("input")).to_have_count(0)
    looking.at(chai.page, "forum-own")
    chai.tap("ย้อนกลับ")
    look_at_every_step(chai, looking)
    in_english(chai, looking.looking)
    assert looking.problems == []


def look_at_every_step(chai: Asker, looking: InBothLanguages) -> None:
    """From the words read out to the list after it is kept; one question is left out."""
    chai.open_first()
    chai.choose("forum-outcome", "moved")
    looking.at(chai.page, "forum-house")
    chai.agree()
    looking.at(chai.page, "forum-who")
    chai.next()
    chai.goes_on({"members": 70}, 2, until=4)
    looking.at(chai.page, "forum-question")
    chai.goes_on({name: said for name, said in SAID.items() if name != "23.5"}, 4)
    looking.at(chai.page, "forum-end")
    expect(chai.page.locator(".forum__line--open")).to_have_count(2)
    expect(chai.page.locator("main")).to_contain_text("ยังไม่ได้ตอบ 2 ข้อ")
    chai.page.locator(".forum__line--open button").first.tap()
    chai.says({"members": 4}, until=3)
    chai.go_to_end()
    chai.keeps()
    looking.at(chai.page, "forum-kept")


def in_english(chai: Asker, looking: Looking) -> None:
    """The same screens behind the switch; what is read out stays Thai, its meaning beside it."""
    chai.page.evaluate("document.cookie = 'jpt-language=en; path=/; max-age=60'")
    chai.reload()
    expect(chai.page.locator("main")).to_contain_text("To be asked: 4")
    looking.at(chai.page, "forum-list-en")
    chai.open_first()
    expect(chai.page.locator('.forum__words[lang="th"]')).to_be_visible()
    expect(chai.page.locator('main [lang="en"]')).to_contain_text("It is our work that is checked")
    looking.at(chai.page, "forum-house-en")

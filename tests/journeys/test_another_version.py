"""A questionnaire of three questions through everything: phone, seal, register, inspector's map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.inspector import Inspector
from tests.journeys import in_the_register
from tests.volunteer import Volunteer
from webapp.models.survey_round import Round

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

EXTRA = Path(__file__).parent.parent / "questionnaires"


@pytest.fixture
def another(environment: dict[str, str], the_world: Session, tmp_path: Path) -> Iterator[Server]:
    """A register whose round asks the tiny version, which lies beside the tests."""
    the_world.execute(update(Round).values(questionnaire_id="tiny-3"))
    the_world.commit()
    server = Server(environment | {"JPT_QUESTIONNAIRES_EXTRA": str(EXTRA)}, tmp_path / "log")
    server.start()
    yield server
    server.stop()


def test_another_version_goes_from_the_door_to_the_map(
    another: Server, phone_outside: BrowserContext, desk: BrowserContext, the_world: Session
) -> None:
    mali = Volunteer(phone_outside, another.address)
    mali.sign_in()
    mali.context.set_offline(True)
    mali.open_household("1")
    expect(mali.page.locator("main")).to_contain_text("เพื่อทดลองว่าระบบใช้กับแบบสอบถามฉบับอื่นได้")
    mali.tap("ยินดีให้ข้อมูล")
    mali.is_at_path("cover")
    mali.next()
    add_somebody(mali)
    answer(mali)
    mali.context.set_offline(False)
    mali.outbox_says("ส่งครบแล้ว")
    held = in_the_register.the_interview(the_world)
    document = in_the_register.the_document(the_world)
    assert (document["questionnaire"], held.state, held.people) == ("tiny-3", "received", 1)
    assert document["answers"] == {"home.a": "hired", "home.b": 3500, "read.1": {"who": {}}}
    is_seen(desk, another.address)


def add_somebody(mali: Volunteer) -> None:
    """Three fields, none of them named as in another version."""
    page = mali.page
    page.locator("main").get_by_role("button", name="เพิ่ม").first.tap()
    page.locator("#m1-full_name").fill("สมใจ ตัวอย่าง")
    page.locator("#m1-born-year").fill("2533")
    mali.choose("m1-gender", "woman")
    mali.tap("เสร็จคนนี้")
    expect(page.locator(".member__name")).to_have_text("สมใจ ตัวอย่าง")
    mali.next()


def answer(mali: Volunteer) -> None:
    """Three questions, the second asked only because of the first; then result and photo."""
    page = mali.page
    mali.is_at("สารบัญ")
    mali.next()
    mali.is_at_path("question/living")
    page.locator('label.choice:has(input[value="hired"])').tap()
    page.locator('section[data-question="home.b"] input').fill("3500")
    mali.next()
    mali.is_at_path("question/readers")
    page.locator("label.choice--everyone").tap()
    mali.next()
    mali.is_at("ผลของครัวเรือน")
    expect(page.locator(".result__card")).to_contain_text("สอบถามบ้านเช่าราคาถูกได้ที่ผู้ใหญ่บ้าน")
    mali.next()
    mali.photograph()
    mali.next()
    mali.finish()
    mali.outbox_says("รอส่ง 1 บ้าน")


def is_seen(desk: BrowserContext, address: str) -> None:
    """Beside the map: answers and results in the words of their version."""
    nida = Inspector(desk, address)
    nida.choose(world.HOUSE)
    panel = nida.page.locator("#panel")
    for words in ("บ้านนี้เป็นของใคร", "เช่า", "3,500", "ที่อยู่ไม่แพงเกินไป", "สมใจ ตัวอย่าง"):
        expect(panel).to_contain_text(words)
    assert nida.complaints == []

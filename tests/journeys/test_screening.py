"""From the list of who is worth a look to the interview itself, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import database as databases
import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import screened, sightings, world
from tests.fixtures.application import Server
from tests.inspector import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

LIST = "/office/screening"


@pytest.fixture
def compared(live_server: Server, the_world: Session, database: databases.Addresses) -> str:
    """A village of interviews, one unlike the others, has been compared; the server's address."""
    sightings.put(the_world, *screened.village(**screened.MADE_UP))
    engine = create_engine(database.app, poolclass=NullPool)
    with Session(engine) as finder:
        screened.screened(finder)
    engine.dispose()
    return live_server.address


def test_an_inspector_finds_the_interview_and_its_reasons(
    compared: str, desk: BrowserContext
) -> None:
    nida = Inspector(desk, compared)
    nida.page.goto(f"{compared}{LIST}")
    nida.page.get_by_role("link", name="ดูเหตุ").first.click()
    expect(nida.page).to_have_url(f"{compared}{LIST}/{world.NAM_SAI}/{world.MALI}")
    expect(nida.page.get_by_text("ต่อสิ่งที่ถามหนึ่งอย่าง ส่วนใหญ่")).to_be_visible()
    nida.page.get_by_role("link", name=f"เปิดดู บ้านเลขที่ {screened.ODD}").click()
    expect(nida.page.get_by_text("ใช้เวลาถามสั้นกว่าที่พบในหมู่บ้านเดียวกันมาก")).to_be_visible()
    assert nida.complaints == []


def test_it_is_for_everybody_on_desk_and_phone(
    compared: str, desk: BrowserContext, phone: BrowserContext
) -> None:
    problems = []
    for name, context in (("desk", desk), ("phone", phone)):
        nida = Inspector(context, compared)
        for what, address in (
            ("list", LIST),
            ("one", f"{LIST}/{world.NAM_SAI}/{world.MALI}"),
        ):
            nida.page.goto(compared + address)
            nida.page.locator(".screening__rule summary").click()
            problems += nida.look(f"screening-{what}-{name}")
        problems += nida.complaints
    assert problems == []

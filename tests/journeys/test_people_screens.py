"""Every page of registering and of the back office of people: axe finds nothing, none is wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import officer as desk_officer
from tests import world
from tests.fixtures.application import Server
from tests.fixtures.browser import DESK, PHONE
from tests.journeys.looking import Looking
from tests.journeys.test_people import sign_in
from tests.officer import person

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ID, PHONE_NUMBER = "1990100000511", "0812345678"
OFFICE = (
    "/office/people",
    "/office/people?status=active",
    "/office/people?status=closed",
    "/office/people?status=refused&role=viewer",
    "/office/people/new",
    "/office/people/new/volunteer",
    "/office/people/import",
    f"/office/people/{world.MALI}",
    f"/office/people/{world.MALI}/edit",
    f"/office/people/{world.MALI}/transfer",
)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(**request.param)
    yield context.new_page()
    context.close()


def look_at_registering(page: Page, address: str) -> Looking:
    looking = Looking()
    for name in ("", "volunteer", "inspector", "status"):
        page.goto(f"{address}/register/{name}")
        looking.at(page, f"register-{name or 'front'}", picture=False)
    page.goto(f"{address}/register/volunteer")
    page.get_by_role("button", name="ส่งใบลงทะเบียน").click()
    page.locator("#given-problem .problem").wait_for()
    looking.at(page, "register-mistakes", picture=False)
    return looking


class TestRegistering:
    def test_is_for_everybody(self, page: Page, live_server: Server, the_world: Session) -> None:
        assert look_at_registering(page, live_server.address).problems == []


class TestTheBackOffice:
    def test_is_for_everybody(
        self, app: Flask, page: Page, live_server: Server, the_world: Session
    ) -> None:
        secrets: dict[str, Any] = app.extensions["keys"].secrets
        desk_officer.officer(the_world, "suda", "district", "4301")
        waits = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE_NUMBER))
        person(the_world, secrets, "ขนิษฐา ข", numbers=(ID, PHONE_NUMBER))
        person(the_world, secrets, "คำพันธ์ ค", status="closed")
        sign_in(app, page, live_server.address, "suda")
        looking = Looking()
        for number, address in enumerate((*OFFICE, f"/office/people/{waits}")):
            page.goto(f"{live_server.address}{address}")
            looking.at(page, f"people-{number}", picture=False)
        assert looking.problems == []

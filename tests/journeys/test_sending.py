"""What the network, the register and the phone's disk do to finished interviews on their way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from playwright.sync_api import expect
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.journeys import in_the_register, phone_storage
from tests.journeys.captive_portal import portal
from tests.volunteer import Volunteer
from webapp import files
from webapp.config import Config
from webapp.models.evidence import Evidence
from webapp.models.household import Household
from webapp.models.interview import Receipt
from webapp.services import progress
from webapp.services.progress import Tally

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import BrowserContext, Page, Route

SENT, ONE_WAITS = "ส่งครบแล้ว", "รอส่ง 1 บ้าน"


def test_replies_lost_after_the_commit_make_no_second_interview_and_no_second_photo(
    outside: Volunteer, the_world: Session
) -> None:
    lost: dict[str, int] = {}

    def lose(route: Route) -> None:
        kind = route.request.url.split("/")[-2]
        if kind in lost or route.request.method != "PUT":
            return route.fallback()
        lost[kind] = 0 if kind == "whole" else route.fetch().status  # the whole never arrives
        return route.abort()

    outside.context.route(re.compile("/api/v1/interviews/"), lose)
    outside.interview()
    outside.next()
    outside.give_evidence()
    outside.next()
    outside.finish()
    outside.outbox_says(SENT)
    assert lost == {"whole": 0, "revisions": 201, "evidence": 201}
    assert in_the_register.the_interview(the_world).evidence_due == 0
    assert in_the_register.revisions(the_world) == 1
    levels = the_world.scalars(select(Receipt.level).order_by(Receipt.level)).all()
    assert levels == ["complete", "data"]
    assert the_world.scalar(select(func.count()).select_from(Evidence)) == 3


def test_a_household_sent_whole_whose_reply_is_lost_is_not_sent_twice(
    outside: Volunteer, the_world: Session
) -> None:
    sent: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "PUT":
            return route.fallback()
        sent.append(route.fetch().status)
        return route.abort()

    outside.context.route(re.compile("/api/v1/interviews/"), lose)
    outside.brief_interview("1")
    outside.outbox_says(SENT)
    assert sent == [201]
    assert in_the_register.the_interview(the_world).evidence_due == 0
    assert the_world.scalars(select(Receipt.level)).all() == ["complete"]


def test_behind_a_wifi_that_answers_everything_the_app_starts_and_nothing_counts_as_sent(
    outside: Volunteer, live_server: Server, the_world: Session
) -> None:
    live_server.stop()
    with portal(live_server.port) as asked:
        outside.reload()
        outside.find_nobody("1")
        outside.outbox_says(ONE_WAITS)
        outside.page.locator(".top__outbox").tap()
        expect(outside.page.locator("main")).to_contain_text("ยังไม่ให้ออกอินเทอร์เน็ต")
        assert "POST /api/v1/plan" in asked
    assert b"captive portal" not in phone_storage.everything(outside.page)
    assert in_the_register.revisions(the_world) == 0
    live_server.start()
    outside.tap("ส่งเดี๋ยวนี้")
    outside.outbox_says(SENT)
    assert in_the_register.the_interview(the_world).outcome == "nobody_home"


def test_while_the_register_is_away_the_phone_asks_ever_less_often_and_then_sends_by_itself(
    outside: Volunteer, live_server: Server, the_world: Session
) -> None:
    outside.page.clock.install()
    outside.reload()
    live_server.stop()
    asked: list[str] = []
    outside.page.on("request", lambda one: asked.append(one.url) if "plan" in one.url else None)
    outside.find_nobody("1")
    outside.outbox_says(ONE_WAITS)
    outside.page.locator(".top__outbox").tap()
    expect(outside.page.locator("main")).to_contain_text("จะลองส่งเองอีกครั้งเวลา")
    pass_time(outside.page, "00:10", 40)
    assert 3 < len(asked) < 20
    live_server.start()
    before = len(asked)
    while len(asked) == before:  # within a quarter of an hour; the network needs our time again
        pass_time(outside.page, "00:30", 1)
    outside.page.clock.resume()
    outside.outbox_says(SENT)
    assert in_the_register.revisions(the_world) == 1


def pass_time(page: Page, step: str, steps: int) -> None:
    """The page's clock goes on, with a moment of ours for the network after each step."""
    for _ in range(steps):
        page.clock.run_for(step)
        page.wait_for_timeout(40)


def test_a_photo_that_the_register_lost_with_its_disk_is_asked_for_and_sent_again(
    outside: Volunteer,
    live_server: Server,
    the_world: Session,
    app: Flask,
    owner_engine: Engine,
) -> None:
    outside.context.route(re.compile("/whole/"), lambda route: route.abort())
    outside.brief_interview("1")
    outside.outbox_says(SENT)
    config: Config = app.config["JPT"]
    digest = the_world.scalars(select(Evidence.sealed_sha256)).one()
    files.place(config.evidence, digest).unlink()
    with owner_engine.begin() as rows:  # as a backup from before the photo would have them
        rows.execute(text("delete from receipts where level = 'complete'"))
        rows.execute(text("update evidence set received_at = null"))
    epoch = config.keys / "epoch"
    epoch.chmod(0o600)
    epoch.write_text("after-a-restore")
    live_server.stop()
    live_server.start()
    with outside.page.expect_response(lambda got: "/evidence/" in got.url) as sent:
        outside.reload()
    assert sent.value.status == 201
    outside.outbox_says(SENT)
    assert files.holds(config.evidence, digest)


def test_one_spoiled_interview_of_twenty_is_put_aside_with_a_reason_and_the_others_arrive(
    phone_outside: BrowserContext, live_server: Server, the_world: Session
) -> None:
    numbers = ["1", "2/1", *(str(number) for number in range(101, 119))]
    add_households(the_world, numbers[2:])
    mali = Volunteer(phone_outside, live_server.address)
    mali.sign_in(households=20)
    mali.context.set_offline(True)
    for number in numbers:
        mali.find_nobody(number)
    mali.outbox_says("รอส่ง 20 บ้าน")
    phone_storage.spoil(mali.page, "envelope")
    mali.context.set_offline(False)
    mali.outbox_says("ต้องดู 1 บ้าน")
    mali.page.locator(".top__outbox").tap()
    expect(mali.page.locator(".entry")).to_have_count(20)
    aside = mali.page.locator(".entry", has_text="ต้องมีคนดู")
    expect(aside).to_have_count(1)
    expect(aside).to_contain_text("ข้อมูลที่เก็บไว้ในโทรศัพท์เสียหาย")
    assert in_the_register.revisions(the_world) == 19


def add_households(register: Session, numbers: list[str]) -> None:
    """More houses of Mali's village."""
    path = world.PATHS[world.NAM_SAI]
    for at, number in enumerate(numbers):
        house = {"id": UUID(int=1000 + at), "house_number": number, "path": path}
        row = Household(**house, round_id=world.ROUND, village_code=world.NAM_SAI)
        register.add(row)
        progress.shift(register, world.ROUND, world.NAM_SAI, path, None, Tally("todo"))
    register.commit()

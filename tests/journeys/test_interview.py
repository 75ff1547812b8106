"""A whole interview without a signal, through a killed browser, to the row in PostGIS."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.fixtures.browser import LAUNCH, PHONE
from tests.volunteer import Volunteer
from webapp.models.household import Household
from webapp.models.interview import Evidence, Interview, Member, Revision

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright, Route

AT_HOME = {"latitude": 17.851, "longitude": 102.701, "accuracy": 12}
DOORSTEP = PHONE | {"geolocation": AT_HOME}

Start = Callable[[], "BrowserContext"]


@pytest.fixture
def start(playwright: Playwright, profile: Path) -> Iterator[Start]:
    """Starts the phone's browser on the same profile, as often as a test needs."""
    started: list[BrowserContext] = []

    def begin() -> BrowserContext:
        launch = playwright.chromium.launch_persistent_context
        context = launch(profile, **LAUNCH, **DOORSTEP)
        started.append(context)
        context.on("close", lambda closed: started.remove(closed))
        return context

    yield begin
    for context in list(started):
        context.close()


def kill(profile: Path) -> None:
    """The browser of this profile ends as when a phone's battery is pulled out."""
    mine = f"--user-data-dir={profile}"
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if mine in words and not any(word.startswith("--type=") for word in words):
            os.kill(int(folder.name), signal.SIGKILL)


def the_interview(register: Session) -> Interview:
    """The one interview that the register holds now."""
    register.rollback()
    return register.scalars(select(Interview)).one()


def test_an_interview_without_a_signal_survives_a_killed_browser_and_arrives_whole(
    live_server: Server, the_world: Session, start: Start, profile: Path
) -> None:
    mali = Volunteer(start(), live_server.address)
    mali.sign_in()
    mali.context.set_offline(True)
    mali.page.reload()
    expect(mali.page.locator(".houses .house")).to_have_count(2)
    mali.interview()
    mali.next()
    mali.give_evidence()
    mali.next()
    mali.finish()
    mali.outbox_says("รอส่ง 1 บ้าน")
    with mali.context.expect_event("close"):
        kill(profile)
    live_server.stop()  # Background Sync would send it before anybody looks

    mali = Volunteer(start(), live_server.address)
    mali.context.set_offline(True)
    mali.page.goto(f"{live_server.address}/app/")
    mali.outbox_says("รอส่ง 1 บ้าน")
    assert the_world.scalar(select(func.count()).select_from(Interview)) == 0
    live_server.start()
    mali.context.set_offline(False)
    mali.outbox_says("ส่งครบแล้ว")
    is_what_was_entered(the_world)


def is_what_was_entered(register: Session) -> None:
    """Row, position, people, answers and evidence in PostGIS."""
    one = the_interview(register)
    where = register.scalar(select(func.st_astext(Interview.point)))
    assert (where, one.accuracy, one.position_inside) == ("POINT(102.701 17.851)", 12, True)
    assert (one.state, one.outcome) == ("received", "interviewed")
    assert (one.people, one.evidence_due) == (2, 0)
    answers = register.scalars(select(Revision.answers)).one()["answers"]
    said = [answers[one] for one in ("22.1.1", "22.3.1", "23.1", "happiness", "9.1")]
    assert said == [120000, "no", ["cash"], 8, "enough"]
    births = register.execute(select(Member.name, Member.birth).order_by(Member.ordinal)).all()
    assert [birth for _, birth in births] == ["1980-05-17", "1984-11-03"]
    kinds = register.scalars(select(Evidence.kind).where(Evidence.received_at.is_not(None)))
    assert sorted(str(kind) for kind in kinds) == ["photo", "signature", "signature_strokes"]
    assert register.get_one(Household, world.HOUSE).state == "received"


def test_a_reply_lost_after_the_commit_makes_no_second_interview(
    live_server: Server, the_world: Session, start: Start
) -> None:
    mali = Volunteer(start(), live_server.address)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost or route.request.method != "PUT":
            return route.fallback()
        lost.append(route.fetch().status)
        return route.abort()

    mali.sign_in()
    mali.context.route("**/api/v1/interviews/*/revisions/*", lose)
    mali.find_nobody("1")
    mali.outbox_says("ส่งครบแล้ว")
    assert lost == [201]
    assert the_interview(the_world).outcome == "nobody_home"
    assert the_world.scalar(select(func.count()).select_from(Revision)) == 1

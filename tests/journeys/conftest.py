"""Mali outside with her phone, signed in; what she does there is in tests/volunteer.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.fixtures.browser import DOORSTEP, Start
from tests.journeys.locked import LISTED, OTHERS, TYPED
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture
def phone_outside(browser: Browser) -> Iterator[BrowserContext]:
    """A phone at the door of the first household; nothing of it outlives the test."""
    context = browser.new_context(**DOORSTEP)
    yield context
    context.close()


@pytest.fixture
def outside(phone_outside: BrowserContext, live_server: Server, the_world: Session) -> Volunteer:
    """Mali at the first household's door, signed in, everything she needs on the phone."""
    mali = Volunteer(phone_outside, live_server.address)
    mali.sign_in()
    return mali


@pytest.fixture
def named(the_world: Session) -> Session:
    """The world, its households with heads that can be looked for."""
    name = text("update households set head_name = :name where village_code = :village")
    the_world.execute(name, {"name": LISTED, "village": world.NAM_SAI})
    the_world.execute(name, {"name": OTHERS, "village": world.DON})
    the_world.commit()
    return the_world


@pytest.fixture
def signed_in(live_server: Server, named: Session, start: Start) -> Volunteer:
    """Signed in, on a phone with a disk of its own."""
    mali = Volunteer(start(), live_server.address)
    mali.sign_in()
    return mali


@pytest.fixture
def drafting(signed_in: Volunteer) -> Volunteer:
    """Mali with an interview begun, a finished one waiting, and no signal."""
    signed_in.context.set_offline(True)
    signed_in.find_nobody("1")
    signed_in.open_household("2/1")
    signed_in.tap("ยินดีให้ข้อมูล")
    signed_in.page.locator("#cover-soi").fill(TYPED)
    signed_in.outbox_says("รอส่ง 1 บ้าน")
    return signed_in

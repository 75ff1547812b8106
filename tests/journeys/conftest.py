"""Mali outside with her phone, signed in; what she does there is in tests/volunteer.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.fixtures.browser import DOORSTEP
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

"""Names and numbers of people: nowhere readable on the phone's disk, nor in the register's logs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import families
from tests.fixtures.application import Server
from tests.fixtures.browser import Start
from tests.journeys import phone_storage
from tests.volunteer import PIN, Volunteer

CANARIES = {
    "first_name": "กระรอกน้อย",
    "last_name": "ทดสอบลับยิ่ง",
    "national_id": "1990100000916",
}
PHONE_NUMBER, NOTE = "0819995551", "ซอยความลับของบ้าน"
SECRETS = (*CANARIES.values(), PHONE_NUMBER, NOTE, PIN)
ANSWERED = ("cover-residence_land", "m1-religion")
"""Boxes whose state, saved with a tab, would tell what was answered."""
FAMILY = families.Family((families.HEAD | CANARIES,), families.ANSWERS)


def readable(heap: bytes) -> list[str]:
    """Which secrets can be read there, in the ways browsers write text."""
    ways = ("utf-8", "utf-16-le", "utf-16-be")
    return [secret for secret in SECRETS if any(secret.encode(way) in heap for way in ways)]


def files_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below, with its bytes."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path, path.read_bytes()


@pytest.fixture
def mali(live_server: Server, the_world: Session, start: Start) -> Volunteer:
    """Signed in, on a phone with a disk of its own."""
    mali = Volunteer(start(), live_server.address, FAMILY)
    mali.sign_in()
    return mali


def leave_draft(mali: Volunteer) -> None:
    """An interview begun, and left to stand."""
    mali.open_household("2/1")
    mali.tap("ยินดีให้ข้อมูล")
    mali.page.locator("#cover-soi").fill(NOTE)
    mali.choose("cover-residence_land", "public")


def leave_interview(mali: Volunteer) -> None:
    """A finished one full of secrets."""
    mali.at_evidence("1")
    mali.page.locator("#evidence-note").fill(f"โทร {PHONE_NUMBER}")
    mali.photograph()
    mali.next()
    mali.page.locator("#missing-note").fill(NOTE)
    mali.finish()


def test_of_people_there_is_nothing_to_read_on_the_disk_or_in_a_log(
    mali: Volunteer, live_server: Server, profile: Path
) -> None:
    mali.context.set_offline(True)
    leave_draft(mali)
    leave_interview(mali)
    mali.outbox_says("รอส่ง 1 บ้าน")
    assert readable(NOTE.encode()) == [NOTE]
    assert len(phone_storage.rows(mali.page, "jpt-work/drafts")) == 2
    assert readable(phone_storage.everything(mali.page)) == []
    mali.context.set_offline(False)
    mali.outbox_says("ส่งครบแล้ว")
    assert readable(phone_storage.everything(mali.page)) == []
    mali.page.goto(f"{mali.address}/about")  # the browser saves what it remembers of the app's page
    mali.context.close()
    found = dict(files_of(profile))
    assert any(b"jpt-work" in content for content in found.values())
    tabs = b"".join(content for path, content in found.items() if "Sessions" in path.parts)
    assert b"/app/interview/" in tabs
    assert not [word for word in ANSWERED if word.encode("utf-16-le") in tabs]
    told = {path.name: readable(content) for path, content in found.items()}
    assert {name: secrets for name, secrets in told.items() if secrets} == {}
    log = live_server.log.read_bytes()
    assert b"/api/v1/interviews/<uuid:interview>/whole" in log
    assert readable(log) == []


def test_after_signing_out_a_full_outbox_still_goes_and_nothing_can_be_read(
    mali: Volunteer, the_world: Session
) -> None:
    mali.context.set_offline(True)
    leave_interview(mali)
    mali.find_nobody("2/1")
    mali.outbox_says("รอส่ง 2 บ้าน")
    mali.sign_out()
    expect(mali.page.locator("main")).to_contain_text("ในเครื่องนี้มี 2 บ้านรอส่ง")
    left = phone_storage.databases(mali.page)
    emptied = ("jpt-work/drafts", "jpt-work/draft_files", "jpt-cache/households")
    assert [left[store][1] for store in emptied] == [[], [], []]
    assert [row["wrap"] for row in left["jpt-work/keys"][1] if row["kind"] == "vault"] == [None]
    assert readable(phone_storage.everything(mali.page)) == []
    mali.context.set_offline(False)
    mali.outbox_says("ส่งครบแล้ว")
    status = "async () => (await fetch('/api/v1/changes')).status"
    mali.page.wait_for_function(f"async () => (await ({status})()) === 401")
    assert readable(phone_storage.everything(mali.page)) == []
